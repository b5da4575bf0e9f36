// Is the candidate slower than the margin allows?
//
// Method. The process is the unit of replication: iterations within one share its layout, clock and
// neighbours. Each process counts as the median of the logarithms of its values. Where baseline and candidate
// ran in pairs, next to each other and in random order, the differences of the pairs are judged
// (pair_rule.h). Several processes each that were not interleaved: Welch's t on process values. One process
// each: repetitions say nothing of how processes differ, so an assumed standard deviation between processes
// is added to Welch's t; it is named in the verdict. Drift of the machine is covered by neither.
//
// The cross-check of both is the rank-sum test of the same values, with the Hodges–Lehmann shift. What t
// proves does not stand where the shift lies on the other side of the margin: some wild values made it. Of
// repetitions the ranks must prove the same at the error rate of a single check, for they are asked for less,
// a difference of these two processes alone: t's further freedom is but an assumption.
//
// References: Welch 1947; Mann & Whitney 1947; Hodges & Lehmann 1963; Kalibera & Jones 2013 for the levels of
// repetition. Limits: nearly normal process values where they are not paired.

#include "gates/performance/comparison.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "gates/performance/pair_rule.h"
#include "gates/statistics/rank_sum.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {
namespace {

enum class Proof { regression, non_inferiority, none };

Proof proof(double p_regression, double upper, const ComparisonRule& rule) {
  if (p_regression <= rule.alpha_fail) return Proof::regression;
  if (upper <= rule.margin) return Proof::non_inferiority;
  return Proof::none;
}

/// +1 where larger values are worse.
double orientation(const SampleSeries& series) { return series.better == Better::higher ? -1 : 1; }

void decide_by_t(Comparison& result, const StudentEstimate& t, const ComparisonRule& rule) {
  const Interval bounds = t.bounds(rule.tail);
  result.estimate = t.estimate;
  result.lower = bounds.lower;
  result.upper = bounds.upper;
  result.p_regression = t.p_greater(rule.margin);
  result.p_non_inferiority = t.p_less(rule.margin);
}

/// Equal where two logarithms are so but for their rounding: tools write few digits, so that times often
/// differ by the very margin, as 44.0 ns and 46.2 ns do, and those are ties.
double without_rounding(double logarithm) { return std::nearbyint(std::ldexp(logarithm, 40)); }

/// The rank-sum test at the margin, and the shift that belongs to it.
CrossEvidence by_ranks(const std::vector<double>& baseline, const std::vector<double>& candidate,
                       const ComparisonRule& rule) {
  std::vector<double> first, second;
  for (const double value : candidate) first.push_back(without_rounding(value - rule.margin));
  for (const double value : baseline) second.push_back(without_rounding(value));
  const RankSumTest test = rank_sum(first, second);
  return {"rank-sum test and Hodges–Lehmann shift", shift_median(candidate, baseline),
          std::min(test.p_greater, 1.0), std::min(test.p_less, 1.0)};
}

/// Why what Welch's t proves does not stand, if so.
std::string contradiction(const Comparison& result, const ComparisonRule& rule) {
  const Proof by_t = proof(result.p_regression, result.upper, rule);
  if (by_t == Proof::none || !result.cross_check) return "";
  const CrossEvidence& ranks = *result.cross_check;
  const bool proves_regression = ranks.p_regression <= rule.alpha_fail;
  const bool proves_non_inferiority = ranks.p_non_inferiority <= rule.tail;
  if (by_t == Proof::regression ? proves_non_inferiority : proves_regression)
    return "Welch's t and the rank-sum test prove opposite things";
  if (by_t == Proof::regression ? !(ranks.estimate > rule.margin) : !(ranks.estimate <= rule.margin))
    return "what Welch's t proves rests on a few wild values: the middle of the differences lies on the "
           "other "
           "side of the margin";
  if (result.design == Design::one_process &&
      !(by_t == Proof::regression ? proves_regression : proves_non_inferiority))
    return "the rank-sum test of the repetitions does not prove what Welch's t does";
  return "";
}

/// "10, 20 and 40"
std::string looks_in_words(const std::vector<std::int64_t>& looks) {
  std::string words;
  for (std::size_t k = 0; k < looks.size(); ++k)
    words += (k == 0 ? "" : k + 1 == looks.size() ? " and " : ", ") + std::to_string(looks[k]);
  return words;
}

Comparison compare_pairs(const std::vector<double>& differences, const ComparisonRule& rule) {
  const PairEvidence evidence =
      weigh_pairs(differences, {rule.margin, rule.tail, rule.alpha_fail, rule.looks});
  Comparison result;
  result.design = Design::paired;
  result.units = evidence.looks.empty() ? static_cast<std::int64_t>(differences.size()) : evidence.pairs;
  result.looks = evidence.looks;
  result.estimate = evidence.estimate;
  result.lower = evidence.lower;
  result.upper = evidence.upper;
  result.p_regression = evidence.p_regression;
  result.p_non_inferiority = evidence.p_non_inferiority;
  result.spread = evidence.spread;
  result.doubt = evidence.doubt;
  if (const auto& t = evidence.by_t)
    result.cross_check = {"Student's t", t->estimate, t->p_greater(rule.margin), t->p_less(rule.margin)};
  result.method =
      "exact signed-rank test and Hodges–Lehmann bounds of process pairs, cross-checked by Student's t";
  if (rule.looks.size() > 1) result.method += "; looks at " + looks_in_words(rule.looks) + " pairs";
  return result;
}

Comparison compare_unpaired(const std::vector<double>& baseline, const std::vector<double>& candidate,
                            const ComparisonRule& rule) {
  Comparison result;
  result.design = Design::unpaired;
  result.units = static_cast<std::int64_t>(std::min(baseline.size(), candidate.size()));
  const StudentEstimate t = welch(candidate, baseline);
  decide_by_t(result, t, rule);
  result.method = "Welch's t of process values, cross-checked by the rank-sum test";
  result.cross_check = by_ranks(baseline, candidate, rule);
  result.doubt = contradiction(result, rule);
  result.spread = t.standard_error * std::sqrt(static_cast<double>(result.units));
  return result;
}

Comparison compare_repetitions(std::vector<double> baseline, std::vector<double> candidate,
                               const ComparisonRule& rule) {
  Comparison result;
  result.design = Design::one_process;
  result.units = static_cast<std::int64_t>(std::min(baseline.size(), candidate.size()));
  result.method =
      "Welch's t of repetitions within one process, widened by an assumed spread between processes, "
      "cross-checked by the rank-sum test";
  if (result.units < 2) {
    result.estimate = candidate.front() - baseline.front();
    result.lower = -INFINITY;
    result.upper = INFINITY;
    return result;
  }
  StudentEstimate t = welch(candidate, baseline);
  const double within = t.standard_error * t.standard_error;
  const double between = 2 * rule.process_noise * rule.process_noise;
  // Satterthwaite; the assumed part counts as known.
  if (within > 0) t.degrees_of_freedom *= (within + between) * (within + between) / (within * within);
  if (!(within > 0) || !(t.degrees_of_freedom < 1e6)) t.degrees_of_freedom = 1e6;
  t.standard_error = std::sqrt(within + between);
  decide_by_t(result, t, rule);
  result.cross_check = by_ranks(baseline, candidate, rule);
  result.doubt = contradiction(result, rule);
  result.spread = std::sqrt(within * static_cast<double>(result.units));
  result.fixed_spread = std::sqrt(between);
  return result;
}

std::vector<double> oriented_logs(const SampleSeries& series) {
  std::vector<double> values;
  for (const ProcessSamples& process : series.processes)
    if (!process.values.empty()) values.push_back(orientation(series) * log_median(process));
  return values;
}

/// Of the first process that has any.
std::vector<double> oriented_repetitions(const SampleSeries& series) {
  std::vector<double> values;
  for (const ProcessSamples& process : series.processes) {
    for (const double value : process.values) values.push_back(orientation(series) * std::log(value));
    if (!values.empty()) break;
  }
  return values;
}

/// By the rule that fits how the values were measured.
Comparison compare_by_design(const SampleSeries& baseline, const SampleSeries& candidate,
                             const ComparisonRule& rule) {
  if (baseline.interleaved && candidate.interleaved)
    return compare_pairs(pair_differences(baseline, candidate), rule);
  const std::vector<double> of_baseline = oriented_logs(baseline), of_candidate = oriented_logs(candidate);
  if (of_baseline.size() < 2 || of_candidate.size() < 2)
    return compare_repetitions(oriented_repetitions(baseline), oriented_repetitions(candidate), rule);
  return compare_unpaired(of_baseline, of_candidate, rule);
}

}  // namespace

double log_margin(double margin, Better better) {
  return better == Better::higher ? -std::log1p(-margin) : std::log1p(margin);
}

double log_median(const ProcessSamples& process) {
  std::vector<double> logs;
  for (const double value : process.values) logs.push_back(std::log(value));
  std::sort(logs.begin(), logs.end());
  const std::size_t half = logs.size() / 2;
  return logs.size() % 2 == 1 ? logs[half] : (logs[half - 1] + logs[half]) / 2;
}

std::vector<double> pair_differences(const SampleSeries& baseline, const SampleSeries& candidate) {
  std::map<std::int64_t, double> of_baseline, differences;
  for (const ProcessSamples& process : baseline.processes)
    if (!process.values.empty()) of_baseline[process.pair] = log_median(process);
  for (const ProcessSamples& process : candidate.processes)
    if (const auto found = of_baseline.find(process.pair);
        found != of_baseline.end() && !process.values.empty())
      differences[process.pair] = orientation(candidate) * (log_median(process) - found->second);
  std::vector<double> in_order;
  for (const auto& [pair, difference] : differences) in_order.push_back(difference);
  return in_order;
}

Comparison compare(const SampleSeries& baseline, const SampleSeries& candidate, const ComparisonRule& rule) {
  Comparison result = compare_by_design(baseline, candidate, rule);
  result.worse_is_less = candidate.better == Better::higher;
  return result;
}

}  // namespace modelgate
