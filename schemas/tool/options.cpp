#include "schemas/tool/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "schemas/tool/error.h"
#include "schemas/tool/parser.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& what, const std::string& hint = "") {
  throw usage_error("", "--" + name + ": " + what, hint);
}

/// Reads a decimal number that takes up the whole text; no blanks, no 0x1F, no nan. A leading '+' is allowed.
template <typename Number>
std::optional<Number> decimal(const std::string& text) {
  const char* begin = text.data() + (text.size() > 1 && text[0] == '+' && text[1] != '-' ? 1 : 0);
  const char* end = text.data() + text.size();
  Number value{};
  const auto [stop, failure] = std::from_chars(begin, end, value);
  if (failure != std::errc() || stop != end) return std::nullopt;
  return value;
}

template <typename Number>
void expect_between(const std::string& name, const std::string& text, Number value, Number lowest,
                    Number highest) {
  if (value >= lowest && value <= highest) return;
  if (highest >= std::numeric_limits<Number>::max())
    refuse(name, fmt::format("{} is less than {}", text, lowest));
  refuse(name, fmt::format("{} is not between {} and {}", text, lowest, highest));
}

double number_from(const std::string& name, const std::string& text, double lowest, double highest) {
  const std::optional<double> value = decimal<double>(text);
  if (!value || !std::isfinite(*value)) refuse(name, "'" + text + "' is not a number");
  expect_between(name, text, *value, lowest, highest);
  return *value;
}

std::int64_t integer_from(const std::string& name, const std::string& text, std::int64_t lowest,
                          std::int64_t highest) {
  const std::optional<std::int64_t> value = decimal<std::int64_t>(text);
  if (!value) refuse(name, "'" + text + "' is not a whole number");
  expect_between(name, text, *value, lowest, highest);
  return *value;
}

/// The help with the value that holds where the option is not given.
std::string with_default(const std::string& help, const std::string& value) {
  return value.empty() || help.find("default") != std::string::npos ? help
                                                                    : help + " (default: " + value + ")";
}

/// "file" → "FILE": how a positional argument is shown.
std::string in_capitals(std::string name) {
  for (char& c : name) c = c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

}  // namespace

void OptionSet::text(const std::string& name, std::string& target, const std::string& value_name,
                     const std::string& help, Need need) {
  const bool required = need == Need::required;
  parser_.add({.name = name,
               .value_name = value_name,
               .help = required ? help : with_default(help, target),
               .required = required,
               .take = [&target](const std::string& value) { target = value; }});
}

void OptionSet::optional_text(const std::string& name, std::optional<std::string>& target,
                              const std::string& value_name, const std::string& help) {
  parser_.add(
      {.name = name, .value_name = value_name, .help = help, .take = [&target](const std::string& value) {
         target = value;
       }});
}

void OptionSet::number(const std::string& name, double& target, double lowest, double highest,
                       const std::string& value_name, const std::string& help) {
  parser_.add(
      {.name = name,
       .value_name = value_name,
       .help = with_default(help, fmt::format("{}", target)),
       .take = [=, &target](const std::string& text) { target = number_from(name, text, lowest, highest); }});
}

void OptionSet::optional_number(const std::string& name, std::optional<double>& target, double lowest,
                                double highest, const std::string& value_name, const std::string& help) {
  parser_.add(
      {.name = name, .value_name = value_name, .help = help, .take = [=, &target](const std::string& text) {
         target = number_from(name, text, lowest, highest);
       }});
}

void OptionSet::integer(const std::string& name, std::int64_t& target, std::int64_t lowest,
                        std::int64_t highest, const std::string& value_name, const std::string& help) {
  parser_.add({.name = name,
               .value_name = value_name,
               .help = with_default(help, std::to_string(target)),
               .take = [=, &target](const std::string& text) {
                 target = integer_from(name, text, lowest, highest);
               }});
}

void OptionSet::flag(const std::string& name, bool& target, const std::string& help) {
  parser_.add({.name = name, .value_name = "", .help = help, .take = [&target](const std::string&) {
                 target = true;
               }});
}

void OptionSet::list(const std::string& name, std::vector<std::string>& target, const std::string& value_name,
                     const std::string& help, Need need) {
  parser_.add({.name = name,
               .value_name = value_name,
               .help = help,
               .required = need == Need::required,
               .repeatable = true,
               .take = [&target](const std::string& value) { target.push_back(value); }});
}

void OptionSet::choice(const std::string& name, std::string& target, const std::vector<std::string>& choices,
                       const std::string& help) {
  parser_.add({.name = name,
               .value_name = fmt::format("{}", fmt::join(choices, "|")),
               .help = with_default(help, target),
               .choices = choices,
               .take = [name, choices, &target](const std::string& value) {
                 if (std::find(choices.begin(), choices.end(), value) == choices.end())
                   refuse(name, "'" + value + "' is none of " + listing(choices),
                          did_you_mean(value, choices));
                 target = value;
               }});
}

void OptionSet::positional(const std::string& name, std::string& target, const std::string& help, Need need) {
  parser_.add({.name = name,
               .value_name = in_capitals(name),
               .help = help,
               .required = need == Need::required,
               .positional = true,
               .take = [&target](const std::string& value) { target = value; }});
}

void OptionSet::positional_list(const std::string& name, std::vector<std::string>& target,
                                const std::string& help, Need need) {
  parser_.add({.name = name,
               .value_name = in_capitals(name),
               .help = help,
               .required = need == Need::required,
               .repeatable = true,
               .positional = true,
               .take = [&target](const std::string& value) { target.push_back(value); }});
}

void OptionSet::offer(const std::string& name, const std::vector<std::string>& words) {
  for (Parser::Option& option : parser_.options)
    if (option.name == name) option.choices = words;
}

const std::vector<std::pair<std::string, std::string>>& OptionSet::given() const { return parser_.given; }

OptionSet& OptionSet::subcommand(const std::string& name, const std::string& summary,
                                 const std::string& example, std::function<ExitCode()> run) {
  Parser& child = parser_.subcommands.emplace_back();
  child.command = parser_.command + " " + name;
  child.name = name;
  child.summary = summary;
  child.example = example;
  child.run = std::move(run);
  return parser_.option_sets.emplace_back(child);
}

}  // namespace modelgate
