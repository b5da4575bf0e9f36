#include "reporters/markdown/markdown.h"

#include <algorithm>
#include <map>

#include "reporters/markdown/escaping.h"
#include "reporters/wording/checks.h"
#include "reporters/wording/numbers.h"
#include "reporters/wording/pipeline.h"
#include "reporters/wording/text.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_name = 400, longest_gate = 100, longest_sentence = 1000;
constexpr std::size_t most_warnings = 12, most_details = 10, most_lines_of_details = 20, longest_line = 160;
// What each part may take of the whole, so that no part pushes out a later one.
// Of a table; and of one standing of a gate at least.
constexpr std::size_t most_rows = 60, fewest_of_one = 3, most_gates = 20;
constexpr std::size_t for_blocking = 19'000, for_better = 6'000, for_details = 6'000, for_rest = 6'000;

const char* sign_of(Standing standing) {
  switch (standing) {
    case Standing::fail:
    case Standing::error:
      return "❌";
    case Standing::inconclusive:
      return "❔";
    case Standing::waived:
    case Standing::flaky:
      return "⚠️";
    case Standing::better:
      return "⬆️";
    case Standing::pass:
      return "✅";
    case Standing::not_compared:
      break;
  }
  return "➖";
}

Standing standing_for(Status status) {
  Check check;
  check.status = status;
  return standing_of(check);
}

std::string subject_row(const std::string& role, const Subject& subject) {
  return "| " + role + " | " + markdown_text(subject_text(subject), longest_name) + " | " +
         (subject.commit.empty() ? ""
                                 : markdown_code(cut(subject.commit, 12), longest_name) +
                                       (subject.modified ? " and changes" : "")) +
         " | " + (subject.digest.empty() ? "" : markdown_code(cut(subject.digest, 20), longest_name)) +
         " |\n";
}

std::string head(const Verdict& verdict, const Outcome& outcome) {
  std::string text = "<!-- modelgate summary -->\n## " + std::string(sign_of(standing_for(outcome.status))) +
                     " modelgate: " + word_for(outcome.status) +
                     (verdict.first_release ? " (first release, no baseline)" : "") + "\n\n" +
                     markdown_text(verdict.sentence, longest_sentence) + "\n\n";
  if (const std::string warning = warning_text(verdict, outcome); !warning.empty())
    text += "**This " + markdown_text(warning, longest_sentence) + "**\n\n";
  if (!outcome.contradiction.empty()) text += "**Warning:** " + markdown_text(outcome.contradiction) + "\n\n";
  if (verdict.first_release) text += "**" + markdown_text(first_release_text) + "**\n\n";
  text +=
      "| | version | commit | digest |\n|---|---|---|---|\n" + subject_row("candidate", verdict.candidate);
  if (verdict.baseline)
    text += subject_row("baseline", *verdict.baseline);
  else
    text += std::string("| baseline | ") + (verdict.first_release ? "none: first release" : "not named") +
            " | | |\n";
  text += "\n";
  if (const std::string pipeline = pipeline_text(verdict); !pipeline.empty())
    text += "Pipeline: " + markdown_text(pipeline, longest_sentence) + "\n\n";
  if (verdict.sampling) text += markdown_text(sampling_text(*verdict.sampling)) + "\n\n";
  return text;
}

std::string table_head(bool with_why) {
  return std::string("| status | gate | check | baseline → candidate | change (bounds) | margin |") +
         (with_why ? " why |\n|---|---|---|---|---|---|---|\n" : "\n|---|---|---|---|---|---|\n");
}

std::string table_row(const Check& check, bool with_why) {
  const Standing standing = standing_of(check);
  const std::string bounds = bounds_text(check);
  std::string row = std::string("| ") + sign_of(standing) + " " + word_for(standing) + " | " +
                    markdown_text(check.gate, longest_name) + " | " +
                    markdown_code(name_with_slice(check), longest_name) + " | " +
                    markdown_text(values_text(check), longest_name) + " | " +
                    markdown_text(change_text(check) + (bounds.empty() ? "" : " " + bounds), longest_name) +
                    " | " + markdown_text(margin_text(check), longest_name) + " |";
  if (!with_why) return row + "\n";
  row += " " + markdown_text(sentence_beside_numbers(check), longest_sentence);
  if (!check.needs.empty() && standing <= Standing::inconclusive)
    row += "<br>needs: " + markdown_text(check.needs, longest_sentence);
  if (standing == Standing::waived) row += "<br>waived: " + markdown_text(check.waiver, longest_sentence);
  return row + " |\n";
}

/// What of the checks found no place: how many of which standing and gate.
class LeftOut {
 public:
  void add(const Check& check) { ++counts_[{standing_of(check), check.gate}]; }

  /// A line that says so; "" if nothing was left out.
  std::string text() const {
    if (counts_.empty()) return "";
    std::string parts;
    std::size_t told = 0, rest = 0;
    for (const auto& [of, count] : counts_) {
      if (++told > most_groups_told)
        rest += count;
      else
        parts += (parts.empty() ? "" : ", ") + counted(count, "more", "more") + " " + word_for(of.first) +
                 " of " + markdown_text(of.second, longest_gate);
    }
    if (rest > 0) parts += ", and " + counted(rest, "more", "more") + " of other gates";
    return "Left out here: " + parts + "; the verdict document has them all.\n\n";
  }

 private:
  static constexpr std::size_t most_groups_told = 8;
  std::map<std::pair<Standing, std::string>, std::size_t> counts_;
};

/// A table of the checks, within so many bytes. Of many checks each standing of a gate gets its share of the
/// rows, so that no gate's failures push out another's. What is left out is counted.
std::string table(const std::vector<const Check*>& checks, bool with_why, std::size_t most_bytes) {
  if (checks.empty()) return "";
  std::map<std::pair<Standing, std::string>, std::size_t> rows;
  for (const Check* check : checks) rows[{standing_of(*check), check->gate}] = 0;
  const std::size_t most_of_one = std::clamp(most_rows / rows.size(), fewest_of_one, most_rows);
  std::string text = table_head(with_why);
  LeftOut left_out;
  bool full = false;
  for (const Check* check : checks) {
    std::size_t& place = rows[{standing_of(*check), check->gate}];
    const std::string row = full || place >= most_of_one ? "" : table_row(*check, with_why);
    full = full || text.size() + row.size() > most_bytes;
    if (row.empty() || full) {
      left_out.add(*check);
      continue;
    }
    ++place;
    text += row;
  }
  return text + "\n" + left_out.text();
}

/// Failure messages, folded.
std::string details_of(const std::vector<const Check*>& checks) {
  std::string text;
  std::size_t told = 0, left_out = 0;
  for (const Check* check : checks) {
    if (check->details.empty()) continue;
    const std::string block =
        "<details><summary>" + markdown_code(name_with_slice(*check), longest_name) + "</summary>\n\n" +
        markdown_block(check->details, most_lines_of_details, longest_line) + "\n\n</details>\n\n";
    if (left_out > 0 || told == most_details || text.size() + block.size() > for_details) {
      ++left_out;
      continue;
    }
    ++told;
    text += block;
  }
  if (left_out > 0)
    text += "What " + counted(left_out, "more check says", "more checks say") +
            " is left out here; the verdict document "
            "has it all.\n\n";
  return text;
}

/// A row for each gate, where there are several: which one is it?
std::string gates_table(const Verdict& verdict) {
  std::map<std::string, Tally> tallies;
  std::vector<std::string> order;
  for (const Check* check : in_order(verdict.checks)) {
    const auto [place, is_new] = tallies.emplace(check->gate, Tally{});
    if (is_new) order.push_back(check->gate);
    ++place->second[standing_of(*check)];
  }
  if (order.size() < 2) return "";
  std::string text = "| | gate | checks |\n|---|---|---|\n";
  for (std::size_t i = 0; i < std::min(order.size(), most_gates); ++i) {
    const Tally& counts = tallies[order[i]];
    const Standing worst = counts.begin()->first;
    text += "| " + std::string(sign_of(worst)) + " " + word_for(worst) + " | " +
            markdown_text(order[i], longest_gate) + " | " + markdown_text(tally_text(counts)) + " |\n";
  }
  if (order.size() > most_gates)
    text += "\n… and " + counted(order.size() - most_gates, "more gate", "more gates") + ", left out here.\n";
  return text + "\n";
}

/// Checks of one standing, folded: those with numbers in a table, the others by name.
std::string folded(const std::vector<const Check*>& checks, Standing standing) {
  if (checks.empty()) return "";
  std::vector<const Check*> with_numbers;
  std::string names;
  std::size_t unnamed = 0;
  for (const Check* check : checks) {
    if (check->effect || check->candidate) {
      with_numbers.push_back(check);
      continue;
    }
    std::string name = "- " + markdown_text(check->gate, longest_name) + ": " +
                       markdown_code(name_with_slice(*check), longest_name);
    if (standing == Standing::not_compared)
      name += " " + markdown_text(sentence_beside_name(*check), longest_name);
    name += "\n";
    if (unnamed > 0 || names.size() + name.size() > for_rest / 2)
      ++unnamed;
    else
      names += name;
  }
  if (unnamed > 0) names += "- … and " + counted(unnamed, "more", "more") + ", left out here\n";
  const std::string title = standing == Standing::pass
                                ? counted(checks.size(), "check passes", "checks pass")
                                : counted(checks.size(), "check is", "checks are") + " not compared";
  return "<details><summary>" + std::string(sign_of(standing)) + " " + title + "</summary>\n\n" +
         table(with_numbers, false, for_rest / 2) + names + (names.empty() ? "" : "\n") + "</details>\n\n";
}

std::string notes(const Verdict& verdict) {
  std::string text;
  if (!verdict.left_out.empty()) {
    std::string gates;
    for (const std::string& gate : verdict.left_out) gates += (gates.empty() ? "" : ", ") + gate;
    text += "- left out, not judged: " + markdown_text(gates, longest_sentence) + "\n";
  }
  const std::vector<std::string> warnings = all_warnings(verdict);
  const auto measuring = std::find_if(warnings.begin(), warnings.end(), is_of_measuring);
  const auto listed = [](auto first, auto last) {
    std::string lines;
    const auto count = static_cast<std::size_t>(last - first);
    for (std::size_t i = 0; i < std::min(count, most_warnings); ++i)
      lines += "- note: " + markdown_text(*(first + static_cast<std::ptrdiff_t>(i)), longest_name) + "\n";
    if (count > most_warnings)
      lines += "- … and " + counted(count - most_warnings, "more note", "more notes") + "\n";
    return lines;
  };
  text += listed(warnings.begin(), measuring);
  if (!text.empty()) text += "\n";
  const auto of_measuring = static_cast<std::size_t>(warnings.end() - measuring);
  if (of_measuring > 0)
    text += "<details><summary>" + counted(of_measuring, "note", "notes") +
            " of how it was measured</summary>\n\n" + listed(measuring, warnings.end()) + "\n</details>\n\n";
  return text;
}

}  // namespace

std::string markdown_summary(const Verdict& verdict) {
  const Outcome outcome = outcome_of(verdict);
  std::vector<const Check*> blocking, better, pass, not_compared;
  for (const Check* check : in_order(verdict.checks)) {
    const Standing standing = standing_of(*check);
    (standing <= Standing::flaky          ? blocking
     : standing == Standing::better       ? better
     : standing == Standing::not_compared ? not_compared
                                          : pass)
        .push_back(check);
  }
  std::string text = head(verdict, outcome);
  text += gates_table(verdict) + table(blocking, true, for_blocking) + details_of(blocking);
  text += table(better, true, for_better);
  text += folded(pass, Standing::pass) + folded(not_compared, Standing::not_compared) + notes(verdict);
  text += markdown_text(tally_text(tally(verdict.checks))) + ".";
  const std::string bounds = confidence_text(verdict.checks);
  if (!bounds.empty()) text += " Change (bounds): " + bounds + ".";
  return text +
         "\n\n`modelgate explain VERDICT.json` says of each check how it was judged and what to do next.\n";
}

}  // namespace modelgate
