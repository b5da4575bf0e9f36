// Of what does the noise of a time consist, and what can be seen through it?
//
// Method. With one subject in both places all processes of a run are of one kind. In the order in which they
// ran, half the mean square of the differences of neighbours estimates the variance without slow changes (von
// Neumann 1941); what the whole variance has more is drift. The median of m values within a process carries
// π/(2m) of their variance; what the neighbours' variance has more lies between processes. The differences of
// pairs, whose true mean is zero here, give the spread that the verdict has to live with, by their median
// size, so that bursts do not inflate it.
//
// Power is that of the rule itself (power_of_looks.h): exact ranks at the looks of the plan. Where a proof
// needs a p-value below 2^−n, which the rule takes from Student's t, so does the power.

#include "gates/calibration/noise.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "gates/performance/comparison.h"
#include "gates/statistics/alpha_spending.h"
#include "gates/statistics/descriptive.h"
#include "gates/statistics/power_of_looks.h"
#include "gates/statistics/power_of_means.h"
#include "schemas/documents/looks.h"

namespace modelgate {
namespace {

constexpr std::int64_t most_pairs = 2000;

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

/// Whether ranks can prove anything at the last look.
bool ranks_suffice(const PairsPlan& plan, double alpha) {
  return std::exp2(-static_cast<double>(plan.looks.back())) <= alpha * look_shares(plan.looks).back();
}

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

double detectable(const PairsPlan& plan, double spread, double power) {
  const MeanDesign design{plan.margin, spread, plan.alpha_fail};
  if (ranks_suffice(plan, plan.alpha_fail)) return signed_rank_looks_detectable(plan.looks, design, power);
  if (plan.looks.back() < 2) return INFINITY;
  const double tail = plan.alpha_fail * look_shares(plan.looks).back();
  return paired_t_detectable(plan.looks.back(), {plan.margin, spread, tail}, power);
}

double power_to_pass(const PairsPlan& plan, double spread) {
  return signed_rank_looks_power(plan.looks, 0, {plan.margin, spread, plan.alpha_pass});
}

double passable_margin(const PairsPlan& plan, double spread, double power) {
  // No effect passes a margin as surely as an effect of the margin's size is found to be above none.
  return signed_rank_looks_detectable(plan.looks, {0, spread, plan.alpha_pass}, power);
}

std::optional<std::int64_t> pairs_to_pass(PairsPlan plan, double spread, double power) {
  const auto passes = [&](std::int64_t pairs) {
    plan.looks = halving_looks(pairs);
    return power_to_pass(plan, spread) >= power;
  };
  std::int64_t enough = 5;
  while (enough <= most_pairs && !passes(enough)) enough = enough < 10 ? 10 : enough * 2;
  if (enough > most_pairs) return std::nullopt;
  // Between half as many and these, in steps that people would choose.
  for (const double share : {0.6, 0.7, 0.8, 0.9}) {
    const auto fewer = static_cast<std::int64_t>(std::ceil(static_cast<double>(enough) * share));
    if (fewer >= 5 && passes(fewer)) return fewer;
  }
  return enough;
}

}  // namespace modelgate
