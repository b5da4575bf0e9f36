// The bootstrap of a metric of scores, and of the difference between two models.
//
// Method: as in bootstrap.h (units drawn with replacement, both models judged on the same draw, BCa bounds),
// but rows are sorted by score once, and a resample is a vector of counts that is laid along each model's
// order: no sorting and no copying of rows.
//
// Units are drawn by number, so the numbers must not depend on the order of rows. Rows are numbered in the
// order of label, rank in one model and rank in the other; rows that are equal in all three can be exchanged
// without a trace. Which model comes first in that is decided by the data as well: the one whose list is the
// smaller. So exchanging the models only changes the sign. Clusters are drawn in the order of their numbers.
//
// The acceleration comes from each row's loss (without_each), in O(rows) where leaving out rows in turn takes
// O(rows²). A cluster's is the sum of its rows': exact for means, to first order for others, which is the
// order to which the acceleration matters (the infinitesimal jackknife, Efron 1987, section 7).
//
// Assumption and limits: those of bootstrap.h.

#include "gates/metrics/score_bootstrap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <vector>

#include "gates/statistics/input.h"
#include "gates/statistics/parallel.h"
#include "gates/statistics/random.h"
#include "gates/statistics/resample_counts.h"
#include "gates/statistics/value_order.h"

namespace modelgate {

namespace {

using Units = std::vector<std::uint32_t>;

/// Clusters numbered from 0 in the order of their own numbers.
Units units_of_clusters(std::span<const std::int64_t> cluster, std::size_t& count) {
  std::vector<std::int64_t> known(cluster.begin(), cluster.end());
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  count = known.size();
  Units units;
  units.reserve(cluster.size());
  for (const std::int64_t c : cluster)
    units.push_back(
        static_cast<std::uint32_t>(std::lower_bound(known.begin(), known.end(), c) - known.begin()));
  return units;
}

/// A row by label, rank in one model and in the other.
struct Place {
  std::uint64_t label_and_rank = 0;
  std::uint32_t other_rank = 0, row = 0;
  auto key() const { return std::pair(label_and_rank, other_rank); }
};

std::vector<std::uint32_t> ranks(std::span<const PlacedRow> rising) {
  std::vector<std::uint32_t> rank(rising.size());
  for (const PlacedRow& row : rising) rank[row.row] = row.group;
  return rank;
}

std::vector<Place> places(std::span<const std::uint32_t> ranks, std::span<const std::uint32_t> other,
                          std::span<const std::uint8_t> positive) {
  std::vector<Place> result;
  result.reserve(ranks.size());
  for (std::size_t i = 0; i < ranks.size(); ++i)
    result.push_back(
        {std::uint64_t{positive[i] != 0} << 32 | ranks[i], other[i], static_cast<std::uint32_t>(i)});
  std::sort(result.begin(), result.end(), [](const Place& a, const Place& b) { return a.key() < b.key(); });
  return result;
}

Units units_of(std::span<const Place> places) {
  Units units(places.size());
  for (std::size_t u = 0; u < places.size(); ++u) units[places[u].row] = static_cast<std::uint32_t>(u);
  return units;
}

/// What each unit does to the value, from its rows; NaN where a row's loss leaves no value.
std::vector<double> influence(const ScoreOrder& order, std::size_t units, const ScoreMeasure& measure) {
  const double value = score_metric(order, measure);
  const WithoutEach without = without_each(order, measure);
  std::vector<double> result(units);
  for (std::size_t k = 0; k < without.positives.size(); ++k)
    result[order.positive_units()[k]] += without.positives[k] - value;
  for (std::size_t k = 0; k < without.negatives.size(); ++k)
    result[order.negative_units()[k]] += without.negatives[k] - value;
  return result;
}

/// Bootstraps value(first) − value(second), or value(first) alone.
Bootstrap resampled(const ScoreOrder& first, const ScoreOrder* second, std::size_t units,
                    const ScoreMeasure& measure, const BootstrapSettings& settings) {
  require(units >= 2, "at least two units are needed");
  require_settings(settings);

  std::vector<double> replicates(static_cast<std::size_t>(settings.resamples));
  in_parallel(settings.threads, replicates.size(), [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> times(units);
    DrawnScores of_first(first);
    std::optional<DrawnScores> of_second;
    if (second != nullptr) of_second.emplace(*second);
    for (std::size_t r = begin; r < end; ++r) {
      draw_counts(RandomStream(settings.seed, r), times);
      of_first.draw(times);
      if (of_second) of_second->draw(times);
      replicates[r] = of_first.value(measure) - (of_second ? of_second->value(measure) : 0);
    }
  });
  const double estimate =
      score_metric(first, measure) - (second != nullptr ? score_metric(*second, measure) : 0);
  Bootstrap result = bca(estimate, std::move(replicates));
  if (result.degenerate()) return result;
  std::vector<double> without = influence(first, units, measure);
  if (second != nullptr) {
    const std::vector<double> other = influence(*second, units, measure);
    for (std::size_t u = 0; u < units; ++u) without[u] -= other[u];
  }
  result.acceleration = jackknife_acceleration(without, std::vector<double>(units, 1.0));
  return result;
}

void require_lengths(const PairedScores& scores) {
  require(scores.first.size() == scores.positive.size() && scores.second.size() == scores.positive.size(),
          "there are not two scores and one label for each row");
  require(scores.cluster.empty() || scores.cluster.size() == scores.positive.size(),
          "there is not one cluster for each row");
}

}  // namespace

Bootstrap paired_score_bootstrap(const PairedScores& scores, const ScoreMeasure& measure,
                                 const BootstrapSettings& settings) {
  require_lengths(scores);
  require(settings.threads >= 0, "the number of threads is negative");
  const auto first = rising_order(scores.first, scores.positive, settings.threads);
  const auto second = rising_order(scores.second, scores.positive, settings.threads);
  Units units;
  std::size_t count = scores.positive.size();
  if (scores.cluster.empty()) {
    const auto first_ranks = ranks(first), second_ranks = ranks(second);
    std::vector<Place> by_first = places(first_ranks, second_ranks, scores.positive);
    std::vector<Place> by_second = places(second_ranks, first_ranks, scores.positive);
    const bool second_leads =
        std::lexicographical_compare(by_second.begin(), by_second.end(), by_first.begin(), by_first.end(),
                                     [](const Place& a, const Place& b) { return a.key() < b.key(); });
    units = units_of(second_leads ? by_second : by_first);
  } else {
    units = units_of_clusters(scores.cluster, count);
  }
  const ScoreOrder of_first(first, units), of_second(second, units);
  return resampled(of_first, &of_second, count, measure, settings);
}

Bootstrap score_bootstrap(std::span<const double> scores, std::span<const std::uint8_t> positive,
                          const ScoreMeasure& measure, const BootstrapSettings& settings,
                          std::span<const std::int64_t> cluster) {
  require_lengths({scores, scores, positive, cluster});
  require(settings.threads >= 0, "the number of threads is negative");
  const auto rising = rising_order(scores, positive, settings.threads);
  std::size_t count = scores.size();
  Units units;
  if (cluster.empty()) {
    const auto rank = ranks(rising);
    units = units_of(places(rank, rank, positive));
  } else {
    units = units_of_clusters(cluster, count);
  }
  return resampled(ScoreOrder(rising, units), nullptr, count, measure, settings);
}

}  // namespace modelgate
