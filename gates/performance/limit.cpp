// Is the candidate's own value within an absolute limit?
//
// Times and rates: Student's t of the logarithms of process values; the limit is on their geometric mean.
//
// Quantiles of single calls: how many of n calls lie above the limit is binomial, if calls are independent;
// the bounds are order statistics, and exact for any distribution (299 calls of which none lies above prove
// p99 at 95 %). Calls of one process share its luck, so a verdict needs the processes to say the same:
// Student's t of the logarithms of their own quantiles. The p-values are the larger of the two, the bounds
// the wider.
//
// Sizes that are the same in every process: there is nothing to estimate.
//
// The looks that a measurement declares spend their shares of the error rates, as they do for pairs
// (pair_rule.h).

#include "gates/performance/limit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "gates/decision/decision.h"
#include "gates/performance/fixed_values.h"
#include "gates/performance/quantile.h"
#include "gates/performance/wording.h"
#include "gates/statistics/alpha_spending.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/quantile_bounds.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {
namespace {

constexpr std::int64_t least_processes = 3;

/// What the first processes say of a level, on the scale of logarithms.
struct Seen {
  Interval bounds;
  double p_above = 1, p_below = 1;  ///< Of "the level is at most", "at least, the limit".
};
using Sight = std::function<Seen(std::size_t processes, double tail)>;

struct Level {
  Interval bounds;
  double p_above = 1, p_below = 1;
  std::vector<LookRecord> looks;
};

/// Over the looks reached, or over all values where none were declared. The first look is reached.
Level level_of(const Sight& sight, std::int64_t all, std::vector<std::int64_t> looks, Limit::Kind kind,
               double tail) {
  if (looks.empty()) looks = {all};
  const std::vector<double> shares = look_shares(looks);
  Level result;
  std::vector<double> p_above, p_below;
  for (std::size_t k = 0; k < looks.size() && looks[k] <= all; ++k) {
    const Seen seen = sight(static_cast<std::size_t>(looks[k]), tail * shares[k]);
    result.bounds.lower = std::max(result.bounds.lower, seen.bounds.lower);
    result.bounds.upper = std::min(result.bounds.upper, seen.bounds.upper);
    p_above.push_back(seen.p_above);
    p_below.push_back(seen.p_below);
    const bool is_maximum = kind == Limit::Kind::maximum;
    result.looks.push_back({looks[k], shares[k], is_maximum ? seen.p_above : seen.p_below,
                            is_maximum ? seen.p_below : seen.p_above});
  }
  result.p_above = sequential_p(p_above, shares);
  result.p_below = sequential_p(p_below, shares);
  return result;
}

std::vector<double> process_logs(const SampleSeries& series) {
  std::vector<double> logs;
  for (const ProcessSamples& process : series.processes)
    if (!process.values.empty()) logs.push_back(log_median(process));
  return logs;
}

Seen seen_by_t(const std::vector<double>& logs, std::size_t processes, double limit, double tail) {
  const StudentEstimate t = mean_estimate(std::span(logs).first(processes));
  return {t.bounds(tail), t.p_greater(limit), t.p_less(limit)};
}

/// The quantile of all calls of the first processes.
Seen seen_by_order(const SampleSeries& calls, std::size_t processes, double quantile, double limit,
                   double tail) {
  std::vector<double> values;
  for (const ProcessSamples& process : calls.processes) {
    if (process.values.empty()) continue;
    if (processes-- == 0) break;
    for (const double value : process.values) values.push_back(std::log(value));
  }
  const auto n = static_cast<std::int64_t>(values.size());
  const auto above = std::count_if(values.begin(), values.end(), [&](double value) { return value > limit; });
  return {quantile_bounds(values, quantile, tail), binomial_at_least(above, n, 1 - quantile),
          binomial_at_most(above, n, 1 - quantile)};
}

Seen both(const Seen& a, const Seen& b) {
  return {{std::min(a.bounds.lower, b.bounds.lower), std::max(a.bounds.upper, b.bounds.upper)},
          std::max(a.p_above, b.p_above),
          std::max(a.p_below, b.p_below)};
}

/// Puts status, reason and sentence into a check whose numbers are there.
void word_limit(Check& check, const std::string& value, double bound, const std::string& needs) {
  const bool is_maximum = check.limit->kind == Limit::Kind::maximum;
  check.reason = check.status == Status::pass   ? "limit_held"
                 : check.status == Status::fail ? "limit_exceeded"
                                                : "cannot_tell";
  check.sentence = value +
                   (check.status == Status::pass   ? ", within "
                    : check.status == Status::fail ? (is_maximum ? ", above " : ", below ")
                                                   : ": not clear of ") +
                   "the limit of " + amount_text(check.limit->value, check.unit);
  if (check.status != Status::inconclusive) return;
  check.needs = needs;
  if (std::isfinite(bound)) check.needs += ", or a limit of " + amount_text(std::exp(bound), check.unit);
}

/// Sizes that every process has alike.
void judge_fixed(Check& check, const SeriesKey& key, double value) {
  const Limit& limit = *check.limit;
  const bool held = limit.kind == Limit::Kind::maximum ? value <= limit.value : value >= limit.value;
  check.method = "exact: the same in every process";
  check.p_regression = held ? 1 : 0;
  check.status = held ? Status::pass : Status::fail;
  word_limit(check,
             fmt::format("{} {} is {} in all {} processes", key.first, key.second,
                         amount_text(value, check.unit), check.n["processes"]),
             INFINITY, "");
}

void judge_estimated(Check& check, const SeriesKey& key, const SampleSeries& series,
                     const SampleSeries* calls, const std::vector<std::int64_t>& looks,
                     const Verdict& verdict) {
  const Limit& limit = *check.limit;
  const bool is_maximum = limit.kind == Limit::Kind::maximum;
  const double log_limit = std::log(limit.value);
  const std::vector<double> logs = process_logs(series);
  const double quantile = calls == nullptr ? 0 : *quantile_named(key.second);
  check.method = calls == nullptr
                     ? "Student's t of the logarithms of process values"
                     : "exact bounds of the order statistics of all calls, and Student's t of the "
                       "logarithms of the processes' quantiles";
  const Sight sight = [&](std::size_t processes, double tail) {
    const Seen by_t = seen_by_t(logs, processes, log_limit, tail);
    return calls == nullptr ? by_t : both(by_t, seen_by_order(*calls, processes, quantile, log_limit, tail));
  };
  const Level level =
      level_of(sight, static_cast<std::int64_t>(logs.size()), looks, limit.kind, verdict.alpha_pass);
  if (looks.size() > 1) check.looks = level.looks;
  check.p_regression = is_maximum ? level.p_above : level.p_below;
  check.p_non_inferiority = is_maximum ? level.p_below : level.p_above;
  const double worst = is_maximum ? level.bounds.upper : -level.bounds.lower;
  check.status =
      decide({*check.p_regression, worst, is_maximum ? log_limit : -log_limit, ""}, verdict.alpha_fail);
  std::string needs = "more processes";
  if (calls != nullptr) {
    std::int64_t n = 0, above = 0;
    for (const ProcessSamples& process : calls->processes)
      for (const double value : process.values) ++n, above += value > limit.value;
    check.n["calls"] = n;
    if (const std::int64_t least = values_needed(quantile, above, verdict.alpha_pass); n < least)
      needs = fmt::format("at least {} calls instead of {}", least, n);
  }
  word_limit(check,
             fmt::format("{} {} is {} ({:g} % bounds {} to {})", key.first, key.second,
                         amount_text(*check.candidate, series.unit), 100 * (1 - verdict.alpha_pass),
                         amount_text(std::exp(level.bounds.lower), series.unit),
                         amount_text(std::exp(level.bounds.upper), series.unit)),
             is_maximum ? level.bounds.upper : level.bounds.lower, needs);
}

}  // namespace

std::string limit_suffix(Limit::Kind kind) { return kind == Limit::Kind::maximum ? " max" : " min"; }

Check judge_limit(const SeriesKey& key, const SeriesChoice& choice, const PerformanceLimit& limit,
                  const std::vector<std::int64_t>& looks, const Verdict& verdict) {
  const SampleSeries& series = *choice.all().at(key);
  Check check = new_check(key, verdict);
  check.name += limit_suffix(limit.kind);
  check.limit = Limit{limit.kind, limit.value};
  check.unit = series.unit;
  check.direction =
      limit.kind == Limit::Kind::maximum ? Direction::lower_is_better : Direction::higher_is_better;
  if (!limit.unit.empty() && limit.unit != series.unit)
    return error_check(
        check, "units_differ",
        fmt::format("{}: the limit is in {}, and the measurement in {}", check.name, limit.unit,
                    series.unit.empty() ? "a unit that it does not tell" : series.unit),
        "a limit in the measurement's unit");
  if (const std::string why = choice.unusable(key); !why.empty())
    return error_check(check, "unusable_values", check.name + " " + why, "a new measurement");
  const auto count = static_cast<std::int64_t>(process_logs(series).size());
  check.n["processes"] = count;
  check.candidate = geometric_mean(series);
  if (!looks.empty() && count > looks.back())
    return error_check(check, "looks_exceeded",
                       fmt::format("{}: more processes were measured than the {} that were declared",
                                   check.name, looks.back()),
                       "a new measurement: data may be added only as declared before the first look");
  if (const auto fixed = fixed_value(series)) {
    judge_fixed(check, key, *fixed);
    return check;
  }
  const std::int64_t least = looks.empty() ? least_processes : std::max(least_processes, looks.front());
  if (count < least) {
    check.status = Status::inconclusive;
    check.reason = "too_few_pairs";
    check.sentence =
        fmt::format("{} needs at least {} processes to be proven, and has {}", check.name, least, count);
    check.needs = fmt::format("at least {} processes", least);
    return check;
  }
  judge_estimated(check, key, series, choice.calls_of(key), looks, verdict);
  return check;
}

}  // namespace modelgate
