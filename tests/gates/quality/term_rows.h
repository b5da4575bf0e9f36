#pragma once

#include <memory>
#include <vector>

#include "gates/quality/rows/answers.h"
#include "gates/quality/rows/row_sample.h"
#include "gates/quality/rules/measure.h"
#include "gates/quality/terms/row_terms.h"

namespace modelgate {

/// Joined rows of which nothing is known but their clusters, if any.
inline Answers bare_rows(std::size_t count, const std::vector<std::int32_t>& clusters = {}) {
  Answers answers;
  answers.compared = true;
  answers.clustered = !clusters.empty();
  for (std::size_t i = 0; i < count; ++i) answers.add({-1, -1, -1, clusters.empty() ? 0 : clusters[i]});
  answers.looks = looks_at({}, static_cast<std::int64_t>(count));
  return answers;
}

/// A metric whose rows have these terms.
inline Measure measure_of_terms(RowTerms terms, bool lower_is_better) {
  Measure measure{Metric::mean, Average::whole, -1, "", false, lower_is_better};
  measure.terms = std::make_shared<RowTerms>(std::move(terms));
  return measure;
}

inline RowTerms mean_terms(std::vector<double> baseline, std::vector<double> candidate) {
  RowTerms terms;
  terms.baseline = std::move(baseline);
  terms.candidate = std::move(candidate);
  return terms;
}

}  // namespace modelgate
