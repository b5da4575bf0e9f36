// Is the candidate's own time within an absolute limit?
//
// Student's t of the logarithms of process values: the limit is on their geometric mean. The looks that a
// measurement declares spend their shares of the error rates, as they do for pairs (pair_rule.h).

#include "gates/performance/maximum.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gates/decision/decision.h"
#include "gates/performance/wording.h"
#include "gates/statistics/alpha_spending.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {
namespace {

constexpr std::int64_t least_processes = 3;

struct Level {
  Interval bounds;
  double p_exceeded = 1;
  std::vector<LookRecord> looks;
};

/// Over the looks reached, or over all values where none were declared. The first look is reached.
Level level_of(const std::vector<double>& logs, double limit, std::vector<std::int64_t> looks, double tail) {
  const auto all = static_cast<std::int64_t>(logs.size());
  if (looks.empty()) looks = {all};
  const std::vector<double> shares = look_shares(looks);
  Level result;
  std::vector<double> p_exceeded;
  for (std::size_t k = 0; k < looks.size() && looks[k] <= all; ++k) {
    const StudentEstimate seen = mean_estimate(std::span(logs).first(static_cast<std::size_t>(looks[k])));
    const Interval bounds = seen.bounds(tail * shares[k]);
    result.bounds.lower = std::max(result.bounds.lower, bounds.lower);
    result.bounds.upper = std::min(result.bounds.upper, bounds.upper);
    p_exceeded.push_back(seen.p_greater(limit));
    result.looks.push_back({looks[k], shares[k], p_exceeded.back(), seen.p_less(limit)});
  }
  result.p_exceeded = sequential_p(p_exceeded, shares);
  return result;
}

}  // namespace

Check judge_maximum(const SeriesKey& key, const SampleSeries& series, double maximum,
                    const std::vector<std::int64_t>& looks, const Verdict& verdict) {
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
  const auto count = static_cast<std::int64_t>(logs.size());
  if (!looks.empty() && count > looks.back())
    return error_check(check, "looks_exceeded",
                       fmt::format("{}: more processes were measured than the {} that were declared",
                                   check.name, looks.back()),
                       "a new measurement: data may be added only as declared before the first look");
  const std::int64_t least = looks.empty() ? least_processes : std::max(least_processes, looks.front());
  if (count < least) {
    check.status = Status::inconclusive;
    check.reason = "too_few_pairs";
    check.sentence =
        fmt::format("{} needs at least {} processes to be proven, and has {}", check.name, least, count);
    check.needs = fmt::format("at least {} processes", least);
    return check;
  }
  const Level level = level_of(logs, std::log(maximum), looks, verdict.alpha_pass);
  if (looks.size() > 1) check.looks = level.looks;
  check.p_regression = level.p_exceeded;
  check.status = decide({*check.p_regression, level.bounds.upper, std::log(maximum), ""}, verdict.alpha_fail);
  const std::string value =
      fmt::format("{} {} is {} ({:g} % bounds {} to {})", key.first, key.second,
                  amount_text(*check.candidate, series.unit), 100 * (1 - verdict.alpha_pass),
                  amount_text(std::exp(level.bounds.lower), series.unit),
                  amount_text(std::exp(level.bounds.upper), series.unit));
  const std::string limit = "the limit of " + amount_text(maximum, series.unit);
  check.reason = check.status == Status::pass   ? "limit_held"
                 : check.status == Status::fail ? "limit_exceeded"
                                                : "cannot_tell";
  check.sentence = value +
                   (check.status == Status::pass   ? ", within "
                    : check.status == Status::fail ? ", above "
                                                   : ": not clear of ") +
                   limit;
  if (check.status == Status::inconclusive)
    check.needs = "more processes, or a limit of " + amount_text(std::exp(level.bounds.upper), series.unit);
  return check;
}

}  // namespace modelgate
