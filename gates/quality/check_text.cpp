// The little language of checks. A margin is written in percentage points because "1%" has two readings that
// are far apart where a metric is low (one point, or one percent of 40 %), and a plain number has three.

#include "gates/quality/check_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <vector>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

const std::map<std::string, Metric> metrics = {
    {"accuracy", Metric::accuracy},   {"recall", Metric::recall},
    {"precision", Metric::precision}, {"f1", Metric::f1},
    {"roc_auc", Metric::roc_auc},     {"negative_flip_rate", Metric::negative_flip_rate}};

/// What other tools call them.
const std::map<std::string, std::string> other_names = {{"acc", "accuracy"},
                                                        {"exact_match", "accuracy"},
                                                        {"sensitivity", "recall"},
                                                        {"tpr", "recall"},
                                                        {"auc", "roc_auc"},
                                                        {"auroc", "roc_auc"},
                                                        {"rocauc", "roc_auc"},
                                                        {"f1_score", "f1"},
                                                        {"fscore", "f1"},
                                                        {"f1-score", "f1"},
                                                        {"macro_f1", "f1(macro)"},
                                                        {"f1_macro", "f1(macro)"},
                                                        {"micro_f1", "f1(micro)"},
                                                        {"f1_micro", "f1(micro)"},
                                                        {"ppv", "precision"},
                                                        {"nfr", "negative_flip_rate"},
                                                        {"negative_flips", "negative_flip_rate"}};

const std::vector<std::string> conditions = {"margin", "min", "max", "by"};

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

class Reader {
 public:
  explicit Reader(const std::string& text) : text_(text) {
    if (!is_printable(text)) refuse(0, "holds characters that cannot be printed");
    skip_blanks();
  }

  CheckText read() {
    CheckText check;
    read_metric(check);
    for (skip_blanks(); at_ < text_.size(); skip_blanks()) read_condition(check);
    const bool is_flips = check.metric == Metric::negative_flip_rate;
    if (is_flips && (check.margin || check.minimum || !check.maximum))
      refuse(text_.size(), "the negative-flip rate takes a maximum and nothing else",
             "Write max=2%: at most so many of all rows may be answered right by the baseline alone.");
    if (!is_flips && check.maximum)
      refuse(text_.size(), "more of '" + check.name + "' is better, and needs no maximum",
             "Write min=0.9 for at least 90 %.");
    if (!check.margin && !check.minimum && !check.maximum)
      refuse(text_.size(), "says nothing that must hold",
             "Add margin=1pp (no more than one point worse than the baseline), min=0.9 (at least 90 %), or "
             "both.");
    return check;
  }

 private:
  [[noreturn]] void refuse(std::size_t at, const std::string& what, const std::string& hint = "") const {
    const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    const auto column =
        std::count_if(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), begins_character);
    throw usage_error(fmt::format("--check '{}', column {}", printable(text_), column + 1), what, hint);
  }

  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  /// Up to one of the characters, or the end.
  std::string take_until(const char* stops) {
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(stops, at_), text_.size());
    return text_.substr(begin, at_ - begin);
  }

  std::string take_quoted() {
    const std::size_t begin = at_++;
    std::string content;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      content += text_[at_];
    }
    if (at_ == text_.size()) refuse(begin, "the quote is not closed");
    ++at_;
    return content;
  }

  void read_metric(CheckText& check) {
    const std::size_t begin = at_;
    const std::string word = take_until(" (=");
    const auto found = metrics.find(word);
    if (found == metrics.end()) refuse_metric(begin, word);
    check.metric = found->second;
    const bool has_class = at_ < text_.size() && text_[at_] == '(';
    if (has_class) read_class(check, begin);
    const bool is_of_all = check.metric == Metric::accuracy || check.metric == Metric::negative_flip_rate;
    if (!is_of_all && !has_class) check.average = Average::one_class;
    if (at_ < text_.size() && text_[at_] != ' ') refuse(at_, "a blank is expected after the metric");
    check.name = text_.substr(begin, at_ - begin);
  }

  [[noreturn]] void refuse_metric(std::size_t begin, const std::string& word) const {
    std::vector<std::string> known;
    for (const auto& [name, metric] : metrics) known.push_back(name);
    if (word.empty() || std::find(conditions.begin(), conditions.end(), word) != conditions.end())
      refuse(begin, "a metric is expected",
             "Such as 'accuracy margin=1pp'. The metrics are " + listing(known) + ".");
    const auto other = other_names.find(word);
    std::string hint =
        other != other_names.end() ? "Did you mean '" + other->second + "'?" : did_you_mean(word, known);
    if (hint.empty()) hint = "The metrics are " + listing(known) + ".";
    refuse(begin, "there is no metric '" + word + "'", hint);
  }

  void read_class(CheckText& check, std::size_t metric_begin) {
    const std::size_t open = at_++;
    const bool quoted = at_ < text_.size() && text_[at_] == '"';
    const std::string name = quoted ? take_quoted() : take_until(")");
    if (at_ == text_.size() || text_[at_] != ')') refuse(open, "the bracket is not closed");
    ++at_;
    if (name.empty()) refuse(open + 1, "the class is empty", "Name one, or macro or micro.");
    if (check.metric == Metric::accuracy)
      refuse(open, "accuracy is over all classes",
             "recall(" + name + ") is the accuracy on the rows of one class.");
    if (check.metric == Metric::negative_flip_rate)
      refuse(open, "the negative-flip rate is over all classes", "by=FIELD gives one for each slice.");
    const bool average = !quoted && (name == "macro" || name == "micro");
    if (average && check.metric == Metric::roc_auc)
      refuse(metric_begin, "roc_auc has no " + name + " average",
             "Name one class against the rest: roc_auc(CLASS).");
    if (!average) {
      check.average = Average::one_class;
      check.class_name = name;
    } else if (name == "macro") {
      check.average = Average::macro;
    }
  }

  void read_condition(CheckText& check) {
    const std::size_t begin = at_;
    const std::string key = take_until(" =");
    if (std::find(conditions.begin(), conditions.end(), key) == conditions.end()) {
      const std::string near = did_you_mean(key, conditions);
      refuse(begin, "'" + key + "' is not understood here",
             near.empty() ? "What may follow the metric is margin=1pp, min=0.9, max=2% and by=FIELD." : near);
    }
    if (at_ == text_.size() || text_[at_] != '=')
      refuse(at_, "'=' is expected after '" + key + "'", "Without blanks around it: " + key + "=…");
    const std::size_t value_begin = ++at_;
    const std::string value = at_ < text_.size() && text_[at_] == '"' ? take_quoted() : take_until(" ");
    if (value.empty()) refuse(value_begin, "'" + key + "' has no value");
    const bool again = key == "margin" ? check.margin.has_value()
                       : key == "min"  ? check.minimum.has_value()
                       : key == "max"  ? check.maximum.has_value()
                                       : !check.by.empty();
    if (again) refuse(begin, "'" + key + "' is given twice");
    if (key == "margin")
      check.margin = margin_of(value, value_begin);
    else if (key == "min")
      check.minimum = fraction_of(value, value_begin);
    else if (key == "max")
      check.maximum = share_of(value, value_begin);
    else
      check.by = value;
  }

  double margin_of(const std::string& value, std::size_t at) const {
    const auto number = number_in(value);
    if (!number)
      refuse(at, "'" + value + "' is no margin", "Write it in percentage points, like 1pp or 0.5pp.");
    if (number->rest == "%")
      refuse(at, "'" + value + "' could mean percent of the baseline or percentage points",
             fmt::format("Write {}pp for percentage points.", number->value));
    if (number->rest.empty())
      refuse(at, "'" + value + "' has no unit",
             number->value > 0 && number->value < 1
                 ? fmt::format("Write {:.6g}pp if it is a fraction, {:.6g}pp if these are percentage points.",
                               100 * number->value, number->value)
                 : fmt::format("Write {}pp for percentage points.", number->value));
    if (number->rest != "pp")
      refuse(at, "'" + value + "' is no margin", "Write it in percentage points, like 1pp or 0.5pp.");
    if (!(number->value >= 0 && number->value < 100)) refuse(at, "a margin lies between 0pp and 100pp");
    return number->value / 100;
  }

  double share_of(const std::string& value, std::size_t at) const {
    const auto number = number_in(value);
    if (!number || (number->rest != "%" && !number->rest.empty()))
      refuse(at, "'" + value + "' is no share", "Write max=2%.");
    if (number->rest.empty() && number->value >= 1)
      refuse(at, "'" + value + "' has no unit", fmt::format("Write max={:.6g}%.", number->value));
    const double share = number->rest == "%" ? number->value / 100 : number->value;
    if (!(share > 0 && share < 1)) refuse(at, "a maximum lies between 0 % and 100 %");
    return share;
  }

  double fraction_of(const std::string& value, std::size_t at) const {
    const auto number = number_in(value);
    if (number && (number->rest == "%" || (number->rest.empty() && number->value > 1 && number->value < 100)))
      refuse(at, "'" + value + "' is not a fraction", fmt::format("Write min={:.6g}.", number->value / 100));
    if (!number || !number->rest.empty())
      refuse(at, "'" + value + "' is not a fraction", "Write min=0.9 for at least 90 %.");
    if (number->value == 1)
      refuse(at, "no sample can prove a value of 1", "Write a little less, such as min=0.999.");
    if (!(number->value > 0 && number->value < 1)) refuse(at, "a minimum lies between 0 and 1");
    return number->value;
  }

  const std::string& text_;
  std::size_t at_ = 0;
};

}  // namespace

CheckText parse_check(const std::string& text) { return Reader(text).read(); }

}  // namespace modelgate
