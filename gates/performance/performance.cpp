#include "gates/performance/performance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "gates/decision/decision.h"
#include "gates/decision/declared_looks.h"
#include "gates/decision/problems.h"
#include "gates/performance/choice.h"
#include "gates/performance/comparison.h"
#include "gates/performance/maximum.h"
#include "gates/performance/wording.h"
#include "gates/statistics/parallel.h"

namespace modelgate {
namespace {

/// The pairs of which a process was measured.
std::set<std::int64_t> pairs_of(const SampleSeries& series) {
  std::set<std::int64_t> pairs;
  for (const ProcessSamples& process : series.processes)
    if (!process.values.empty()) pairs.insert(process.pair);
  return pairs;
}

Check compare_series(const SeriesKey& key, const SampleSeries& baseline, const SampleSeries& candidate,
                     const std::vector<std::int64_t>& looks, const PerformanceDemands& demands,
                     const Verdict& verdict) {
  Check check = new_check(key, verdict);
  for (const auto& [series, role] : {std::pair{&baseline, "baseline"}, std::pair{&candidate, "candidate"}})
    if (const std::string why = unusable(*series); !why.empty())
      return error_check(check, "unusable_values", check.name + " of the " + role + " " + why,
                         "a new measurement");
  if (baseline.unit != candidate.unit || baseline.better != candidate.better)
    return error_check(check, "units_differ",
                       check.name + " is measured differently in baseline and candidate",
                       "measurements by the same runner");
  // A process that crashed must not be passed over: what is left would be no sample of all.
  if (baseline.interleaved && candidate.interleaved && pairs_of(baseline) != pairs_of(candidate))
    return error_check(check, "pairs_incomplete", check.name + ": some pairs have a process of one side only",
                       "a new measurement");
  if (!looks.empty() && static_cast<std::int64_t>(pairs_of(candidate).size()) > looks.back())
    return error_check(
        check, "looks_exceeded",
        fmt::format("{}: more pairs were measured than the {} that were declared", check.name, looks.back()),
        "a new measurement: data may be added only as declared before the first look");
  // Only pairs have a rule that spends the error rates over several looks.
  if (looks.size() > 1 && !(baseline.interleaved && candidate.interleaved))
    return error_check(check, "looks_unusable",
                       check.name + ": several looks are declared, and the processes did not run in pairs",
                       "a measurement in pairs, or one that declares no looks");
  if (candidate.better == Better::unknown)
    return error_check(check, "direction_unknown",
                       check.name + ": whether more or less is better is not known",
                       "another quantity, or a counter whose name ends in _per_second");

  const double margin = margin_for(key, demands);
  if (candidate.better == Better::higher && !(margin < 1))
    return error_check(check, "margin_unusable",
                       fmt::format("{}: no rate can fall by {:g} %", check.name, 100 * margin),
                       "a margin below 100 %");
  const ComparisonRule rule{log_margin(margin, candidate.better), verdict.alpha_pass, verdict.alpha_fail,
                            demands.process_noise, looks};
  const Comparison result = compare(baseline, candidate, rule);
  add_numbers(check, result, baseline, candidate, margin, rule.tail);
  const bool enough = are_enough(result, rule, demands.minimum_pairs);
  check.status =
      decide({result.p_regression, result.upper, rule.margin, enough ? result.doubt : "too few pairs"},
             verdict.alpha_fail);
  word_decision(check, result, rule, demands.minimum_pairs);
  if (result.design != Design::paired)
    check.warnings.push_back(
        result.design == Design::unpaired
            ? "baseline and candidate were not interleaved: a drift of the machine counts as a change"
            : fmt::format("one process each: a spread of {:.3g} % between processes is assumed, not measured",
                          100 * demands.process_noise));
  return check;
}

/// A check for each series of the baseline, in their order.
std::vector<Check> compare_all(const SeriesByKey& of_baseline, const SeriesByKey& of_candidate,
                               const std::vector<std::int64_t>& looks, const PerformanceDemands& demands,
                               const Verdict& verdict) {
  const auto compared = [&](const SeriesKey& key, const SampleSeries& baseline) {
    const auto found = of_candidate.find(key);
    if (found != of_candidate.end())
      return compare_series(key, baseline, *found->second, looks, demands, verdict);
    return error_check(new_check(key, verdict), "benchmark_missing",
                       key.first + " was measured of the baseline and not of the candidate",
                       "the benchmark in the candidate, or a release without it");
  };
  std::vector<const SeriesByKey::value_type*> series;
  series.reserve(of_baseline.size());
  for (const auto& entry : of_baseline) series.push_back(&entry);
  std::vector<Check> checks(series.size());
  const auto compare_some = [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) checks[i] = compared(series[i]->first, *series[i]->second);
  };
  // Few are done before the threads have begun.
  constexpr std::size_t few = 100;
  if (series.size() < few)
    compare_some(0, series.size());
  else
    in_parallel(demands.threads, series.size(), compare_some);
  return checks;
}

}  // namespace

std::vector<Check> judge_performance(const std::optional<Measurements>& baseline,
                                     const Measurements& candidate, const PerformanceDemands& demands,
                                     const Verdict& verdict) {
  std::vector<Check> checks;
  if (baseline) checks = problem_checks(*baseline, verdict.gate);
  for (Check& check : problem_checks(candidate, verdict.gate)) checks.push_back(std::move(check));
  if (const std::string why =
          unusable_looks(baseline ? std::optional(baseline->looks) : std::nullopt, candidate.looks);
      !why.empty()) {
    checks.push_back(error_check(new_check({"looks", "declared"}, verdict), "looks_unusable", why,
                                 "measurements by one run of one runner"));
    return checks;
  }
  const SeriesByKey of_candidate = chosen_series(candidate, demands);
  const SeriesByKey of_baseline = baseline ? chosen_series(*baseline, demands) : SeriesByKey{};

  std::vector<Check> compared = compare_all(of_baseline, of_candidate, candidate.looks, demands, verdict);
  checks.insert(checks.end(), std::move_iterator(compared.begin()), std::move_iterator(compared.end()));
  for (const auto& [key, series] : of_candidate) {
    for (auto setting = demands.maxima.rbegin(); setting != demands.maxima.rend(); ++setting)
      if (matches(setting->pattern, key)) {
        checks.push_back(judge_maximum(key, *series, setting->value, candidate.looks, verdict));
        break;
      }
    if (of_baseline.contains(key)) continue;
    Check check = new_check(key, verdict);
    check.status = Status::not_compared;
    check.reason = baseline ? "new_benchmark" : "first_release";
    check.sentence = check.name + (baseline ? " is new: the baseline has none to compare with"
                                            : ": first release, no baseline to compare with");
    if (unusable(*series).empty()) check.candidate = geometric_mean(*series), check.unit = series->unit;
    checks.push_back(check);
  }
  for (const PatternSetting& setting : demands.maxima)
    if (std::none_of(of_candidate.begin(), of_candidate.end(),
                     [&](const auto& entry) { return matches(setting.pattern, entry.first); }))
      checks.push_back(error_check(new_check({setting.pattern, "max"}, verdict), "benchmark_missing",
                                   "no benchmark matches '" + setting.pattern + "', which has a limit",
                                   "the benchmark, or a plan without the limit"));
  if (of_baseline.empty() && of_candidate.empty())
    checks.push_back(error_check(new_check({"benchmarks", "measured"}, verdict), "nothing_measured",
                                 "no benchmark was measured, or the settings choose none",
                                 "measurements with at least one benchmark that the settings choose"));
  return checks;
}

}  // namespace modelgate
