// ROC AUC, average precision and two points of the curves, from rows that are sorted once.
//
// Method: with tp the positives down to a group of equal scores, and fp the negatives, every metric is one
// pass over the groups of positives. Numbers of rows are integers, so that the area under the ROC curve is
// exact until it is divided (the Mann–Whitney count, ties half). Rows that a bootstrap draws several times
// are added up along the order first; what is then read at a group are differences of these sums, so that
// ties cost nothing and there is no branch that depends on the data.
//
// Average precision is the area under the steps of precision and recall, without interpolation, as
// scikit-learn has it (Boyd, Eng & Page 2013, ECML PKDD, compare it with others). Its sum of doubles is made
// in the order of scores, in four strands, which is the same on any machine.
//
// Without a row: removing a positive lowers tp of its own and all lower groups by one, removing a negative
// lowers fp likewise. Prefixes of the sums as they are and suffixes of the sums with one less give the metric
// without each row in O(1).
//
// Limits: recall at a precision, and FPR at a recall, are steps of the data; the bootstrap of a step is
// coarse where few rows lie about it.

#include "gates/metrics/score_metrics.h"

#include <algorithm>
#include <array>
#include <limits>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// How often the first k rows of a class count: each once, or as they were drawn.
struct Once {
  std::uint32_t positives(std::size_t k) const { return static_cast<std::uint32_t>(k); }
  std::uint32_t negatives(std::size_t k) const { return static_cast<std::uint32_t>(k); }
};
struct Drawn {
  const std::uint32_t *positive, *negative;
  std::uint32_t positives(std::size_t k) const { return positive[k]; }
  std::uint32_t negatives(std::size_t k) const { return negative[k]; }
};

void require_level(const ScoreMeasure& measure) {
  const bool needs =
      measure.metric == ScoreMetric::recall_at_precision || measure.metric == ScoreMetric::fpr_at_tpr;
  require(!needs || (measure.level > 0 && measure.level <= 1), "the level must lie in (0, 1]");
}

double share(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

/// Σ over pairs of 2 for each that is ordered rightly and 1 for a tie. At most 2·2^31·2^31.
template <typename Counts>
std::uint64_t doubled_area(const ScoreOrder& order, const Counts& counts) {
  const std::uint64_t doubled = 2 * std::uint64_t{counts.negatives(order.negative_units().size())};
  std::uint64_t area = 0;
  std::uint32_t before = 0;
  for (std::size_t g = 0; g < order.groups(); ++g) {
    const std::uint32_t tp = counts.positives(order.end(g));
    area += std::uint64_t{tp - before} *
            (doubled - counts.negatives(order.above(g)) - counts.negatives(order.through(g)));
    before = tp;
  }
  return area;
}

/// Σ tp_g − tp_(g−1), each times the precision.
template <typename Counts>
double precision_sum(const ScoreOrder& order, const Counts& counts) {
  constexpr std::size_t strands = 4, block = 256;
  std::array<double, strands> sums{};
  std::array<double, block> parts, wholes;
  double before = 0;
  for (std::size_t first = 0; first < order.groups(); first += block) {
    const std::size_t some = std::min(block, order.groups() - first);
    for (std::size_t i = 0; i < some; ++i) {
      const double tp = counts.positives(order.end(first + i));
      parts[i] = (tp - before) * tp;
      // Where nothing was drawn yet the part is 0, and so must be the term.
      wholes[i] = std::max(1.0, tp + static_cast<double>(counts.negatives(order.through(first + i))));
      before = tp;
    }
    for (std::size_t i = some; i % strands != 0; ++i) parts[i] = 0, wholes[i] = 1;
    for (std::size_t i = 0; i < some; i += strands)
      for (std::size_t s = 0; s < strands; ++s) sums[s] += parts[i + s] / wholes[i + s];
  }
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

template <typename Counts>
std::uint32_t most_positives_at(const ScoreOrder& order, const Counts& counts, double precision) {
  std::uint32_t most = 0;
  for (std::size_t g = 0; g < order.groups(); ++g) {
    const std::uint32_t tp = counts.positives(order.end(g));
    const std::uint64_t all = std::uint64_t{tp} + counts.negatives(order.through(g));
    if (tp > most && share(tp, all) >= precision) most = tp;
  }
  return most;
}

template <typename Counts>
std::uint32_t fewest_negatives_at(const ScoreOrder& order, const Counts& counts, double recall) {
  const std::uint32_t positives = counts.positives(order.positive_units().size());
  // tp never falls, so the first group that is enough can be found by halving.
  std::size_t low = 0, high = order.groups() - 1;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (share(counts.positives(order.end(middle)), positives) >= recall)
      high = middle;
    else
      low = middle + 1;
  }
  return counts.negatives(order.through(low));
}

template <typename Counts>
double value_of(const ScoreOrder& order, const Counts& counts, const ScoreMeasure& measure) {
  const std::uint64_t positives = counts.positives(order.positive_units().size());
  const std::uint64_t negatives = counts.negatives(order.negative_units().size());
  if (positives == 0) return nan;
  switch (measure.metric) {
    case ScoreMetric::roc_auc:
      if (negatives == 0) return nan;
      return static_cast<double>(doubled_area(order, counts)) /
             (2 * static_cast<double>(positives) * static_cast<double>(negatives));
    case ScoreMetric::average_precision:
      return precision_sum(order, counts) / static_cast<double>(positives);
    case ScoreMetric::recall_at_precision:
      return share(most_positives_at(order, counts, measure.level), positives);
    case ScoreMetric::fpr_at_tpr:
      if (negatives == 0) return nan;
      return share(fewest_negatives_at(order, counts, measure.level), negatives);
  }
  return nan;
}

template <typename T>
std::uint64_t add_along(std::span<const std::uint32_t> units, const T* times, std::uint32_t* sums) {
  std::uint64_t sum = 0;
  for (std::size_t k = 0; k < units.size(); ++k) {
    sum += times[units[k]];
    sums[k + 1] = static_cast<std::uint32_t>(sum);
  }
  return sum;
}

}  // namespace

double score_metric(const ScoreOrder& order, const ScoreMeasure& measure) {
  require_level(measure);
  return value_of(order, Once{}, measure);
}

DrawnScores::DrawnScores(const ScoreOrder& order)
    : order_(order),
      positives_(order.positive_units().size() + 1),
      negatives_(order.negative_units().size() + 1) {}

void DrawnScores::draw(std::span<const std::uint32_t> times) {
  require(times.size() >= order_.units(), "there is not one number for each unit");
  const std::uint64_t drawn = add_along(order_.positive_units(), times.data(), positives_.data()) +
                              add_along(order_.negative_units(), times.data(), negatives_.data());
  require(drawn < std::uint64_t{1} << 32, "too many rows were drawn");
}

double DrawnScores::value(const ScoreMeasure& measure) const {
  require_level(measure);
  return value_of(order_, Drawn{positives_.data(), negatives_.data()}, measure);
}

}  // namespace modelgate
