#include "gates/quality/wording.h"

#include <fmt/format.h>

#include <cmath>

namespace modelgate {
namespace {

std::string change_in_words(const Check& check, const Difference& result, const Presentation& told) {
  std::string words = result.tolerated < 0 ? check.name.substr(0, check.name.rfind(' ')) : check.name;
  if (!(std::isfinite(result.baseline) && std::isfinite(result.candidate))) return words;
  const double change = told.change(result.estimate());
  words += change == 0 ? " stayed the same"
                       : (change < 0 ? " fell by " : " rose by ") + told.change_text(result.estimate());
  words += " (" + told.value_text(result.baseline) + " to " + told.value_text(result.candidate);
  if (check.effect && check.effect->lower && check.effect->upper)
    words += fmt::format("; {:g} % bounds {}", 100 * check.effect->confidence,
                         told.bounds_text({*check.effect->lower, *check.effect->upper}));
  return words + ")";
}

void put_direction(Check& check, const Presentation& told) {
  check.unit = told.value_unit();
  check.direction = told.lower_is_better() ? Direction::lower_is_better : Direction::higher_is_better;
}

void add_numbers(Check& check, const Difference& result, double confidence, const Presentation& told) {
  if (std::isfinite(result.baseline)) check.baseline = told.value(result.baseline);
  if (std::isfinite(result.candidate)) check.candidate = told.value(result.candidate);
  put_direction(check, told);
  (result.tolerated < 0 ? check.target : check.margin) = told.margin(std::abs(result.tolerated));
  check.method = result.method;
  check.details = result.details;
  check.n = result.n;
  if (!std::isfinite(result.estimate())) return;
  Effect effect;
  effect.estimate = told.change(result.estimate());
  const Interval changes = told.changes(result.bounds);
  if (std::isfinite(changes.lower)) effect.lower = changes.lower;
  if (std::isfinite(changes.upper)) effect.upper = changes.upper;
  effect.confidence = confidence;
  effect.unit = told.change_unit();
  check.effect = effect;
  check.p_regression = result.p_regression;
  check.p_non_inferiority = result.p_non_inferiority;
}

/// Of a comparison with a margin.
void word_margin(Check& check, const Difference& result, const std::string& change,
                 const std::string& limit) {
  if (check.status == Status::fail) {
    check.reason = "regression_proven";
    check.sentence = change + ", more than " + limit;
    return;
  }
  check.improved = !result.few && result.bounds.lower > 0;
  check.reason = check.improved ? "improvement_proven" : "non_inferiority_proven";
  check.sentence = change + (check.improved ? ": a proven improvement" : ", within " + limit);
}

/// Of one with a gain.
void word_gain(Check& check, const std::string& change, const std::string& gain) {
  const bool reached = check.status == Status::pass;
  check.improved = reached;
  check.reason = reached ? "target_reached" : "target_missed";
  check.sentence = change + (reached ? ", proven to reach " : ", proven to miss ") + gain;
}

}  // namespace

void put_margin(Check& check, const Change& margin, const Presentation& told) {
  // That of a share of the baseline is not known before it.
  if (!margin.relative) (margin.size < 0 ? check.target : check.margin) = told.margin(std::abs(margin.size));
}

void put_limit(Check& check, double limit, const Presentation& told) {
  put_direction(check, told);
  check.limit = Limit{told.lower_is_better() ? Limit::Kind::maximum : Limit::Kind::minimum, limit};
}

void word(Check& check, const Difference& result, const Change& margin, const QualityRule& rule,
          const std::string& usual_units, const Presentation& told) {
  const std::string& units = result.unit_name.empty() ? usual_units : result.unit_name;
  add_numbers(check, result, rule.confidence, told);
  const bool gain = result.tolerated < 0;
  const std::string change = change_in_words(check, result, told),
                    size = told.margin_text(std::abs(result.tolerated)) +
                           (margin.relative ? fmt::format(" ({:g} %)", 100 * std::abs(margin.size)) : ""),
                    limit = (gain ? "the gain of " : "the margin of ") + size;
  switch (check.status) {
    case Status::fail:
    case Status::pass:
      if (gain)
        word_gain(check, change, limit);
      else
        word_margin(check, result, change, limit);
      break;
    case Status::inconclusive:
      if (!result.doubt.empty()) {
        check.reason = result.reason;
        check.sentence = change + ": " + result.doubt;
        check.needs = result.needs.empty() ? "more " + units + ", or another metric" : result.needs;
        break;
      }
      check.reason = result.few ? "too_few_discordant" : "cannot_tell";
      check.sentence =
          change + (result.few && !gain ? fmt::format(": {} {} are too few to exclude a loss of more than {}",
                                                      result.units, units, size)
                                        : ": not clear of " + limit + " on either side");
      check.needs = what_would_decide(result, rule, units, told);
      break;
    default:
      check.reason = "not_a_number";
      check.sentence = check.name + ": the comparison gave no number";
  }
}

void word(Check& check, const Level& result, double value_asked, const QualityRule& rule,
          const std::string& usual_units, const Presentation& told) {
  const double minimum = told.goodness(value_asked);
  const std::string& units = result.unit_name.empty() ? usual_units : result.unit_name;
  if (std::isfinite(result.value)) check.candidate = told.value(result.value);
  put_limit(check, value_asked, told);
  check.method = result.method;
  check.n = result.n;
  check.p_regression = result.p_missed;
  check.p_non_inferiority = result.p_held;
  std::string value = check.name.substr(0, check.name.rfind(' '));
  if (check.candidate) value += " is " + told.value_text(result.value);
  if (std::isfinite(result.bounds.lower) && std::isfinite(result.bounds.upper)) {
    const Interval bounds = told.values(result.bounds);
    value += fmt::format(" ({:g} % bounds {} to {})", 100 * rule.confidence,
                         told.value_text(told.goodness(bounds.lower)),
                         told.value_text(told.goodness(bounds.upper)));
  }
  const bool maximum = told.lower_is_better(), doubted = !result.doubt.empty();
  const std::string limit = "the limit of " + told.limit_text(minimum);
  switch (check.status) {
    case Status::fail:
      check.reason = maximum ? "limit_exceeded" : "limit_missed";
      check.sentence = value + (maximum ? ", above " : ", below ") + limit;
      break;
    case Status::pass:
      check.reason = "limit_held";
      check.sentence = value + (maximum ? ", proven to keep " : ", proven to reach ") + limit;
      break;
    case Status::inconclusive:
      check.reason = doubted ? result.reason : "cannot_tell";
      check.sentence = value + ": " + (doubted ? result.doubt : "not clear of " + limit + " on either side");
      check.needs = !result.needs.empty() ? result.needs
                    : doubted             ? "more " + units + (maximum ? "" : ", or another metric")
                                          : what_would_decide(result, minimum, rule, units, told);
      break;
    default:
      check.reason = "not_a_number";
      check.sentence = check.name + ": the rows gave no number";
  }
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
