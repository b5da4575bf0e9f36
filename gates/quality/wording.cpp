#include "gates/quality/wording.h"

#include <fmt/format.h>

#include <cmath>

namespace modelgate {
namespace {

/// Two digits at least, and no zeros at the end: "1.3", "2", "0.0042".
std::string number(double value) {
  const double size = std::abs(value);
  const int decimals =
      size >= 0.1 || size == 0 ? 2 : std::min(9, 1 - static_cast<int>(std::floor(std::log10(size))));
  std::string text = fmt::format("{:.{}f}", value, decimals);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string points(double fraction) {
  const std::string text = number(100 * fraction);
  return text + (text == "1" ? " point" : " points");
}

/// What is not all is not shown as 100 %.
std::string percent(double fraction) {
  int decimals = 2;
  while (decimals < 9 && fraction < 1 && fmt::format("{:.{}f}", 100 * fraction, decimals).starts_with("100"))
    ++decimals;
  return fmt::format("{:.{}f} %", 100 * fraction, decimals);
}

std::string change_in_words(const Check& check, const Difference& result) {
  std::string words = check.name;
  if (!(std::isfinite(result.baseline) && std::isfinite(result.candidate))) return words;
  const double change = result.estimate();
  words +=
      change == 0 ? " stayed the same" : (change < 0 ? " fell by " : " rose by ") + points(std::abs(change));
  words += " (" + percent(result.baseline) + " to " + percent(result.candidate);
  if (check.effect && check.effect->lower && check.effect->upper)
    words += fmt::format("; {:g} % bounds {:+.2f} to {:+.2f}", 100 * check.effect->confidence,
                         *check.effect->lower, *check.effect->upper);
  return words + ")";
}

void add_numbers(Check& check, const Difference& result, double margin, double confidence) {
  if (std::isfinite(result.baseline)) check.baseline = result.baseline;
  if (std::isfinite(result.candidate)) check.candidate = result.candidate;
  check.unit = "fraction";
  check.direction = Direction::higher_is_better;
  check.margin = 100 * margin;
  check.method = result.method;
  check.details = result.details;
  check.n = result.n;
  if (!std::isfinite(result.estimate())) return;
  Effect effect;
  effect.estimate = 100 * result.estimate();
  if (std::isfinite(result.bounds.lower)) effect.lower = 100 * result.bounds.lower;
  if (std::isfinite(result.bounds.upper)) effect.upper = 100 * result.bounds.upper;
  effect.confidence = confidence;
  effect.unit = "points";
  check.effect = effect;
  check.p_regression = result.p_regression;
  check.p_non_inferiority = result.p_non_inferiority;
}

/// How a limit of one kind is told of.
struct LimitWords {
  std::string broken;        ///< The reason of a failure.
  std::string beyond, held;  ///< "below", "proven to reach"
  std::string needs_if_doubted, needs;
};

/// The rest of a check whose value, direction and limit are set.
void word_limit(Check& check, const Level& result, const Interval& bounds, const QualityRule& rule,
                const LimitWords& words) {
  check.unit = "fraction";
  check.method = result.method;
  check.n = result.n;
  check.p_regression = result.p_missed;
  check.p_non_inferiority = result.p_held;
  std::string value = check.name.substr(0, check.name.rfind(' '));
  if (check.candidate) value += " is " + percent(*check.candidate);
  if (std::isfinite(bounds.lower) && std::isfinite(bounds.upper))
    value += fmt::format(" ({:g} % bounds {} to {})", 100 * rule.confidence, percent(bounds.lower),
                         percent(bounds.upper));
  const std::string limit = "the limit of " + number(100 * check.limit->value) + " %";
  const bool doubted = !result.doubt.empty();
  switch (check.status) {
    case Status::fail:
      check.reason = words.broken;
      check.sentence = value + ", " + words.beyond + " " + limit;
      break;
    case Status::pass:
      check.reason = "limit_held";
      check.sentence = value + ", " + words.held + " " + limit;
      break;
    case Status::inconclusive:
      check.reason = doubted ? result.reason : "cannot_tell";
      check.sentence = value + ": " + (doubted ? result.doubt : "not clear of " + limit + " on either side");
      check.needs = doubted ? words.needs_if_doubted : words.needs;
      break;
    default:
      check.reason = "not_a_number";
      check.sentence = check.name + ": the rows gave no number";
  }
}

}  // namespace

void word(Check& check, const Difference& result, double margin, const QualityRule& rule,
          const std::string& usual_units) {
  const std::string& units = result.unit_name.empty() ? usual_units : result.unit_name;
  add_numbers(check, result, margin, rule.confidence);
  const std::string change = change_in_words(check, result), limit = "the margin of " + points(margin);
  switch (check.status) {
    case Status::fail:
      check.reason = "regression_proven";
      check.sentence = change + ", more than " + limit;
      break;
    case Status::pass:
      check.improved = !result.few && result.bounds.lower > 0;
      check.reason = check.improved ? "improvement_proven" : "non_inferiority_proven";
      check.sentence = change + (check.improved ? ": a proven improvement" : ", within " + limit);
      break;
    case Status::inconclusive:
      if (!result.doubt.empty()) {
        check.reason = result.reason;
        check.sentence = change + ": " + result.doubt;
        check.needs = "more " + units + ", or another metric";
        break;
      }
      check.reason = result.few ? "too_few_discordant" : "cannot_tell";
      check.sentence =
          change + (result.few ? fmt::format(": {} {} are too few to exclude a loss of more than {}",
                                             result.units, units, points(margin))
                               : ": not clear of " + limit + " on either side");
      check.needs = what_would_decide(result, margin, rule, units);
      break;
    default:
      check.reason = "not_a_number";
      check.sentence = check.name + ": the comparison gave no number";
  }
}

void word(Check& check, const Level& result, double minimum, const QualityRule& rule,
          const std::string& usual_units) {
  const std::string& units = result.unit_name.empty() ? usual_units : result.unit_name;
  if (std::isfinite(result.value)) check.candidate = result.value;
  check.direction = Direction::higher_is_better;
  check.limit = Limit{Limit::Kind::minimum, minimum};
  word_limit(check, result, result.bounds, rule,
             {"limit_missed", "below", "proven to reach", "more " + units + ", or another metric",
              what_would_decide(result, minimum, rule, units)});
}

void word_maximum(Check& check, const Level& kept, double maximum, const QualityRule& rule,
                  const std::string& units) {
  check.candidate = static_cast<double>(kept.n.at("lost")) / static_cast<double>(kept.n.at("rows"));
  check.direction = Direction::lower_is_better;
  check.limit = Limit{Limit::Kind::maximum, maximum};
  word_limit(check, kept, {1 - kept.bounds.upper, 1 - kept.bounds.lower}, rule,
             {"limit_exceeded", "above", "proven to keep", "more " + units,
              what_would_decide_maximum(kept, maximum, rule, units)});
}

Check without_decision(Check check, Status status, const std::string& reason, const std::string& sentence,
                       const std::string& needs) {
  check.status = status;
  check.reason = reason;
  check.sentence = sentence;
  check.needs = needs;
  return check;
}

void add_error(Verdict& verdict, const std::string& name, const std::string& reason,
               const std::string& sentence, const std::string& needs) {
  Check check;
  check.gate = verdict.gate;
  check.name = name;
  verdict.checks.push_back(without_decision(check, Status::error, reason, sentence, needs));
}

}  // namespace modelgate
