// Of what does the noise of a time consist, and what can be seen through it?
//
// Method. With one subject in both places all processes of a run are of one kind. In the order in which they
// ran, half the mean square of the differences of neighbours estimates the variance without slow changes (von
// Neumann 1941); what the whole variance has more is drift. The median of m values within a process carries
// π/(2m) of their variance; what the neighbours' variance has more lies between processes. The differences of
// pairs, whose true mean is zero here, give the spread that the verdict has to live with, by their median
// size, so that bursts do not inflate it.
//
// What can be seen through it is not derived from these numbers, which know no bursts, but tried: pairs are
// drawn from the differences that were measured, an effect is added, and the rule itself (pair_rule.h) judges
// them. All effects and margins are tried on the same draws, so that the answers do not jump.
//
// Limits: 200 draws know a power to about 3 points; bursts that no run met are not known.

#include "gates/calibration/noise.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "gates/performance/comparison.h"
#include "gates/performance/pair_rule.h"
#include "gates/statistics/descriptive.h"
#include "gates/statistics/random.h"
#include "schemas/documents/looks.h"

namespace modelgate {
namespace {

constexpr std::uint64_t draws = 200, seed = 20'261'125;

/// Process values in the order in which they ran.
std::vector<double> in_order(const TwinSeries& run) {
  std::vector<std::pair<std::int64_t, double>> placed;
  for (const SampleSeries* series : {run.baseline, run.candidate})
    for (const ProcessSamples& process : series->processes)
      if (!process.values.empty()) placed.emplace_back(process.position, log_median(process));
  std::sort(placed.begin(), placed.end());
  std::vector<double> values;
  for (const auto& [position, value] : placed) values.push_back(value);
  return values;
}

double neighbours_variance(const std::vector<double>& values) {
  double sum = 0;
  for (std::size_t i = 1; i < values.size(); ++i) sum += std::pow(values[i] - values[i - 1], 2);
  return sum / 2 / static_cast<double>(values.size() - 1);
}

/// Of single values within a process, and what of it is left in the process's median.
struct Within {
  double variance = 0, of_median = 0;
};

Within within_variance(const std::vector<TwinSeries>& runs) {
  double sum = 0, left = 0;
  std::int64_t processes = 0;
  for (const TwinSeries& run : runs)
    for (const SampleSeries* series : {run.baseline, run.candidate})
      for (const ProcessSamples& process : series->processes) {
        if (process.values.size() < 2) continue;
        std::vector<double> logs;
        for (const double value : process.values) logs.push_back(std::log(value));
        const double one = variance(logs);
        sum += one;
        left += one * std::numbers::pi / 2 / static_cast<double>(logs.size());
        ++processes;
      }
  if (processes == 0) return {};
  return {sum / static_cast<double>(processes), left / static_cast<double>(processes)};
}

double percent_of(double variance) { return 100 * std::sqrt(std::max(variance, 0.0)); }

}  // namespace

std::optional<NoiseComponents> noise_of(const std::vector<TwinSeries>& runs) {
  std::vector<double> sizes;
  double whole = 0, neighbours = 0;
  std::int64_t used = 0;
  for (const TwinSeries& run : runs) {
    const std::vector<double> values = in_order(run);
    for (const double difference : pair_differences(*run.baseline, *run.candidate))
      sizes.push_back(std::abs(difference));
    if (values.size() < 4) continue;
    whole += variance(values);
    neighbours += neighbours_variance(values);
    ++used;
  }
  if (used == 0 || sizes.size() < 2) return std::nullopt;
  whole /= static_cast<double>(used);
  neighbours /= static_cast<double>(used);
  const Within within = within_variance(runs);
  NoiseComponents noise;
  noise.between = percent_of(neighbours - within.of_median);
  noise.within = percent_of(within.variance);
  noise.drift = percent_of(whole - neighbours);
  noise.pair = 100 * 1.4826 * median(sizes);
  return noise;
}

std::vector<double> LikePairs::drawn(std::uint64_t draw, std::int64_t pairs, double effect) const {
  RandomStream random(seed, draw);
  std::vector<double> values(static_cast<std::size_t>(pairs));
  for (double& value : values) {
    const double size = differences_[random.below(static_cast<std::uint32_t>(differences_.size()))];
    value = effect + (random.below(2) == 0 ? size : -size);
  }
  return values;
}

double LikePairs::power_to_block(const PairsPlan& plan, double effect) const {
  int blocked = 0;
  for (std::uint64_t draw = 0; draw < draws; ++draw)
    blocked += weigh_pairs(drawn(draw, plan.looks.back(), effect),
                           {plan.margin, plan.alpha_pass, plan.alpha_fail, plan.looks})
                   .p_regression <= plan.alpha_fail;
  return static_cast<double>(blocked) / static_cast<double>(draws);
}

double LikePairs::detectable(const PairsPlan& plan, double power) const {
  double low = plan.margin, high = plan.margin + 0.01;
  while (!(power_to_block(plan, high) >= power)) {
    low = high;
    high = plan.margin + 2 * (high - plan.margin);
    if (high > std::log(1000)) return INFINITY;
  }
  for (int i = 0; i < 8; ++i) {
    const double middle = std::midpoint(low, high);
    (power_to_block(plan, middle) >= power ? high : low) = middle;
  }
  return high;
}

double LikePairs::power_to_pass(const PairsPlan& plan) const {
  int passed = 0;
  for (std::uint64_t draw = 0; draw < draws; ++draw)
    passed += weigh_pairs(drawn(draw, plan.looks.back(), 0),
                          {plan.margin, plan.alpha_pass, plan.alpha_fail, plan.looks})
                  .upper <= plan.margin;
  return static_cast<double>(passed) / static_cast<double>(draws);
}

double LikePairs::passable_margin(const PairsPlan& plan, double power) const {
  // The bounds do not depend on the margin, so that the one in the right place says it.
  std::vector<double> uppers;
  for (std::uint64_t draw = 0; draw < draws; ++draw)
    uppers.push_back(weigh_pairs(drawn(draw, plan.looks.back(), 0),
                                 {plan.margin, plan.alpha_pass, plan.alpha_fail, plan.looks})
                         .upper);
  std::sort(uppers.begin(), uppers.end());
  return uppers[static_cast<std::size_t>(std::ceil(power * static_cast<double>(draws))) - 1];
}

std::optional<std::int64_t> LikePairs::pairs_to_pass(PairsPlan plan, double power) const {
  for (const std::int64_t pairs :
       {5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 200, 240, 320}) {
    plan.looks = halving_looks(pairs);
    if (power_to_pass(plan) >= power) return pairs;
  }
  return std::nullopt;
}

}  // namespace modelgate
