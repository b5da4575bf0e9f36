#include "gates/quality/scored_rows.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace modelgate {
namespace {

/// How a model orders a positive and a negative: 1 right, ½ alike, 0 wrong; doubled.
int order(double positive, double negative) { return positive > negative ? 2 : positive == negative ? 1 : 0; }

/// The AUC of a resample of clusters, from the order of the scores that is found once.
class WeightedArea {
 public:
  WeightedArea(const std::vector<double>& scores, const ScoredRows& rows) : scores_(scores), rows_(rows) {
    order_.resize(scores.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::sort(order_.begin(), order_.end(), [&](auto a, auto b) { return scores[a] < scores[b]; });
  }

  double operator()(std::span<const std::int64_t> counts, const std::vector<std::size_t>& unit) const {
    std::int64_t negatives = 0, positives = 0, doubled_pairs = 0;
    for (std::size_t begin = 0, end = 0; begin < order_.size(); begin = end) {
      std::int64_t tied_negatives = 0, tied_positives = 0;
      for (; end < order_.size() && scores_[order_[end]] == scores_[order_[begin]]; ++end)
        (rows_.positive[order_[end]] ? tied_positives : tied_negatives) += counts[unit[order_[end]]];
      doubled_pairs += tied_positives * (2 * negatives + tied_negatives);
      negatives += tied_negatives;
      positives += tied_positives;
    }
    return static_cast<double>(doubled_pairs) /
           (2 * static_cast<double>(positives) * static_cast<double>(negatives));
  }

 private:
  const std::vector<double>& scores_;
  const ScoredRows& rows_;
  std::vector<std::size_t> order_;
};

}  // namespace

ScoreReader::ScoreReader(const Measure& measure, const AnswerFile& file) {
  const auto& asked = file.request.numbers;
  const std::string of_class = "scores." + measure.class_name;
  if (std::find(asked.begin(), asked.end(), of_class) != asked.end()) of_class_ = &file.numbers(of_class);
  if (measure.score_is_its) score_ = &file.numbers("score");
}

ScoredRows scored(const Measure& measure, const RowSample& rows) {
  const Answers& answers = rows.answers();
  const ScoreReader now(measure, *answers.candidate_file);
  const ScoreReader before(measure, answers.compared ? *answers.baseline_file : *answers.candidate_file);
  ScoredRows result;
  for (std::vector<double>* scores : {&result.baseline, &result.candidate}) scores->reserve(rows.size());
  result.positive.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t number = rows.number(i);
    const Row row = answers.row(number);
    result.candidate.push_back(now(answers.in_candidate(number)));
    result.baseline.push_back(answers.compared ? before(answers.in_baseline(number))
                                               : result.candidate.back());
    result.positive.push_back(row.label == measure.target);
    if (answers.clustered) result.cluster.push_back(row.cluster);
    ++(result.positive.back() ? result.positives : result.negatives);
  }
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

Bootstrap resampled_area(const ScoredRows& rows, bool difference, const BootstrapSettings& settings) {
  std::vector<std::int32_t> clusters = rows.cluster;
  std::sort(clusters.begin(), clusters.end());
  clusters.erase(std::unique(clusters.begin(), clusters.end()), clusters.end());
  std::vector<std::size_t> unit;
  for (const std::int32_t cluster : rows.cluster)
    unit.push_back(static_cast<std::size_t>(std::lower_bound(clusters.begin(), clusters.end(), cluster) -
                                            clusters.begin()));
  const std::vector<std::int64_t> once(clusters.size(), 1);
  const WeightedArea before(rows.baseline, rows), now(rows.candidate, rows);
  const auto area = [&](std::span<const std::int64_t> counts) {
    return now(counts, unit) - (difference ? before(counts, unit) : 0);
  };
  return bootstrap(once, area, settings);
}

}  // namespace modelgate
