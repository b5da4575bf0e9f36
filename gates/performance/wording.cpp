#include "gates/performance/wording.h"

#include <fmt/format.h>

#include <cmath>

#include "gates/performance/needs.h"

namespace modelgate {
namespace {

/// A change in percent of the baseline, as people read it.
double percent(double log_ratio) { return 100 * std::expm1(log_ratio); }

std::string signed_percent(double value) { return fmt::format("{:+.1f} %", value); }

std::string change_in_words(const Check& check, const std::string& units) {
  const bool rate = check.direction == Direction::higher_is_better;
  const double change = check.effect->estimate;
  std::string words = std::abs(change) < 0.05
                          ? "unchanged"
                          : fmt::format("{:.1f} % {}", std::abs(change),
                                        rate                ? (change < 0 ? "less" : "more")
                                        : check.unit == "s" ? (change < 0 ? "faster" : "slower")
                                                            : (change < 0 ? "smaller" : "larger"));
  if (check.effect->lower && check.effect->upper)
    words += fmt::format(" ({:.0f} % bounds {} to {}, {})", 100 * check.effect->confidence,
                         signed_percent(*check.effect->lower), signed_percent(*check.effect->upper), units);
  return words;
}

}  // namespace

Check new_check(const SeriesKey& key, const Verdict& verdict) {
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

double geometric_mean(const SampleSeries& series) {
  double sum = 0;
  std::int64_t count = 0;
  for (const ProcessSamples& process : series.processes)
    if (!process.values.empty()) sum += log_median(process), ++count;
  return std::exp(sum / static_cast<double>(count));
}

std::string amount_text(double value, const std::string& unit) {
  if (unit == "bytes") {
    const auto [scale, name] = value < 1e3   ? std::pair{1.0, "bytes"}
                               : value < 1e6 ? std::pair{1e-3, "kB"}
                               : value < 1e9 ? std::pair{1e-6, "MB"}
                                             : std::pair{1e-9, "GB"};
    return fmt::format("{:.4g} {}", value * scale, name);
  }
  if (unit != "s") return fmt::format("{:.4g} {}", value, unit);
  const auto [scale, name] = value < 1e-6   ? std::pair{1e9, "ns"}
                             : value < 1e-3 ? std::pair{1e6, "µs"}
                             : value < 1    ? std::pair{1e3, "ms"}
                                            : std::pair{1.0, "s"};
  return fmt::format("{:.4g} {}", value * scale, name);
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
  if (const auto& other = result.cross_check)
    check.cross_check = CrossCheck{other->method, percent(rate ? -other->estimate : other->estimate),
                                   other->p_regression, other->p_non_inferiority};
  if (result.looks.size() > 1 || (!result.looks.empty() && result.looks.front().share < 1))
    check.looks = result.looks;
  check.n[result.design == Design::paired     ? "pairs"
          : result.design == Design::unpaired ? "processes"
                                              : "repetitions"] = result.units;
}

bool are_enough(const Comparison& result, const ComparisonRule& rule, std::int64_t minimum_pairs) {
  if (result.design == Design::one_process) return result.units >= least_repetitions;
  return result.units >= minimum_pairs && (rule.looks.empty() || result.units >= rule.looks.front());
}

void word_decision(Check& check, const Comparison& result, const ComparisonRule& rule,
                   std::int64_t minimum_pairs) {
  const std::string margin = fmt::format("the margin of {:.3g} %", *check.margin);
  std::string units = units_name(result.design, result.units);
  if (const auto discarded = check.n.find("discarded"); discarded != check.n.end())
    units += fmt::format(", {} disturbed and measured again", discarded->second);
  const std::string change = check.name + " is " + change_in_words(check, units);
  const bool enough = are_enough(result, rule, minimum_pairs);
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
      check.needs = what_would_decide(result, rule, enough, minimum_pairs);
      break;
    default:
      check.reason = "not_a_number";
      check.sentence = check.name + ": the comparison gave no number";
  }
}

}  // namespace modelgate
