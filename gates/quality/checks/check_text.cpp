// The little language of checks.

#include "gates/quality/checks/check_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "gates/quality/checks/check_values.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

const std::vector<std::string> conditions = {"margin", "gain", "min", "max", "by"};

bool is_among(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string> settings_of(const MetricEntry& entry) {
  std::vector<std::string> settings;
  const std::string text = entry.settings;
  for (std::size_t at = 0, end = 0; (end = text.find(' ', at)) != std::string::npos; at = end + 1)
    settings.push_back(text.substr(at, end - at));
  return settings;
}

class Reader {
 public:
  explicit Reader(const std::string& text) : text_(text) {
    if (!is_printable(text)) refuse(0, "holds characters that cannot be printed");
    skip_blanks();
  }

  CheckText read() {
    read_metric();
    for (skip_blanks(); at_ < text_.size(); skip_blanks()) read_condition();
    require_settings();
    require_direction();
    if (!check_.margin && !check_.gain && !check_.minimum && !check_.maximum)
      refuse(text_.size(), "says nothing that must hold", what_could_hold());
    return check_;
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

  bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }

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

  void read_metric() {
    const std::size_t begin = at_;
    const std::string word = take_until(" (:@=");
    entry_ = entry_called(is_at('@') && word == "recall" ? "recall@" : word);
    if (entry_ == nullptr) refuse_metric(begin, word);
    check_.metric = entry_->metric;
    if (word == "balanced_accuracy") check_.average = Average::macro;
    if (is_at('(') || is_at(':'))
      read_argument();
    else if (is_at('@'))
      read_places();
    else
      go_without_argument(begin);
    if (at_ < text_.size() && text_[at_] != ' ') refuse(at_, "a blank is expected after the metric");
    check_.name = text_.substr(begin, at_ - begin);
  }

  [[noreturn]] void refuse_metric(std::size_t begin, const std::string& word) const {
    const std::vector<std::string> known = metric_names();
    if (word.empty() || is_among(conditions, word))
      refuse(begin, "a metric is expected",
             "Such as 'accuracy margin=1pp'. The metrics are " + listing(known) + ".");
    const std::string other = name_elsewhere(word);
    std::string hint = !other.empty() ? "Did you mean '" + other + "'?" : did_you_mean(word, known);
    if (hint.empty()) hint = "The metrics are " + listing(known) + ".";
    refuse(begin, "there is no metric '" + word + "'", hint);
  }

  void go_without_argument(std::size_t begin) {
    if (!entry_->argument_needed) {
      const bool is_of_all_classes = entry_->family == Family::terms;
      if (entry_->argument == Argument::averaged_class ||
          (entry_->argument == Argument::one_class && !is_of_all_classes))
        check_.average = Average::one_class;
      return;
    }
    if (entry_->argument == Argument::field)
      refuse(begin, "whose mean is meant is open", "Write mean(FIELD), such as mean(metrics.helpfulness).");
    refuse(begin, "how many places count is open", fmt::format("Write {}@5.", entry_->name));
  }

  void read_argument() {
    const std::size_t open = at_;
    const bool bracket = text_[at_++] == '(';
    const bool quoted = is_at('"');
    const std::string name = quoted ? take_quoted() : take_until(bracket ? ")" : " ");
    if (bracket && !is_at(')')) refuse(open, "the bracket is not closed");
    if (bracket) ++at_;
    switch (entry_->argument) {
      case Argument::none:
        refuse_argument(open, name);
      case Argument::places:
        refuse(open, fmt::format("how many places count is written {}@5", entry_->name));
      case Argument::field:
        if (name.empty()) refuse(open + 1, "the field is empty", "Such as mean(metrics.helpfulness).");
        check_.field = name;
        return;
      case Argument::averaged_class:
      case Argument::one_class:
        read_class(open, name, quoted);
    }
  }

  [[noreturn]] void refuse_argument(std::size_t open, const std::string& name) const {
    const std::string metric = entry_->name;
    if (entry_->family == Family::flips)
      refuse(open, "the negative-flip rate is over all classes", "by=FIELD gives one for each slice.");
    refuse(open,
           metric + (entry_->family == Family::classes ? " is over all classes" : " has nothing in brackets"),
           metric == "accuracy" && !name.empty()
               ? "recall(" + name + ") is the accuracy on the rows of one class."
               : "");
  }

  void read_class(std::size_t open, const std::string& name, bool quoted) {
    if (name.empty())
      refuse(open + 1, "the class is empty",
             entry_->argument == Argument::averaged_class ? "Name one, or macro, micro or weighted." : "");
    const bool average = !quoted && (name == "macro" || name == "micro" || name == "weighted");
    if (average && entry_->argument == Argument::one_class)
      refuse(open, fmt::format("{} has no {} average", entry_->name, name),
             fmt::format("Name one class against the rest: {}(CLASS).", entry_->name));
    if (!average) {
      check_.average = Average::one_class;
      check_.class_name = name;
    } else if (name == "macro") {
      check_.average = Average::macro;
    } else if (name == "weighted" && check_.metric != Metric::recall) {
      // The weighted recall is the share of right answers.
      check_.average = Average::weighted;
    }
  }

  void read_places() {
    const std::size_t begin = at_++;
    if (entry_->argument != Argument::places)
      refuse(begin, fmt::format("{} has no number of places", entry_->name));
    const std::string places = take_until(" ");
    const auto [end, failure] = std::from_chars(places.data(), places.data() + places.size(), check_.places);
    if (failure != std::errc() || end != places.data() + places.size() || check_.places < 1 ||
        check_.places > 1'000'000)
      refuse(begin + 1, "'" + places + "' is no number of places",
             fmt::format("Such as {}@10.", word_of_places()));
  }

  std::string word_of_places() const {
    const std::string name = entry_->name;
    return name.back() == '@' ? name.substr(0, name.size() - 1) : name;
  }

  void read_condition() {
    const std::size_t begin = at_;
    const std::string key = take_until(" =");
    const std::vector<std::string> settings = settings_of(*entry_);
    const bool is_setting = is_among(settings, key);
    if (!is_setting && !is_among(conditions, key)) refuse_condition(begin, key, settings);
    if (!is_at('='))
      refuse(at_, "'=' is expected after '" + key + "'", "Without blanks around it: " + key + "=…");
    const std::size_t value_begin = ++at_;
    const std::string value = is_at('"') ? take_quoted() : take_until(" ");
    if (value.empty()) refuse(value_begin, "'" + key + "' has no value");
    if (is_among(given_, key)) refuse(begin, "'" + key + "' is given twice");
    given_.push_back(key);
    const RefuseValue refuse_value = [&](const std::string& what, const std::string& hint) {
      refuse(value_begin, what, hint);
    };
    if (is_setting) {
      take_setting(key, value, check_, refuse_value);
      check_.name += " " + text_.substr(begin, at_ - begin);
    } else if (key == "margin") {
      check_.margin = change_of(key, value, check_, refuse_value);
    } else if (key == "gain") {
      check_.gain = change_of(key, value, check_, refuse_value);
    } else if (key == "by") {
      check_.by = value;
    } else {
      (key == "min" ? check_.minimum : check_.maximum) = limit_of(key, value, check_, refuse_value);
    }
  }

  [[noreturn]] void refuse_condition(std::size_t begin, const std::string& key,
                                     const std::vector<std::string>& settings) const {
    std::vector<std::string> known = conditions;
    known.insert(known.end(), settings.begin(), settings.end());
    const std::string near = did_you_mean(key, known);
    refuse(begin, "'" + key + "' is not understood here",
           near.empty() ? "What may follow the metric is margin=1pp, gain=1pp, min=0.9, max=2% and by=FIELD" +
                              (settings.empty() ? "" : ", and of this one " + listing(settings)) + "."
                        : near);
  }

  void require_settings() const {
    for (const std::string setting : {"at", "prefer"})
      if (is_among(settings_of(*entry_), setting) && !is_among(given_, setting))
        refuse(text_.size(),
               setting == "at"
                   ? std::string("at which ") +
                         (check_.metric == Metric::fpr_at_tpr ? "recall" : "precision") + " is open"
                   : "whether more or less is better is open",
               setting == "at" ? "Add at=0.9." : "Add prefer=higher or prefer=lower.");
  }

  void require_direction() const {
    if (entry_->family == Family::flips &&
        (check_.margin || check_.gain || check_.minimum || !check_.maximum))
      refuse(text_.size(), "the negative-flip rate takes a maximum and nothing else",
             "Write max=2%: at most so many of all rows may be answered right by the baseline alone.");
    const bool fraction = check_.scale() == Scale::fraction;
    if (!check_.lower_is_better() && check_.maximum)
      refuse(text_.size(), "more of '" + check_.name + "' is better, and needs no maximum",
             fraction ? "Write min=0.9 for at least 90 %." : "Write min=…");
    if (check_.lower_is_better() && check_.minimum)
      refuse(text_.size(), "less of '" + check_.name + "' is better, and needs no minimum",
             fraction ? "Write max=10% for at most 10 %." : "Write max=…");
  }

  std::string what_could_hold() const {
    if (check_.scale() == Scale::ratio)
      return "Add margin=2% (no more than 2 % above the baseline), max=12.5, or both.";
    if (check_.scale() == Scale::number)
      return std::string("Add margin=5% (no more than 5 % worse than the baseline), ") +
             (check_.lower_is_better() ? "max" : "min") + "=… (in the unit of the metric), or both.";
    return std::string("Add margin=1pp (no more than one point worse than the baseline), ") +
           (check_.lower_is_better() ? "max=10% (at most 10 %)" : "min=0.9 (at least 90 %)") + ", or both.";
  }

  const std::string& text_;
  std::size_t at_ = 0;
  const MetricEntry* entry_ = nullptr;
  std::vector<std::string> given_;
  CheckText check_;
};

}  // namespace

bool CheckText::lower_is_better() const {
  return settings.lower_is_better.value_or(entry_of(metric).lower_is_better);
}

CheckText parse_check(const std::string& text) { return Reader(text).read(); }

}  // namespace modelgate
