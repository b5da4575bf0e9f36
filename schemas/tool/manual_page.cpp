#include <sstream>

#include "schemas/tool/completion.h"

namespace modelgate {
namespace {

using Parser = OptionSet::Parser;

std::string code_point_escape(const std::string& text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
  const std::size_t more = byte(at) >= 0xf0 ? 3 : byte(at) >= 0xe0 ? 2 : 1;
  unsigned code = byte(at) & (more == 3 ? 0x07u : more == 2 ? 0x0fu : 0x1fu);
  for (std::size_t i = 1; i <= more && at + i < text.size(); ++i) code = code << 6 | (byte(at + i) & 0x3fu);
  at += more;
  std::ostringstream escape;
  escape << std::hex << std::uppercase;
  escape.width(4);
  escape.fill('0');
  escape << code;
  return "\\[u" + escape.str() + "]";
}

/// A line of text: nothing in it is a request or an escape.
std::string roff(const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (all.empty() && (c == '.' || c == '\'')) all += "\\&";
    if ((c & 0x80) != 0)
      all += code_point_escape(text, i);
    else
      all += c == '\\' ? "\\e" : c == '-' ? "\\-" : c == '\n' ? " " : std::string{c};
  }
  return all;
}

/// As the argument of a request, in quotes.
std::string quoted(const std::string& text) {
  std::string all;
  for (const char c : roff(text)) all += c == '"' ? std::string("\\(dq") : std::string{c};
  return "\"" + all + "\"";
}

std::string option_text(const Parser::Option& option) {
  const std::string more = option.repeatable ? " ..." : "";
  std::string text = ".TP\n";
  if (option.positional)
    text += ".I " + quoted(option.value_name + more) + "\n";
  else if (option.value_name.empty())
    text += ".B " + quoted("--" + option.name) + "\n";
  else
    text += ".BI " + quoted("--" + option.name + " ") + " " + quoted(option.value_name + more) + "\n";
  return text + roff(option.help + (option.required && !option.positional ? " (required)" : "")) + "\n";
}

std::string synopsis(const Parser& command) {
  std::string text = ".B " + quoted(command.command) + "\n";
  const auto add = [&](const std::string& words) { text += roff(words) + "\n"; };
  if (!command.subcommands.empty()) add("COMMAND");
  for (const Parser::Option& option : command.options)
    if (!option.positional && option.required) add("--" + option.name + " " + option.value_name);
  add("[OPTIONS]");
  for (const Parser::Option& option : command.options)
    if (option.positional) {
      const std::string words = option.value_name + (option.repeatable ? " ..." : "");
      add(option.required ? words : "[" + words + "]");
    }
  return text;
}

std::string options_text(const Parser& command) {
  std::string text;
  for (const bool positional : {true, false})
    for (const Parser::Option& option : command.options)
      if (option.positional == positional) text += option_text(option);
  text += ".TP\n.BR \\-h \", \" \\-\\-help\nPrint the help and exit\n";
  if (!command.has_own_version()) text += ".TP\n.B \\-\\-version\nPrint the version and exit\n";
  return text;
}

std::string examples(const Parser& command) {
  std::string text;
  std::istringstream lines(command.example);
  for (std::string line; std::getline(lines, line);) text += roff(line) + "\n";
  return text;
}

}  // namespace

std::string manual_page(const Parser& program, const std::string& version) {
  std::string title = program.name, summary = program.summary;
  for (char& c : title) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (summary.ends_with('.')) summary.pop_back();
  std::string text = ".\\\" Made by '" + program.name + " --print-manual'.\n.TH " + quoted(title) +
                     " 1 \"\" " + quoted("modelgate " + version) + " \"User Commands\"\n.SH NAME\n" +
                     roff(program.name) + " \\- " + roff(summary) + "\n.SH SYNOPSIS\n" + synopsis(program);
  std::string all_examples = examples(program);
  if (!program.subcommands.empty()) text += ".SH COMMANDS\n";
  for (const Parser& child : program.subcommands) {
    text += ".SS " + quoted(child.command) + "\n" + roff(child.summary) + "\n.PP\n" + synopsis(child) +
            options_text(child);
    all_examples += examples(child);
  }
  text += ".SH OPTIONS\n" + options_text(program);
  text += ".SH EXIT STATUS\n0 pass, 1 fail, 2 wrong usage, 3 inconclusive, 4 error\n";
  if (!all_examples.empty()) text += ".SH EXAMPLES\n.nf\n" + all_examples + ".fi\n";
  if (program.name != "modelgate") text += ".SH SEE ALSO\n.BR modelgate (1)\n";
  return text;
}

}  // namespace modelgate
