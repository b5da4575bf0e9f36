#include "reporters/annotations/workflow_commands.h"

#include <vector>

#include "reporters/wording/checks.h"
#include "reporters/wording/numbers.h"
#include "reporters/wording/source_place.h"
#include "reporters/wording/text.h"
#include "schemas/documents/status_code.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_title = 200, longest_sentence = 1000, most_lines_of_details = 20,
                      longest_line = 160;

/// In one line, of so many bytes as it is written.
std::string line_of(const std::string& text, std::size_t most_bytes) {
  return beginning(shown(text), most_bytes);
}

/// What a runner takes for the end of a message or a property.
std::string escaped(const std::string& text, bool is_property) {
  std::string all;
  for (const char c : text) {
    if (c == '%')
      all += "%25";
    else if (c == '\n')
      all += "%0A";
    else if (c == '\r')
      all += "%0D";
    else if (is_property && c == ':')
      all += "%3A";
    else if (is_property && c == ',')
      all += "%2C";
    else
      all += c;
  }
  return all;
}

std::string command(const std::string& kind, const std::string& place, const std::string& title,
                    const std::string& message) {
  return "::" + kind + " " + place + "title=" + escaped(line_of(title, longest_title), true) +
         "::" + escaped(message, false) + "\n";
}

/// Some lines of a longer text. All parts of a message together are shorter than what is shown of it.
std::string details_of(const Check& check) {
  std::string text;
  std::string_view rest = check.details;
  for (std::size_t lines = 0; !rest.empty() && lines < most_lines_of_details; ++lines) {
    const std::size_t end = rest.find('\n');
    const std::string line = "\n" + cut(shown(rest.substr(0, end)), longest_line);
    if (text.size() + line.size() > longest_annotation / 2) break;
    text += line;
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return text;
}

std::string message_of(const Check& check) {
  std::string text = line_of(sentence_beside_name(check), longest_sentence);
  if (!check.needs.empty()) text += "\nneeds: " + line_of(check.needs, longest_sentence / 2);
  if (!check.waiver.empty()) text += "\nwaived: " + line_of(check.waiver, longest_sentence / 2);
  return text + details_of(check);
}

std::string of_check(const std::string& kind, const Check& check, const std::string& root) {
  const std::string path = path_below(root, check);
  std::string place;
  if (!path.empty()) {
    place = "file=" + escaped(path, true) + ",";
    if (check.line > 0) place += "line=" + std::to_string(check.line) + ",";
  }
  return command(kind, place, check.gate + ": " + name_with_slice(check), message_of(check));
}

/// At most so many commands of a kind as are shown, of which `first` is one if it is not empty.
std::string of_kind(const std::string& kind, const std::string& first,
                    const std::vector<const Check*>& checks, const std::string& root) {
  const std::size_t places = most_annotations_of_a_kind - (first.empty() ? 0 : 1);
  const std::size_t told = checks.size() <= places ? checks.size() : places - 1;
  std::string text = first;
  for (std::size_t i = 0; i < told; ++i) text += of_check(kind, *checks[i], root);
  if (told < checks.size())
    text += command(kind, "", "modelgate",
                    "… and " + counted(checks.size() - told, "more check", "more checks") +
                        "; the summary and the verdict document have them");
  return text;
}

}  // namespace

std::string workflow_commands(const Verdict& verdict, const std::string& root) {
  const Outcome outcome = outcome_of(verdict);
  const bool warns = outcome.contradiction.empty() && only_warns(verdict);
  std::vector<const Check*> errors, warnings;
  for (const Check* check : in_order(verdict.checks)) {
    const Standing standing = standing_of(*check);
    if (standing <= Standing::error || (standing == Standing::inconclusive && !warns))
      errors.push_back(check);
    else if (standing <= Standing::flaky)
      warnings.push_back(check);
  }
  const std::string kind = warns ? "warning" : outcome.status == Status::pass ? "notice" : "error";
  std::string sentence = verdict.sentence;
  // A suite's sentence says so itself.
  const std::string warning = warning_text(verdict, outcome);
  if (sentence.find(warning) == std::string::npos) sentence += "; this " + warning;
  if (!outcome.contradiction.empty()) sentence = outcome.contradiction;
  const std::string head =
      command(kind, "", "modelgate: " + word_for(outcome.status), line_of(sentence, longest_sentence));
  return (kind == "notice" ? head : "") + of_kind("error", kind == "error" ? head : "", errors, root) +
         of_kind("warning", kind == "warning" ? head : "", warnings, root);
}

}  // namespace modelgate
