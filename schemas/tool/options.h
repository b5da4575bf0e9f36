#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schemas/tool/exit_code.h"

namespace modelgate {

enum class Need { optional, required };

/// The options of a program or of one of its subcommands, bound to the variables that receive them.
/// `name` is written without dashes; --output FILE and --output=FILE give "output" the same value.
/// `value_name` stands in --help, where the value that `target` holds beforehand is shown as the default. A
/// value may begin with a dash; only one that is itself an option of the command needs the form with '='.
/// A command that declares "version" has no --version that prints ours.
class OptionSet {
 public:
  OptionSet(const OptionSet&) = delete;
  OptionSet& operator=(const OptionSet&) = delete;

  void text(const std::string& name, std::string& target, const std::string& value_name,
            const std::string& help, Need need = Need::optional);
  void optional_text(const std::string& name, std::optional<std::string>& target,
                     const std::string& value_name, const std::string& help);
  /// A finite number within [lowest, highest]; NaN and infinity are refused.
  void number(const std::string& name, double& target, double lowest, double highest,
              const std::string& value_name, const std::string& help);
  void optional_number(const std::string& name, std::optional<double>& target, double lowest, double highest,
                       const std::string& value_name, const std::string& help);
  void integer(const std::string& name, std::int64_t& target, std::int64_t lowest, std::int64_t highest,
               const std::string& value_name, const std::string& help);
  void flag(const std::string& name, bool& target, const std::string& help);
  /// May be given several times, one value each: --check A --check B.
  void list(const std::string& name, std::vector<std::string>& target, const std::string& value_name,
            const std::string& help, Need need = Need::optional);
  void choice(const std::string& name, std::string& target, const std::vector<std::string>& choices,
              const std::string& help);
  /// A value without a dash.
  void positional(const std::string& name, std::string& target, const std::string& help,
                  Need need = Need::required);
  void positional_list(const std::string& name, std::vector<std::string>& target, const std::string& help,
                       Need need = Need::required);
  /// Words that shells offer for an option or argument that is declared. They are not checked: it may take
  /// others, too, or refuse them in better words.
  void offer(const std::string& name, const std::vector<std::string>& words);
  /// A subcommand. When there is one, exactly one must be given; `run` returns the program's exit code.
  OptionSet& subcommand(const std::string& name, const std::string& summary, const std::string& example,
                        std::function<ExitCode()> run);

  /// What was given, in that order: names and values, as typed (of a flag ""). Of no use before the command
  /// runs.
  const std::vector<std::pair<std::string, std::string>>& given() const;

  struct Parser;
  explicit OptionSet(Parser& parser) : parser_(parser) {}

 private:
  Parser& parser_;
};

}  // namespace modelgate
