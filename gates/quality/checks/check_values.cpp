// A margin of a fraction is written in percentage points because "1%" has two readings that are far apart
// where a metric is low (one point, or one percent of 40 %), and a plain number has three. Other numbers have
// a unit of their own, in which a plain number has one reading, and percent can only be of the baseline.

#include "gates/quality/checks/check_values.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "gates/metrics/text/bleu.h"
#include "gates/metrics/text/normalisation.h"
#include "gates/metrics/text/rouge.h"

namespace modelgate {
namespace {

struct Number {
  double value = 0;
  std::string rest;  // what follows the number
};

/// A number at the start of a text, whatever the locale.
std::optional<Number> number_in(const std::string& text) {
  Number number;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (failure != std::errc() || !std::isfinite(number.value)) return std::nullopt;
  number.rest = std::string(end, text.data() + text.size());
  return number;
}

/// Refuses the value, and does not go on if `refuse` should.
[[noreturn]] void refuse_by(const RefuseValue& refuse, const std::string& what, const std::string& hint) {
  refuse(what, hint);
  throw std::logic_error("a refused value was taken");
}

Change points_of(const std::string& key, const std::string& value, const RefuseValue& refuse) {
  const auto number = number_in(value);
  const std::string no_change = "'" + value + "' is no " + key,
                    right = "Write it in percentage points, like 1pp or 0.5pp.";
  if (!number) refuse_by(refuse, no_change, right);
  if (number->rest == "%")
    refuse_by(refuse, "'" + value + "' could mean percent of the baseline or percentage points",
              fmt::format("Write {}pp for percentage points.", number->value));
  if (number->rest.empty())
    refuse_by(
        refuse, "'" + value + "' has no unit",
        number->value > 0 && number->value < 1
            ? fmt::format("Write {:.6g}pp if it is a fraction, {:.6g}pp if these are percentage points.",
                          100 * number->value, number->value)
            : fmt::format("Write {}pp for percentage points.", number->value));
  if (number->rest != "pp") refuse_by(refuse, no_change, right);
  if (!(number->value >= 0 && number->value < 100))
    refuse_by(refuse, "a " + key + " lies between 0pp and 100pp", "");
  return {number->value / 100, false};
}

Change of_number(const std::string& key, const std::string& value, const CheckText& check,
                 const RefuseValue& refuse) {
  const auto number = number_in(value);
  const bool is_ratio = check.scale() == Scale::ratio;
  const std::string right = is_ratio ? "Write it in percent of the baseline, like 2%."
                                     : "Write it in the unit of the metric, like 0.02, or in percent of the "
                                       "baseline, like 5%.";
  if (!number || (number->rest != "%" && !number->rest.empty()) || (is_ratio && number->rest.empty()))
    refuse_by(refuse,
              number && number->rest == "pp" ? check.name + " is no fraction, and has no percentage points"
                                             : "'" + value + "' is no " + key,
              right);
  if (!(number->value >= 0)) refuse_by(refuse, "a " + key + " is not negative", "");
  if (number->rest.empty()) return {number->value, false};
  if (!(number->value < 100)) refuse_by(refuse, "a " + key + " is less than 100 % of the baseline", "");
  return {number->value / 100, true};
}

double maximum_share(const std::string& value, const CheckText& check, const RefuseValue& refuse) {
  const auto number = number_in(value);
  if (!number || (number->rest != "%" && !number->rest.empty()))
    refuse_by(refuse, "'" + value + "' is no share", "Write max=2%.");
  if (number->rest.empty() && number->value >= 1)
    refuse_by(refuse, "'" + value + "' has no unit", fmt::format("Write max={:.6g}%.", number->value));
  const double share = number->rest == "%" ? number->value / 100 : number->value;
  // There can be more errors than words in the references.
  const bool open = check.metric == Metric::word_errors || check.metric == Metric::character_errors ||
                    check.metric == Metric::percentage_error;
  if (!(share > 0 && (open || share < 1)))
    refuse_by(refuse, open ? "a maximum lies above 0 %" : "a maximum lies between 0 % and 100 %", "");
  return share;
}

double minimum_fraction(const std::string& value, const RefuseValue& refuse) {
  const auto number = number_in(value);
  if (number && (number->rest == "%" || (number->rest.empty() && number->value > 1 && number->value < 100)))
    refuse_by(refuse, "'" + value + "' is not a fraction",
              fmt::format("Write min={:.6g}.", number->value / 100));
  if (!number || !number->rest.empty())
    refuse_by(refuse, "'" + value + "' is not a fraction", "Write min=0.9 for at least 90 %.");
  if (number->value == 1)
    refuse_by(refuse, "no sample can prove a value of 1", "Write a little less, such as min=0.999.");
  if (!(number->value > 0 && number->value < 1)) refuse_by(refuse, "a minimum lies between 0 and 1", "");
  return number->value;
}

std::int64_t whole_between(std::int64_t least, std::int64_t most, const std::string& key,
                           const std::string& value, const RefuseValue& refuse) {
  std::int64_t whole = 0;
  const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), whole);
  if (failure != std::errc() || end != value.data() + value.size() || whole < least || whole > most)
    refuse_by(refuse, fmt::format("'{}' is no whole number from {} to {}", value, least, most),
              "Such as " + key + "=" + std::to_string(std::min<std::int64_t>(least + 9, most)) + ".");
  return whole;
}

bool one_of_two(const std::string& yes, const std::string& no, const std::string& value,
                const RefuseValue& refuse) {
  if (value != yes && value != no)
    refuse_by(refuse, "'" + value + "' is neither " + yes + " nor " + no, "Write one of the two.");
  return value == yes;
}

/// A share above 0 and up to 1, as a fraction or in percent.
double share_of(const std::string& key, const std::string& value, const RefuseValue& refuse) {
  const auto number = number_in(value);
  if (!number || (number->rest != "%" && !number->rest.empty()))
    refuse_by(refuse, "'" + value + "' is no share", "Write " + key + "=0.9 or " + key + "=90%.");
  const double share = number->rest == "%" ? number->value / 100 : number->value;
  if (!(share > 0 && share <= 1)) refuse_by(refuse, "a share lies above 0 % and is at most 100 %", "");
  return share;
}

}  // namespace

Change change_of(const std::string& key, const std::string& value, const CheckText& check,
                 const RefuseValue& refuse) {
  const Change change =
      check.scale() == Scale::fraction ? points_of(key, value, refuse) : of_number(key, value, check, refuse);
  if (key == "gain" && change.size == 0)
    refuse_by(refuse, "a gain of 0 is none", "margin=0 asks that nothing be lost.");
  return change;
}

double limit_of(const std::string& key, const std::string& value, const CheckText& check,
                const RefuseValue& refuse) {
  if (check.scale() == Scale::fraction)
    return key == "max" ? maximum_share(value, check, refuse) : minimum_fraction(value, refuse);
  const auto number = number_in(value);
  if (!number || !number->rest.empty())
    refuse_by(refuse, "'" + value + "' is no number",
              "Write it in the unit of the metric, such as " + key + "=0.3.");
  if (check.scale() == Scale::ratio && !(number->value > 1))
    refuse_by(refuse, "a limit of the " + check.name + " lies above 1", "");
  return number->value;
}

void take_setting(const std::string& key, const std::string& value, CheckText& check,
                  const RefuseValue& refuse) {
  MetricSettings& settings = check.settings;
  if (key == "at") {
    settings.at = share_of(key, value, refuse);
  } else if (key == "bins") {
    settings.bins = whole_between(2, 1000, key, value, refuse);
  } else if (key == "normalise") {
    if (!normalisation_from(value))
      refuse_by(refuse, "'" + value + "' is no normalisation",
                "Write none, or some of nfkc, casefold, punctuation, squad, trim joined by +.");
    settings.normalise = value;
  } else if (key == "tokens" && check.metric == Metric::bleu) {
    if (!bleu_tokens_from(value))
      refuse_by(refuse, "'" + value + "' is no way to find words", "Write 13a, char, zh or none.");
    settings.tokens = value;
  } else if (key == "tokens") {
    if (!rouge_tokens_from(value))
      refuse_by(refuse, "'" + value + "' is no way to find words", "Write ascii, words or characters.");
    settings.tokens = value;
  } else if (key == "words") {
    settings.words = whole_between(0, 2, key, value, refuse);
  } else if (key == "lower_case") {
    settings.lower_case = one_of_two("yes", "no", value, refuse);
  } else if (key == "gain_of") {
    settings.exponential_gain = one_of_two("exponential", "linear", value, refuse);
  } else if (key == "prefer") {
    settings.lower_is_better = one_of_two("lower", "higher", value, refuse);
  } else if (key == "flips") {
    settings.most_flips = share_of(key, value, refuse);
  } else {
    throw std::logic_error("a setting that nobody reads: " + key);
  }
}

}  // namespace modelgate
