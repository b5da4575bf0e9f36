#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "schemas/tool/parser.h"

namespace modelgate {
namespace {

using Parser = OptionSet::Parser;

constexpr std::size_t line_width = 80;
constexpr std::size_t widest_left_column = 30;

using Row = std::pair<std::string, std::string>;  // what is typed, what it does

/// Columns that UTF-8 text takes up, as far as our own help texts go: one for each code point.
std::size_t columns(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::istringstream paragraphs(text);
  for (std::string paragraph; std::getline(paragraphs, paragraph);) {
    std::istringstream words(paragraph);
    std::string line;
    for (std::string word; words >> word;) {
      if (!line.empty() && columns(line) + 1 + columns(word) > width) {
        lines.push_back(std::move(line));
        line.clear();
      }
      line += (line.empty() ? "" : " ") + word;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string section(const std::string& title, const std::vector<Row>& rows) {
  if (rows.empty()) return "";
  std::size_t left = 0;
  for (const Row& row : rows)
    if (columns(row.first) <= widest_left_column) left = std::max(left, columns(row.first));
  const std::string blank(2 + left + 2, ' ');
  std::string text = "\n" + title + ":\n";
  for (const auto& [typed, what] : rows) {
    std::string line = "  " + typed;
    if (columns(typed) > left) {
      text += line + "\n";
      line = blank;
    } else {
      line += std::string(left + 2 - columns(typed), ' ');
    }
    for (const std::string& piece : wrapped(what, line_width - blank.size())) {
      text += line + piece + "\n";
      line = blank;
    }
  }
  return text;
}

/// An option as it is typed: "--check CHECK ...".
std::string typed(const Parser::Option& option) {
  const std::string more = option.repeatable ? " ..." : "";
  if (option.positional) return option.value_name + more;
  return "--" + option.name + (option.value_name.empty() ? "" : " " + option.value_name) + more;
}

std::string indented(const std::string& text) {
  std::istringstream lines(text);
  std::string all;
  for (std::string line; std::getline(lines, line);) all += "  " + line + "\n";
  return all;
}

/// The shortest command line that works, broken so that it can be copied.
std::string usage(const Parser& command) {
  std::vector<std::string> words;
  if (!command.subcommands.empty()) words.push_back("COMMAND");
  for (const Parser::Option& option : command.options)
    if (!option.positional && option.required) words.push_back(typed(option));
  words.push_back("[OPTIONS]");
  for (const Parser::Option& option : command.options)
    if (option.positional) words.push_back(option.required ? typed(option) : "[" + typed(option) + "]");
  std::string text = "  " + command.command;
  std::size_t width = text.size();
  for (const std::string& word : words) {
    if (width + 1 + word.size() > line_width - 2) {
      text += " \\\n     ";
      width = 5;
    }
    text += " " + word;
    width += 1 + word.size();
  }
  return text + "\n";
}

}  // namespace

std::string help_text(const Parser& command) {
  std::vector<Row> commands, arguments, options;
  for (const Parser& child : command.subcommands) commands.emplace_back(child.name, child.summary);
  for (const Parser::Option& option : command.options) {
    const bool told = option.positional || !option.required;
    (option.positional ? arguments : options)
        .emplace_back(typed(option), told ? option.help : option.help + " (required)");
  }
  options.emplace_back("-h, --help", "Print this help and exit");
  if (!command.has_own_version()) options.emplace_back("--version", "Print the version and exit");

  std::string text;
  for (const std::string& line : wrapped(command.summary, line_width)) text += line + "\n";
  text += "\nUsage:\n" + usage(command);
  text += section("Commands", commands) + section("Arguments", arguments) + section("Options", options);
  if (!command.example.empty()) text += "\nExample:\n" + indented(command.example);
  if (!commands.empty()) text += "\n'" + command.command + " COMMAND --help' says more about a command.\n";
  return text + "\nExit codes: 0 pass, 1 fail, 2 wrong usage, 3 inconclusive, 4 error.\n";
}

}  // namespace modelgate
