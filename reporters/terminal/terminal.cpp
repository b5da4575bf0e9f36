#include "reporters/terminal/terminal.h"

#include <algorithm>

#include "reporters/terminal/table.h"
#include "reporters/wording/checks.h"
#include "reporters/wording/numbers.h"
#include "reporters/wording/pipeline.h"
#include "reporters/wording/terminal_options.h"
#include "reporters/wording/text.h"

namespace modelgate {
namespace {

constexpr std::size_t most_notes = 12, most_notes_of_all = 200, most_of_measuring = 2;

Standing standing_for(Status status) {
  Check check;
  check.status = status;
  return standing_of(check);
}

/// A text behind a lead, broken so that what follows stands below the text.
std::string hanging(const std::string& lead, const std::string& text, std::size_t width) {
  if (text.empty()) return lead.substr(0, lead.find_last_not_of(' ') + 1) + "\n";
  std::string all, before = lead;
  for (const std::string& line : wrapped(text, width > columns(lead) + 10 ? width - columns(lead) : 10)) {
    all += before + line + "\n";
    before = std::string(columns(lead), ' ');
  }
  return all;
}

std::string head(const Verdict& verdict, const Outcome& outcome, std::size_t width, const Paint& paint) {
  const std::string word = word_for(outcome.status);
  std::string text = hanging(word + "  ", shown(verdict.sentence), width);
  text.replace(0, word.size(), paint.standing(standing_for(outcome.status), word));
  const auto line = [&](const std::string& lead, const std::string& content) {
    text += hanging("  " + padded(lead, 10) + " ", content, width);
  };
  const auto subject = [&](const Subject& subject) {
    const std::string identity = identity_text(subject);
    return shown(subject_text(subject) + (identity.empty() ? "" : "  (" + identity + ")"));
  };
  if (!outcome.contradiction.empty()) line("WARNING", outcome.contradiction);
  line("candidate", subject(verdict.candidate));
  if (verdict.baseline) line("baseline", subject(*verdict.baseline));
  if (verdict.first_release) line(verdict.baseline ? "" : "baseline", first_release_text);
  if (!verdict.baseline && !verdict.first_release) line("baseline", "(not named)");
  if (const std::string pipeline = pipeline_text(verdict); !pipeline.empty())
    line("pipeline", shown(pipeline));
  if (verdict.sampling) line("samples", sampling_text(*verdict.sampling));
  return text + "\n";
}

/// What the columns mean, for one who sees such a table for the first time.
std::string legend(const Verdict& verdict, std::size_t width, const Paint& paint) {
  std::string text = confidence_text(verdict.checks);
  if (!text.empty()) text = "change (lower … upper): " + text + ". ";
  if (std::any_of(verdict.checks.begin(), verdict.checks.end(),
                  [](const Check& check) { return check.margin && check.effect; }))
    text += "margin: the worsening that is tolerated.";
  if (text.empty()) return "";
  std::string lines;
  for (const std::string& line : wrapped(text, width)) lines += paint.faint(line) + "\n";
  return lines;
}

std::string notes(const Verdict& verdict, std::size_t width, bool all) {
  std::string text;
  if (!verdict.left_out.empty()) {
    std::string gates;
    for (const std::string& gate : verdict.left_out) gates += (gates.empty() ? "" : ", ") + shown(gate);
    text += hanging("left out: ", gates + " (not asked for, not judged)", width);
  }
  std::vector<std::string> warnings = all_warnings(verdict);
  const auto measuring = std::find_if(warnings.begin(), warnings.end(), is_of_measuring);
  const auto of_measuring = static_cast<std::size_t>(warnings.end() - measuring);
  const bool folded = !all && of_measuring > most_of_measuring;
  if (folded) warnings.erase(measuring, warnings.end());
  const std::size_t most = all ? most_notes_of_all : most_notes;
  for (std::size_t i = 0; i < std::min(warnings.size(), most); ++i)
    text += hanging("note: ", shown(warnings[i]), width);
  if (warnings.size() > most)
    text += hanging(
        "note: ",
        counted(warnings.size() - most, "more note", "more notes") + "; the verdict document has them all",
        width);
  if (folded)
    text += hanging("note: ",
                    count_text(static_cast<std::int64_t>(of_measuring)) +
                        " more of how it was measured; modelgate-report-terminal VERDICT --all shows them",
                    width);
  return text;
}

}  // namespace

std::string terminal_text(const Verdict& verdict, const TerminalStyle& style) {
  const std::size_t width = std::clamp(style.width, narrowest_terminal, widest_terminal);
  const Paint paint(style.colour);
  const Outcome outcome = outcome_of(verdict);
  std::string text = head(verdict, outcome, width, paint);
  text += table_text(rows_of(verdict, style.all), width, paint);
  if (!verdict.checks.empty()) text += "\n";
  text += legend(verdict, width, paint);
  text += notes(verdict, width, style.all);
  if (outcome.status != Status::pass)
    for (const std::string& line :
         wrapped("How a check was judged, and what to do next: modelgate explain VERDICT [CHECK]", width))
      text += paint.faint(line) + "\n";
  const std::string word = word_for(outcome.status);
  const std::string warning = warning_text(verdict, outcome);
  std::string last = hanging(word + "  ",
                             tally_text(tally(verdict.checks)) +
                                 (verdict.first_release ? " (first release, no baseline)" : "") +
                                 (warning.empty() ? "" : "; " + shown(warning)),
                             width);
  last.replace(0, word.size(), paint.standing(standing_for(outcome.status), word));
  return text + last;
}

}  // namespace modelgate
