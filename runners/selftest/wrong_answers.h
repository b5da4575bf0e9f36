#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runners/selftest/answer_rows.h"
#include "runners/selftest/count_search.h"
#include "runners/selftest/laboratory.h"
#include "runners/selftest/matrix.h"
#include "runners/selftest/specimen.h"

namespace modelgate {

/// Which checks of a gate a planting is for.
enum class Demand { margin, limit };

/// One level of regression, planted in all slices of a check at once: trial after trial until as many answers
/// are wrong as the level wants, and then a row for each slice.
class WrongAnswers : public std::enable_shared_from_this<WrongAnswers> {
 public:
  /// `gate` is the specimen's with one line of `checks`, `unharmed` what it says where nothing was planted.
  WrongAnswers(const Specimen& specimen, PlanGate gate, std::shared_ptr<const AnswerRows> rows,
               const Verdict& unharmed, Demand demand, Level level, Laboratory& laboratory, Matrix& matrix);

  bool is_for_nothing() const { return parts_.empty(); }
  void start() { try_next(); }

 private:
  struct Part {
    Check check;  ///< Unharmed.
    AnswerRows::Part rows;
    CountSearch search;
    bool repaired = false;  ///< All answers are made right, because too few were.
  };
  Part part_of(const Check& check, const Verdict& unharmed) const;
  AnswerRows::Part rows_of(const Check& check, const Verdict& unharmed) const;
  std::vector<std::int64_t> counts(bool& all_found) const;
  void try_next();
  void take(const std::vector<std::int64_t>& counts, bool final, const Obtained& obtained);
  void conclude(const std::vector<std::int64_t>& counts, const Obtained& obtained);
  std::string text_with(const std::vector<std::int64_t>& counts) const;
  std::string words_for(const Part& part, std::int64_t count, const Obtained& obtained) const;

  const Specimen& specimen_;
  PlanGate gate_;
  std::shared_ptr<const AnswerRows> rows_;
  Demand demand_;
  Level level_;
  Laboratory& laboratory_;
  Matrix& matrix_;
  std::vector<Part> parts_;
};

}  // namespace modelgate
