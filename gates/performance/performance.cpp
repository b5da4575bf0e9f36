#include "gates/performance/performance.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "gates/decision/decision.h"
#include "gates/decision/problems.h"
#include "gates/performance/comparison.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {
namespace {

using Key = std::pair<std::string, std::string>;  // benchmark, quantity
using SeriesByKey = std::map<Key, const SampleSeries*>;

bool matches(const std::string& pattern, const Key& key) {
  return ::fnmatch(pattern.c_str(), key.first.c_str(), 0) == 0 ||
         ::fnmatch(pattern.c_str(), (key.first + " " + key.second).c_str(), 0) == 0;
}

/// The series to judge: of each benchmark the quantities asked for, or else its real_time and latency, or
/// else whatever has a direction.
SeriesByKey chosen_series(const Measurements& measurements, const PerformanceDemands& demands) {
  SeriesByKey all;
  std::set<std::string> timed;
  for (const Series& series : measurements.series)
    if (const auto* samples = std::get_if<SampleSeries>(&series)) {
      const Key key{samples->name, samples->quantity};
      if (!demands.filter.empty() && !matches(demands.filter, key)) continue;
      all[key] = samples;
      if (samples->quantity == "real_time" || samples->quantity == "latency") timed.insert(samples->name);
    }
  std::erase_if(all, [&](const auto& entry) {
    const auto& [name, quantity] = entry.first;
    if (!demands.quantities.empty())
      return std::find(demands.quantities.begin(), demands.quantities.end(), quantity) ==
             demands.quantities.end();
    if (timed.contains(name)) return quantity != "real_time" && quantity != "latency";
    return entry.second->better == Better::unknown;
  });
  return all;
}

double margin_for(const Key& key, const PerformanceDemands& demands) {
  double margin = demands.margin;
  for (const PatternSetting& setting : demands.benchmark_margins)
    if (matches(setting.pattern, key)) margin = setting.value;
  return margin;
}

/// The tolerated badness on the log scale: a time may grow by the margin, a rate may shrink by it.
double log_margin(double margin, Better better) {
  return better == Better::higher ? -std::log1p(-margin) : std::log1p(margin);
}

Check new_check(const Key& key, const Verdict& verdict) {
  Check check;
  check.gate = verdict.gate;
  check.name = key.first + " " + key.second;
  return check;
}

Check error_check(Check check, const std::string& reason, const std::string& sentence,
                  const std::string& needs) {
  check.status = Status::error;
  check.reason = reason;
  check.sentence = sentence;
  check.needs = needs;
  return check;
}

/// Why the values of a series cannot be used; empty if they can.
std::string unusable(const SampleSeries& series) {
  std::size_t values = 0;
  for (const ProcessSamples& process : series.processes)
    for (const double value : process.values) {
      ++values;
      if (!(value > 0 && std::isfinite(value)))
        return fmt::format("holds the value {}, which is no time or rate", value);
    }
  return values == 0 ? "holds no values" : "";
}

/// The pairs of which a process was measured.
std::set<std::int64_t> pairs_of(const SampleSeries& series) {
  std::set<std::int64_t> pairs;
  for (const ProcessSamples& process : series.processes)
    if (!process.values.empty()) pairs.insert(process.pair);
  return pairs;
}

double geometric_mean(const SampleSeries& series) {
  double sum = 0;
  std::int64_t count = 0;
  for (const ProcessSamples& process : series.processes)
    if (!process.values.empty()) sum += log_median(process), ++count;
  return std::exp(sum / static_cast<double>(count));
}

/// A change in percent of the baseline, as people read it.
double percent(double log_ratio) { return 100 * std::expm1(log_ratio); }

std::string signed_percent(double value) { return fmt::format("{:+.1f} %", value); }

/// "3.89 µs", "1.2 s", "512 bytes".
std::string amount_text(double value, const std::string& unit) {
  if (unit != "s") return fmt::format("{:.4g} {}", value, unit);
  const auto [scale, name] = value < 1e-6   ? std::pair{1e9, "ns"}
                             : value < 1e-3 ? std::pair{1e6, "µs"}
                             : value < 1    ? std::pair{1e3, "ms"}
                                            : std::pair{1.0, "s"};
  return fmt::format("{:.4g} {}", value * scale, name);
}

std::string units_name(Design design, std::int64_t count) {
  const char* name = design == Design::paired     ? "process pair"
                     : design == Design::unpaired ? "process"
                                                  : "repetition";
  return fmt::format("{} {}{}", count, name, count == 1 ? "" : design == Design::unpaired ? "es" : "s");
}

/// How many units would decide, if the estimate and the spread stay as they are. The distance to the margin
/// must be covered by the bound and a power of 80 %: (z_0.95 + z_0.8)² ≈ 6.2.
std::string what_would_decide(const Comparison& result, double margin, bool enough_units,
                              std::int64_t minimum) {
  if (!enough_units) return fmt::format("at least {}", units_name(result.design, minimum));
  const double distance = std::abs(margin - result.estimate);
  if (result.design == Design::one_process)
    return "process pairs, as modelgate-run-bench measures them: how much processes differ was not measured";
  const double needed = 6.2 * std::pow(result.spread / distance, 2);
  const double more = std::ceil(std::max(needed, 1.0) - static_cast<double>(result.units));
  if (!(more < 2000))
    return "another margin: the change lies so near to this one that more pairs hardly help";
  return fmt::format("about {} more {}", static_cast<std::int64_t>(std::max(more, 2.0)),
                     result.design == Design::paired ? "process pairs" : "processes of each");
}

void add_numbers(Check& check, const Comparison& result, const SampleSeries& baseline,
                 const SampleSeries& candidate, double margin, double tail) {
  const bool rate = candidate.better == Better::higher;
  check.baseline = geometric_mean(baseline);
  check.candidate = geometric_mean(candidate);
  check.unit = candidate.unit;
  check.direction = rate ? Direction::higher_is_better : Direction::lower_is_better;
  // Badness is the log-ratio for a time and its negative for a rate; bounds change places with it.
  const double lower = rate ? -result.upper : result.lower;
  const double upper = rate ? -result.lower : result.upper;
  Effect effect;
  effect.estimate = percent(rate ? -result.estimate : result.estimate);
  if (std::isfinite(lower)) effect.lower = percent(lower);
  if (std::isfinite(upper)) effect.upper = percent(upper);
  effect.confidence = 1 - tail;
  effect.unit = "percent";
  check.effect = effect;
  check.margin = 100 * margin;
  check.p_regression = result.p_regression;
  check.p_non_inferiority = result.p_non_inferiority;
  check.method = result.method;
  check.n[result.design == Design::paired     ? "pairs"
          : result.design == Design::unpaired ? "processes"
                                              : "repetitions"] = result.units;
}

std::string change_in_words(const Check& check) {
  const bool rate = check.direction == Direction::higher_is_better;
  const double change = check.effect->estimate;
  std::string words = std::abs(change) < 0.05 ? "unchanged"
                                              : fmt::format("{:.1f} % {}", std::abs(change),
                                                            rate ? (change < 0 ? "less" : "more")
                                                                 : (change < 0 ? "faster" : "slower"));
  if (check.effect->lower && check.effect->upper)
    words += fmt::format(" ({:.0f} % bounds {} to {})", 100 * check.effect->confidence,
                         signed_percent(*check.effect->lower), signed_percent(*check.effect->upper));
  return words;
}

void word_decision(Check& check, const Comparison& result, double log_margin_value,
                   std::int64_t minimum_pairs) {
  const std::string margin = fmt::format("the margin of {:.3g} %", *check.margin);
  const std::string change = check.name + " is " + change_in_words(check);
  const bool enough = result.units >= (result.design == Design::one_process ? 2 : minimum_pairs);
  switch (check.status) {
    case Status::fail:
      check.reason = "regression_proven";
      check.sentence = change + ", more than " + margin;
      break;
    case Status::pass:
      check.improved = result.upper < 0;
      check.reason = check.improved ? "improvement_proven" : "non_inferiority_proven";
      check.sentence = change + (check.improved ? ": a proven improvement" : ", within " + margin);
      break;
    case Status::inconclusive:
      check.reason = !enough ? "too_few_pairs" : !result.doubt.empty() ? "rules_disagree" : "cannot_tell";
      check.sentence = change + ": " +
                       (!enough ? "too few to decide, with " + units_name(result.design, result.units)
                        : !result.doubt.empty() ? result.doubt
                                                : "not clear of " + margin + " on either side");
      check.needs = what_would_decide(result, log_margin_value, enough, minimum_pairs);
      break;
    default:
      check.reason = "not_a_number";
      check.sentence = check.name + ": the comparison gave no number";
  }
}

Check compare_series(const Key& key, const SampleSeries& baseline, const SampleSeries& candidate,
                     const PerformanceDemands& demands, const Verdict& verdict) {
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
  if (candidate.better == Better::unknown)
    return error_check(check, "direction_unknown",
                       check.name + ": whether more or less is better is not known",
                       "another quantity, or a counter whose name ends in _per_second");

  const double margin = margin_for(key, demands);
  const ComparisonRule rule{log_margin(margin, candidate.better), verdict.alpha_pass, verdict.alpha_fail,
                            demands.process_noise};
  const Comparison result = compare(baseline, candidate, rule);
  add_numbers(check, result, baseline, candidate, margin, rule.tail);
  const bool enough = result.units >= (result.design == Design::one_process ? 2 : demands.minimum_pairs);
  check.status =
      decide({result.p_regression, result.upper, rule.margin, enough ? result.doubt : "too few pairs"},
             verdict.alpha_fail);
  word_decision(check, result, rule.margin, demands.minimum_pairs);
  if (result.design != Design::paired)
    check.warnings.push_back(
        result.design == Design::unpaired
            ? "baseline and candidate were not interleaved: a drift of the machine counts as a change"
            : fmt::format("one process each: a spread of {:.3g} % between processes is assumed, not measured",
                          100 * demands.process_noise));
  return check;
}

/// value ≤ maximum, proven by the upper bound of the geometric mean over processes.
Check judge_maximum(const Key& key, const SampleSeries& series, double maximum, const Verdict& verdict) {
  Check check = new_check(key, verdict);
  check.name += " max";
  check.limit = Limit{Limit::Kind::maximum, maximum};
  check.unit = series.unit;
  check.direction = Direction::lower_is_better;
  check.method = "Student's t of the logarithms of process values";
  if (const std::string why = unusable(series); !why.empty())
    return error_check(check, "unusable_values", check.name + " " + why, "a new measurement");
  std::vector<double> logs;
  for (const ProcessSamples& process : series.processes)
    if (!process.values.empty()) logs.push_back(log_median(process));
  check.n["processes"] = static_cast<std::int64_t>(logs.size());
  check.candidate = geometric_mean(series);
  if (logs.size() < 3) {
    check.status = Status::inconclusive;
    check.reason = "too_few_pairs";
    check.sentence =
        fmt::format("{} needs at least 3 processes to be proven, and has {}", check.name, logs.size());
    check.needs = "at least 3 processes";
    return check;
  }
  const StudentEstimate estimate = mean_estimate(logs);
  const Interval bounds = estimate.bounds(verdict.alpha_pass);
  check.p_regression = estimate.p_greater(std::log(maximum));
  check.status = decide({*check.p_regression, bounds.upper, std::log(maximum), ""}, verdict.alpha_fail);
  const std::string value = fmt::format(
      "{} {} is {} ({:g} % bounds {} to {})", key.first, key.second,
      amount_text(*check.candidate, series.unit), 100 * (1 - verdict.alpha_pass),
      amount_text(std::exp(bounds.lower), series.unit), amount_text(std::exp(bounds.upper), series.unit));
  const std::string limit = "the limit of " + amount_text(maximum, series.unit);
  check.reason = check.status == Status::pass   ? "limit_held"
                 : check.status == Status::fail ? "limit_exceeded"
                                                : "cannot_tell";
  check.sentence = value +
                   (check.status == Status::pass   ? ", within "
                    : check.status == Status::fail ? ", above "
                                                   : ": not clear of ") +
                   limit;
  if (check.status == Status::inconclusive) check.needs = "more processes";
  return check;
}

}  // namespace

std::vector<Check> judge_performance(const std::optional<Measurements>& baseline,
                                     const Measurements& candidate, const PerformanceDemands& demands,
                                     const Verdict& verdict) {
  std::vector<Check> checks;
  if (baseline) checks = problem_checks(*baseline, verdict.gate);
  for (Check& check : problem_checks(candidate, verdict.gate)) checks.push_back(std::move(check));
  const SeriesByKey of_candidate = chosen_series(candidate, demands);
  const SeriesByKey of_baseline = baseline ? chosen_series(*baseline, demands) : SeriesByKey{};

  for (const auto& [key, series] : of_baseline) {
    const auto found = of_candidate.find(key);
    if (found != of_candidate.end())
      checks.push_back(compare_series(key, *series, *found->second, demands, verdict));
    else
      checks.push_back(error_check(new_check(key, verdict), "benchmark_missing",
                                   key.first + " was measured of the baseline and not of the candidate",
                                   "the benchmark in the candidate, or a release without it"));
  }
  for (const auto& [key, series] : of_candidate) {
    for (auto setting = demands.maxima.rbegin(); setting != demands.maxima.rend(); ++setting)
      if (matches(setting->pattern, key)) {
        checks.push_back(judge_maximum(key, *series, setting->value, verdict));
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
