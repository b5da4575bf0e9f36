#include "gates/quality/rules/scored_rows.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace modelgate {
namespace {

/// How a model orders a positive and a negative: 1 right, ½ alike, 0 wrong; doubled.
int order(double positive, double negative) { return positive > negative ? 2 : positive == negative ? 1 : 0; }

}  // namespace

ScoreReader::ScoreReader(const Measure& measure, const AnswerFile& file) {
  const auto& asked = file.request.numbers;
  const std::string of_class = "scores." + measure.class_name;
  if (std::find(asked.begin(), asked.end(), of_class) != asked.end()) of_class_ = &file.numbers(of_class);
  if (measure.score_is_its) score_ = &file.numbers("score");
}

std::span<const double> ScoreReader::column() const {
  if (of_class_ != nullptr && !of_class_->values.empty())
    return score_ == nullptr || score_->values.empty() ? std::span<const double>(of_class_->values)
                                                       : std::span<const double>();
  return score_ != nullptr ? std::span<const double>(score_->values) : std::span<const double>();
}

namespace {

/// The file's column where it stands as the rows do, otherwise what is read of each row.
template <typename RowOf>
std::span<const double> scores_of(const ScoreReader& reader, const RowSample& rows, bool in_file_order,
                                  const RowOf& row_of, std::vector<double>& kept) {
  if (const std::span<const double> column = reader.column(); in_file_order && column.size() == rows.size())
    return column;
  kept.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) kept.push_back(reader(row_of(rows.number(i))));
  return kept;
}

}  // namespace

ScoredRows scored(const Measure& measure, const RowSample& rows) {
  const Answers& answers = rows.answers();
  const bool in_file_order = answers.candidate_rows.empty() && rows.size() == answers.size();
  ScoredRows result;
  result.candidate = scores_of(
      ScoreReader(measure, *answers.candidate_file), rows, in_file_order,
      [&](std::size_t i) { return answers.in_candidate(i); }, result.kept_candidate);
  result.baseline = answers.compared
                        ? scores_of(
                              ScoreReader(measure, *answers.baseline_file), rows, in_file_order,
                              [&](std::size_t i) { return answers.in_baseline(i); }, result.kept_baseline)
                        : result.candidate;
  result.positive.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    result.positive.push_back(row.label == measure.target);
    if (answers.clustered) result.cluster.push_back(row.cluster);
  }
  result.positives = std::count(result.positive.begin(), result.positive.end(), 1);
  result.negatives = static_cast<std::int64_t>(rows.size()) - result.positives;
  return result;
}

PairChanges pair_changes(const ScoredRows& rows) {
  std::vector<std::size_t> positives, negatives;
  for (std::size_t i = 0; i < rows.positive.size(); ++i)
    (rows.positive[i] ? positives : negatives).push_back(i);
  PairChanges changes;
  for (std::size_t k = 0; k < std::min(positives.size(), negatives.size()); ++k) {
    const std::size_t p = positives[k], n = negatives[k];
    const int before = order(rows.baseline[p], rows.baseline[n]);
    const int now = order(rows.candidate[p], rows.candidate[n]);
    changes.worse += now < before ? 1 : 0;
    changes.better += now > before ? 1 : 0;
  }
  return changes;
}

}  // namespace modelgate
