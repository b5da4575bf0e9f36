#include "gates/performance/performance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <set>

#include "gates/decision/decision.h"
#include "gates/decision/declared_looks.h"
#include "gates/decision/problems.h"
#include "gates/performance/choice.h"
#include "gates/performance/comparison.h"
#include "gates/performance/direction.h"
#include "gates/performance/fixed_values.h"
#include "gates/performance/limit.h"
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

/// What is compared, and what was declared of its measurement.
struct Compared {
  SeriesChoice baseline, candidate;
  std::vector<std::int64_t> looks;
  std::int64_t discarded = 0;  ///< Pairs.
};

Check compare_series(const SeriesKey& key, const Compared& compared, const PerformanceDemands& demands,
                     const Verdict& verdict) {
  const SampleSeries &baseline = *compared.baseline.all().at(key),
                     &candidate = *compared.candidate.all().at(key);
  const std::vector<std::int64_t>& looks = compared.looks;
  Check check = new_check(key, verdict);
  for (const auto& [choice, role] :
       {std::pair{&compared.baseline, "baseline"}, std::pair{&compared.candidate, "candidate"}})
    if (const std::string why = choice->unusable(key); !why.empty())
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
                       how_to_say_direction(candidate));

  const double margin = margin_for(key, demands);
  if (candidate.better == Better::higher && !(margin < 1))
    return error_check(check, "margin_unusable",
                       fmt::format("{}: no rate can fall by {:g} %", check.name, 100 * margin),
                       "a margin below 100 %");
  if (fixed_value(baseline) && fixed_value(candidate))
    return compare_fixed(check, baseline, candidate, margin);
  const ComparisonRule rule{log_margin(margin, candidate.better), verdict.alpha_pass, verdict.alpha_fail,
                            demands.process_noise, looks};
  const Comparison result = compare(baseline, candidate, rule);
  add_numbers(check, result, baseline, candidate, margin, rule.tail);
  if (compared.discarded > 0 && result.design == Design::paired) check.n["discarded"] = compared.discarded;
  const bool enough = are_enough(result, rule, demands.minimum_pairs);
  check.status =
      decide({result.p_regression, result.upper, rule.margin, enough ? result.doubt : "too few pairs"},
             verdict.alpha_fail);
  word_decision(check, result, rule, demands.minimum_pairs);
  if (result.design != Design::paired)
    check.warnings.push_back(
        result.design == Design::unpaired
            ? "baseline and candidate were not interleaved: a drift of the machine counts as a change"
            : fmt::format("one process each, not interleaved: a spread of {:.3g} % between processes is "
                          "assumed, not measured, and a drift of the machine counts as a change",
                          100 * demands.process_noise));
  return check;
}

/// A check for each series of the baseline, in their order.
std::vector<Check> compare_all(const Compared& compared, const PerformanceDemands& demands,
                               const Verdict& verdict) {
  const auto compare_one = [&](const SeriesKey& key) {
    if (compared.candidate.all().contains(key)) return compare_series(key, compared, demands, verdict);
    return error_check(
        new_check(key, verdict), "benchmark_missing",
        key.first + " " + key.second + " was measured of the baseline and not of the candidate",
        "the benchmark in the candidate, or a release without it");
  };
  std::vector<SeriesKey> keys;
  for (const auto& entry : compared.baseline.judged()) keys.push_back(entry.first);
  std::vector<Check> checks(keys.size());
  const auto compare_some = [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) checks[i] = compare_one(keys[i]);
  };
  // Few are done before the threads have begun.
  constexpr std::size_t few = 100;
  if (keys.size() < few)
    compare_some(0, keys.size());
  else
    in_parallel(demands.threads, keys.size(), compare_some);
  return checks;
}

/// A check for each series that a limit means, by the last limit that does.
std::vector<Check> judge_limits(const SeriesChoice& candidate, const std::vector<std::int64_t>& looks,
                                const PerformanceDemands& demands, const Verdict& verdict) {
  std::vector<Check> checks;
  for (const auto& [key, series] : candidate.all())
    for (const Limit::Kind kind : {Limit::Kind::maximum, Limit::Kind::minimum})
      for (auto limit = demands.limits.rbegin(); limit != demands.limits.rend(); ++limit)
        if (limit->kind == kind && is_limited(*limit, key)) {
          checks.push_back(judge_limit(key, candidate, *limit, looks, verdict));
          break;
        }
  return checks;
}

/// What the demands name and nothing is: a mistyped name must not mean that less is asked for.
std::vector<Check> judge_names(const Compared& compared, const PerformanceDemands& demands,
                               const Verdict& verdict) {
  std::vector<Check> checks;
  const auto expect = [&](const SeriesKey& name, const std::string& sentence,
                          const std::function<bool(const SeriesKey&)>& is_meant, bool of_candidate_alone) {
    const auto meant = [&](const auto& entry) { return is_meant(entry.first); };
    const SeriesByKey &now = compared.candidate.all(), &before = compared.baseline.all();
    if (std::any_of(now.begin(), now.end(), meant) ||
        (!of_candidate_alone && std::any_of(before.begin(), before.end(), meant)))
      return;
    checks.push_back(error_check(new_check(name, verdict), "benchmark_missing", sentence,
                                 "the benchmark, or settings without its name"));
  };
  for (const PerformanceLimit& limit : demands.limits)
    expect(
        {limit.benchmarks, limit.quantity + limit_suffix(limit.kind)},
        "no benchmark matches '" + limit.benchmarks + "' with " + limit.quantity + ", which has a limit",
        [&](const SeriesKey& key) { return is_limited(limit, key); }, true);
  for (const std::string& quantity : demands.quantities)
    expect(
        {"*", quantity}, "no benchmark has the quantity '" + quantity + "', which is to be judged",
        [&](const SeriesKey& key) { return key.second == quantity; }, false);
  for (const PatternSetting& setting : demands.benchmark_margins)
    expect(
        {setting.pattern, "margin"},
        "no benchmark matches '" + setting.pattern + "', which has a margin of its own",
        [&](const SeriesKey& key) { return matches(setting.pattern, key); }, false);
  return checks;
}

/// New benchmarks, and all of a first release.
Check not_compared(const SeriesKey& key, const SeriesChoice& candidate, bool first_release,
                   const Verdict& verdict) {
  const SampleSeries& series = *candidate.all().at(key);
  Check check = new_check(key, verdict);
  check.status = Status::not_compared;
  check.reason = first_release ? "first_release" : "new_benchmark";
  check.sentence = check.name + (first_release ? ": first release, no baseline to compare with"
                                               : " is new: the baseline has none to compare with");
  if (candidate.unusable(key).empty()) check.candidate = geometric_mean(series), check.unit = series.unit;
  return check;
}

std::vector<Check> judge_directed(const std::optional<Measurements>& baseline, const Measurements& candidate,
                                  const PerformanceDemands& demands, const Verdict& verdict) {
  std::vector<Check> checks;
  if (baseline) checks = problem_checks(*baseline, verdict.gate, "samples");
  const auto add = [&](std::vector<Check> more) {
    checks.insert(checks.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
  };
  add(problem_checks(candidate, verdict.gate, "samples"));
  const std::size_t checks_of_problems = checks.size();
  if (const std::string why =
          unusable_looks(baseline ? std::optional(baseline->looks) : std::nullopt, candidate.looks);
      !why.empty()) {
    checks.push_back(error_check(new_check({"looks", "declared"}, verdict), "looks_unusable", why,
                                 "measurements by one run of one runner"));
    return checks;
  }
  const Measurements nothing;
  const Compared compared{{baseline ? *baseline : nothing, demands},
                          {candidate, demands},
                          candidate.looks,
                          static_cast<std::int64_t>(candidate.discarded.size())};
  // Where the machines differ nothing is compared; the candidate's own limits still hold or not.
  if (const auto differs =
          baseline ? environment_check(*baseline, candidate, demands.may_differ, verdict) : std::nullopt)
    checks.push_back(*differs);
  else
    add(compare_all(compared, demands, verdict));
  add(judge_limits(compared.candidate, candidate.looks, demands, verdict));
  // Where measuring failed, that is the error: what is missing is missing for that.
  const bool is_whole = checks_of_problems == 0;
  if (is_whole) add(judge_names(compared, demands, verdict));
  for (const auto& [key, series] : compared.candidate.judged())
    if (!compared.baseline.judged().contains(key))
      checks.push_back(not_compared(key, compared.candidate, !baseline, verdict));
  if (is_whole && compared.baseline.judged().empty() && compared.candidate.judged().empty())
    checks.push_back(error_check(new_check({"benchmarks", "measured"}, verdict), "nothing_measured",
                                 "no benchmark was measured, or the settings choose none",
                                 "measurements with at least one benchmark that the settings choose"));
  return checks;
}

}  // namespace

std::vector<Check> judge_performance(const std::optional<Measurements>& baseline,
                                     const Measurements& candidate, const PerformanceDemands& demands,
                                     const Verdict& verdict) {
  if (demands.better.empty()) return judge_directed(baseline, candidate, demands, verdict);
  std::optional<Measurements> before = baseline;
  Measurements now = candidate;
  if (before) give_directions(*before, demands.better);
  give_directions(now, demands.better);
  std::vector<Check> checks = judge_directed(before, now, demands, verdict);
  for (Check& check : judge_directions(baseline, candidate, demands.better, verdict))
    checks.push_back(std::move(check));
  return checks;
}

}  // namespace modelgate
