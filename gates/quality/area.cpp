// ROC AUC, against the baseline and against a minimum.
//
// DeLong's variance, or where rows are clustered the bootstrap of clusters. For the candidate alone the
// bounds are taken on the logit scale, where they stay within 0 and 1 and reach further down near 1 (Qin &
// Hotilovac 2008, Statistical Methods in Medical Research 17:207).
//
// Where DeLong's variance means nothing (equal rankings, perfect separation, one score for every row, fewer
// than 6 examples of a class that are ranked otherwise) two facts remain. The AUC is the mean over pairs of a
// positive and a negative, of which k = min(positives, negatives) are independent, so Hoeffding's bound
// P(mean ≥ x) ≤ exp(−k·KL(x‖μ)) holds for it whatever the distribution (Hoeffding 1963, JASA 58:13, section
// 5). And the share of pairs that the candidate orders worse is at most Clopper and Pearson's bound from k
// pairs that share no example, each positive with one negative in the order of ids; the AUC falls by no more.

#include "gates/quality/area.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gates/statistics/delong.h"
#include "gates/statistics/descriptive.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {
namespace {

struct ScoredRows {
  std::vector<double> baseline, candidate;  // without a baseline: those of the candidate
  std::vector<bool> positive;
  std::vector<std::int32_t> cluster;
  std::int64_t positives = 0, negatives = 0;

  std::int64_t independent_pairs() const { return std::min(positives, negatives); }
};

ScoredRows scored(const Measure& measure, std::span<const Row> rows) {
  ScoredRows result;
  for (const Row& row : rows) {
    const double candidate = score_of(measure, *row.of_candidate).value();
    result.candidate.push_back(candidate);
    result.baseline.push_back(row.of_baseline == nullptr ? candidate
                                                         : score_of(measure, *row.of_baseline).value());
    result.positive.push_back(row.label == measure.target);
    result.cluster.push_back(row.cluster);
    ++(result.positive.back() ? result.positives : result.negatives);
  }
  return result;
}

/// P(a mean of k values in [0, 1] lies as far from its expectation as `seen`) is at most this.
double hoeffding(double seen, double expected, std::int64_t k) {
  const auto term = [](double p, double q) { return p > 0 ? p * std::log(p / q) : 0; };
  return std::exp(-static_cast<double>(k) * (term(seen, expected) + term(1 - seen, 1 - expected)));
}

/// How a model orders a positive and a negative: 1 right, ½ alike, 0 wrong; doubled.
int order(double positive, double negative) { return positive > negative ? 2 : positive == negative ? 1 : 0; }

/// Of pairs that share no example those that the candidate orders worse, and those that it orders better.
struct PairChanges {
  std::int64_t worse = 0, better = 0;
};

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

/// The examples of one class that stand elsewhere among the other class: the smaller of the two numbers.
std::int64_t ranked_otherwise(const ScoredRows& rows) {
  std::int64_t differing[2] = {0, 0};
  const auto places = [&](const std::vector<double>& scores) {
    std::vector<double> of_class[2];
    for (std::size_t i = 0; i < scores.size(); ++i) of_class[rows.positive[i]].push_back(scores[i]);
    std::vector<long> all = doubled_midranks(scores);
    const std::vector<long> within[2] = {doubled_midranks(of_class[0]), doubled_midranks(of_class[1])};
    std::size_t next[2] = {0, 0};
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const std::size_t c = rows.positive[i];
      all[i] -= within[c][next[c]++];
    }
    return all;
  };
  const std::vector<long> before = places(rows.baseline), now = places(rows.candidate);
  for (std::size_t i = 0; i < before.size(); ++i) differing[rows.positive[i]] += before[i] != now[i] ? 1 : 0;
  return std::min(differing[0], differing[1]);
}

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

/// Resamples clusters; `statistic` takes the counts and the unit of each row.
template <typename Make>
Bootstrap cluster_bootstrap(const ScoredRows& rows, const BootstrapSettings& settings,
                            const Make& statistic) {
  std::vector<std::int32_t> clusters = rows.cluster;
  std::sort(clusters.begin(), clusters.end());
  clusters.erase(std::unique(clusters.begin(), clusters.end()), clusters.end());
  std::vector<std::size_t> unit;
  for (const std::int32_t cluster : rows.cluster)
    unit.push_back(static_cast<std::size_t>(std::lower_bound(clusters.begin(), clusters.end(), cluster) -
                                            clusters.begin()));
  const std::vector<std::int64_t> once(clusters.size(), 1);
  return bootstrap(
      once, [&](std::span<const std::int64_t> counts) { return statistic(counts, unit); }, settings);
}

std::string bootstrap_name(const std::string& what, const BootstrapSettings& settings) {
  return fmt::format("{} of clusters, {} resamples, seed {}", what, settings.resamples, settings.seed);
}

void compare_clusters(Difference& result, const ScoredRows& rows, double margin, const QualityRule& rule) {
  const WeightedArea before(rows.baseline, rows), now(rows.candidate, rows);
  const Bootstrap drawn = cluster_bootstrap(rows, rule.bootstrap, [&](auto counts, const auto& unit) {
    return now(counts, unit) - before(counts, unit);
  });
  result.method = bootstrap_name("paired BCa bootstrap", rule.bootstrap);
  if (drawn.degenerate()) {
    result.reason = "degenerate";
    result.doubt = "resampling gives no spread to judge by";
    return;
  }
  result.bounds = drawn.bounds(rule.alpha_pass);
  result.proven = result.bounds.lower;
  result.p_regression = drawn.p_less(-margin);
  result.p_non_inferiority = drawn.p_greater(-margin);
}

void compare_by_pairs(Difference& result, const ScoredRows& rows, double margin, const QualityRule& rule) {
  const std::int64_t pairs = rows.independent_pairs();
  result.few = true;
  result.units = pairs;
  const PairChanges changes = pair_changes(rows);
  result.harmful = changes.worse;
  result.proven = -clopper_pearson(changes.worse, pairs, rule.alpha_pass).upper;
  result.bounds = {result.proven, clopper_pearson(changes.better, pairs, rule.alpha_pass).upper};
  const double drop = -result.estimate();
  // A pair changes by −1 to 1; (1 + change)/2 lies in [0, 1].
  result.p_regression = drop > margin ? hoeffding((1 + drop) / 2, (1 + margin) / 2, pairs) : 1;
  result.method =
      fmt::format("few ranks differ: worst case by Clopper–Pearson of {} worse among {} independent pairs",
                  result.harmful, pairs);
}

double logit(double p) { return std::log(p / (1 - p)); }

}  // namespace

std::optional<double> score_of(const Measure& measure, const Record& record) {
  const auto found =
      std::lower_bound(record.scores.begin(), record.scores.end(), measure.class_name,
                       [](const auto& entry, const std::string& name) { return entry.first < name; });
  if (found != record.scores.end() && found->first == measure.class_name) return found->second;
  return measure.score_is_its ? record.score : std::nullopt;
}

Difference area_difference(const Measure& measure, std::span<const Row> all, bool clustered, double margin,
                           const QualityRule& rule) {
  const ScoredRows rows = scored(measure, all);
  const AucComparison areas = delong(rows.candidate, rows.baseline, rows.positive);
  Difference result;
  result.baseline = areas.second;
  result.candidate = areas.first;
  result.units = static_cast<std::int64_t>(all.size());
  result.n["negatives"] = rows.negatives;
  if (clustered) {
    compare_clusters(result, rows, margin, rule);
  } else if (areas.degenerate() || ranked_otherwise(rows) < least_differing) {
    compare_by_pairs(result, rows, margin, rule);
  } else {
    result.bounds = areas.bounds(rule.alpha_pass);
    result.proven = result.bounds.lower;
    result.p_regression = areas.p_less(-margin);
    result.p_non_inferiority = areas.p_greater(-margin);
    result.method = "DeLong";
  }
  return result;
}

Level area_level(const Measure& measure, std::span<const Row> all, bool clustered, double minimum,
                 const QualityRule& rule) {
  const ScoredRows rows = scored(measure, all);
  const AucComparison areas = delong(rows.candidate, rows.candidate, rows.positive);
  Level result;
  result.value = areas.first;
  result.units = static_cast<std::int64_t>(all.size());
  result.n["negatives"] = rows.negatives;
  const double error = std::sqrt(areas.first_variance), slope = result.value * (1 - result.value);
  if (clustered) {
    const WeightedArea area(rows.candidate, rows);
    const Bootstrap drawn = cluster_bootstrap(
        rows, rule.bootstrap, [&](auto counts, const auto& unit) { return area(counts, unit); });
    result.method = bootstrap_name("BCa bootstrap", rule.bootstrap);
    if (drawn.degenerate()) {
      result.reason = "degenerate";
      result.doubt = "resampling gives no spread to judge by";
      return result;
    }
    result.bounds = drawn.bounds(rule.alpha_pass);
    result.p_missed = drawn.p_less(minimum);
    result.p_held = drawn.p_greater(minimum);
  } else if (error > 1e-9 && slope > 0) {
    const double center = logit(result.value), half = -normal_quantile(rule.alpha_pass) * error / slope;
    const auto back = [](double x) { return 1 / (1 + std::exp(-x)); };
    result.bounds = {back(center - half), back(center + half)};
    result.p_missed = normal_lower((center - logit(minimum)) / (error / slope));
    result.p_held = normal_upper((center - logit(minimum)) / (error / slope));
    result.method = "DeLong, on the logit scale";
  } else {
    const std::int64_t pairs = rows.independent_pairs();
    result.units = pairs;
    const double p = hoeffding(result.value, minimum, pairs);
    result.p_missed = result.value < minimum ? p : 1;
    result.p_held = result.value > minimum ? p : 1;
    // The value itself where nothing was seen to vary; at 1 the bound is exact: α^(1/k).
    double low = 0, high = result.value;
    for (int step = 0; step < 100; ++step) {
      const double middle = (low + high) / 2;
      (hoeffding(result.value, middle, pairs) <= rule.alpha_pass ? low : high) = middle;
    }
    result.bounds = {low, 1};
    result.method = fmt::format("Hoeffding's bound from {} independent pairs", pairs);
  }
  return result;
}

}  // namespace modelgate
