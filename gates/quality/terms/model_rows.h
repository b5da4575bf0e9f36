#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gates/quality/rows/answers.h"
#include "gates/quality/terms/row_terms.h"

namespace modelgate {

/// A row of one model, for the terms of a metric.
struct ModelRow {
  const AnswerFile& file;
  std::size_t in_file = 0;  ///< The row's number there.
  std::int32_t label = -1, prediction = -1;
  bool is_baseline = false;
};

/// Writes the row's terms. False if the row holds what cannot be; called from several threads at once.
using TakeTerms = std::function<bool(const ModelRow& row, std::span<double> terms)>;

/// Fills the terms of both models, `width` numbers a row. Rows of which `take` says false go into `problems`:
/// "3 rows of the candidate `wrong`: the first is …".
void fill_terms(const Answers& answers, int threads, const TakeTerms& take, const std::string& wrong,
                const std::string& needs, RowTerms& terms, std::vector<DataProblem>& problems);

}  // namespace modelgate
