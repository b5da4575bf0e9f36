#include "schemas/tool/options.h"

#include <cmath>
#include <cstdlib>

#include "schemas/tool/parser.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

std::string dashed(const std::string& name) { return "--" + name; }

/// Reads a finite decimal number that takes up the whole text.
double finite_number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(value)) throw CLI::ValidationError("'" + text + "' is not a number");
  return value;
}

std::function<void(const std::string&)> number_into(const std::string& name, double lowest, double highest,
                                                    std::function<void(double)> store) {
  return [=](const std::string& text) {
    const double value = finite_number(text);
    if (!(value >= lowest && value <= highest)) {
      std::ostringstream message;
      message << dashed(name) << ": " << text << " is not between " << lowest << " and " << highest;
      throw CLI::ValidationError(message.str());
    }
    store(value);
  };
}

}  // namespace

OptionSet::Parser* OptionSet::Parser::chosen() {
  for (Parser& subcommand : subcommands)
    if (subcommand.app->parsed()) return &subcommand;
  return nullptr;
}

void OptionSet::text(const std::string& name, std::string& target, const std::string& value_name,
                     const std::string& help, Need need) {
  parser_.app->add_option(dashed(name), target, help)->type_name(value_name)->required(need == Need::required);
}

void OptionSet::optional_text(const std::string& name, std::optional<std::string>& target,
                              const std::string& value_name, const std::string& help) {
  parser_.app
      ->add_option_function<std::string>(
          dashed(name), [&target](const std::string& value) { target = value; }, help)
      ->type_name(value_name);
}

void OptionSet::number(const std::string& name, double& target, double lowest, double highest,
                       const std::string& value_name, const std::string& help) {
  parser_.app
      ->add_option_function<std::string>(
          dashed(name), number_into(name, lowest, highest, [&target](double v) { target = v; }), help)
      ->type_name(value_name);
}

void OptionSet::optional_number(const std::string& name, std::optional<double>& target, double lowest,
                                double highest, const std::string& value_name, const std::string& help) {
  parser_.app
      ->add_option_function<std::string>(
          dashed(name), number_into(name, lowest, highest, [&target](double v) { target = v; }), help)
      ->type_name(value_name);
}

void OptionSet::integer(const std::string& name, std::int64_t& target, std::int64_t lowest,
                        std::int64_t highest, const std::string& value_name, const std::string& help) {
  const auto store = number_into(name, static_cast<double>(lowest), static_cast<double>(highest),
                                 [&target](double value) { target = static_cast<std::int64_t>(value); });
  parser_.app
      ->add_option_function<std::string>(
          dashed(name),
          [store](const std::string& text) {
            if (text.find_first_not_of("+-0123456789") != std::string::npos)
              throw CLI::ValidationError("'" + text + "' is not a whole number");
            store(text);
          },
          help)
      ->type_name(value_name);
}

void OptionSet::flag(const std::string& name, bool& target, const std::string& help) {
  parser_.app->add_flag(dashed(name), target, help);
}

void OptionSet::list(const std::string& name, std::vector<std::string>& target, const std::string& value_name,
                     const std::string& help, Need need) {
  parser_.app->add_option(dashed(name), target, help)
      ->type_name(value_name)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false)
      ->required(need == Need::required);
}

void OptionSet::choice(const std::string& name, std::string& target, const std::vector<std::string>& choices,
                       const std::string& help) {
  parser_.app
      ->add_option_function<std::string>(
          dashed(name),
          [name, choices, &target](const std::string& value) {
            for (const std::string& choice : choices)
              if (choice == value) {
                target = value;
                return;
              }
            std::string message = dashed(name) + ": '" + value + "' is none of " + listing(choices);
            const std::string near = did_you_mean(value, choices);
            throw CLI::ValidationError(near.empty() ? message : message + "\n  " + near);
          },
          help)
      ->type_name(listing(choices));
}

void OptionSet::positional(const std::string& name, std::string& target, const std::string& help, Need need) {
  parser_.app->add_option(name, target, help)->type_name("")->required(need == Need::required);
}

void OptionSet::positional_list(const std::string& name, std::vector<std::string>& target,
                                const std::string& help, Need need) {
  parser_.app->add_option(name, target, help)->type_name("")->required(need == Need::required);
}

OptionSet& OptionSet::subcommand(const std::string& name, const std::string& summary,
                                 const std::string& example, std::function<ExitCode()> run) {
  Parser& child = parser_.subcommands.emplace_back();
  child.app = parser_.app->add_subcommand(name, summary);
  child.app->footer("Example:\n  " + example);
  child.run = std::move(run);
  parser_.app->require_subcommand(1);
  return parser_.option_sets.emplace_back(child);
}

}  // namespace modelgate
