#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "reporters/explain/addresses.h"
#include "reporters/explain/explanation.h"
#include "reporters/explain/next_steps.h"
#include "reporters/explain/reasons.h"
#include "reporters/wording/numbers.h"
#include "reporters/wording/pipeline.h"
#include "schemas/documents/status_code.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::size_t most_checks_of_a_trouble = 3, most_troubles = 20, most_notes = 50,
                      most_environment = 12;

Part paragraph(const std::string& text) { return {Part::Kind::paragraph, text}; }
Part fact(const std::string& label, const std::string& text) { return {Part::Kind::fact, text, label}; }

void add(std::vector<Part>& parts, const std::vector<Part>& more) {
  parts.insert(parts.end(), more.begin(), more.end());
}

std::string whole_subject(const Subject& subject) {
  const std::string identity = identity_text(subject);
  return subject_text(subject) + (identity.empty() ? "" : " (" + identity + ")");
}

Section compared(const Verdict& verdict) {
  Section section{"What was compared", {fact("candidate", whole_subject(verdict.candidate))}};
  section.parts.push_back(fact("baseline", verdict.baseline        ? whole_subject(*verdict.baseline)
                                           : verdict.first_release ? "none: this is the first release"
                                                                   : "not named"));
  const bool suite = verdict.gate == "suite";
  section.parts.push_back(fact("judged by", suite ? "all gates that the plan asks for, joined (" +
                                                        verdict.gate_version + ", " + verdict.created + ")"
                                                  : "the gate '" + verdict.gate + "' alone (" +
                                                        verdict.gate_version + ", " + verdict.created + ")"));
  if (!verdict.plan_digest.empty()) section.parts.push_back(fact("plan", verdict.plan_digest));
  if (!verdict.valid_until.empty())
    section.parts.push_back(fact("valid until", verdict.valid_until + " (UTC), its last day"));
  if (const std::string pipeline = pipeline_text(verdict); !pipeline.empty())
    section.parts.push_back(fact("pipeline", pipeline));
  if (verdict.sampling) section.parts.push_back(fact("samples", sampling_text(*verdict.sampling)));
  std::string environment;
  std::size_t told = 0;
  for (const auto& [field, value] : verdict.environment)
    if (++told <= most_environment) environment += (environment.empty() ? "" : ", ") + field + " " + value;
  if (told > most_environment) environment += ", …";
  if (!environment.empty()) section.parts.push_back(fact("machine", environment));
  return section;
}

/// What the exit code lets a pipeline do.
std::string headline_of(const Verdict& verdict, Status status, bool warns) {
  const bool whole = verdict.gate == "suite" && verdict.left_out.empty();
  switch (status) {
    case Status::pass:
      return whole && verdict.first_release ? "the candidate may be released"
             : whole                        ? "the candidate may replace the baseline"
             : verdict.gate == "suite"      ? "the gates that were asked for let the candidate through"
                                            : "this gate lets the candidate through";
    case Status::fail:
      return verdict.first_release ? "the candidate may not be released"
                                   : "the candidate may not replace the baseline";
    case Status::inconclusive:
      return warns ? "it cannot be told yet, and here that only warns"
                   : "it cannot be told yet, and here that blocks";
    case Status::error:
    case Status::not_compared:
      break;
  }
  return "it could not be judged, and what was not judged does not pass";
}

std::string policy_words(const Verdict& verdict, bool warns) {
  if (!verdict.inconclusive)
    return verdict.gate == "suite"
               ? "What cannot be decided blocks: the verdict names no policy that lets it warn."
               : "A single gate knows no policy: what it cannot decide is exit code 3.";
  const std::string& because = verdict.inconclusive->because;
  if (warns)
    return "What cannot be decided only warns here: " + because +
           ". The verdict stays undecided, and no release comes from it.";
  if (verdict.inconclusive->action == InconclusiveAction::warn)
    return "What cannot be decided would only warn here (" + because +
           "), but no check passes by itself, and what proves nothing is never let through.";
  return "What cannot be decided blocks here: " + because + ".";
}

/// Why the exit code is what it is, from the checks to the code.
Section why(const Verdict& verdict, const Outcome& outcome, bool warns) {
  const int code = static_cast<int>(exit_code_told(verdict));
  Section section{"Why exit code " + std::to_string(code), {}};
  std::vector<Part>& parts = section.parts;
  Tally counts = tally(verdict.checks);
  parts.push_back(paragraph(tally_text(counts) + "."));
  if (!outcome.contradiction.empty()) parts.push_back(paragraph("Warning: " + outcome.contradiction + "."));
  parts.push_back(paragraph(
      "A verdict is as bad as its worst check: a failure is worse than an error, an error worse than "
      "what cannot be told. " +
      std::string(counts[Standing::not_compared] > 0 ? "What was not compared counts for nothing. " : "") +
      "Exit codes: 0 pass, 1 fail, 3 cannot tell, 4 error (2 is a slip in options, plan or documents)."));
  if (outcome.status == Status::inconclusive) parts.push_back(paragraph(policy_words(verdict, warns)));
  if (const std::size_t waived = counts[Standing::waived]; waived > 0)
    parts.push_back(paragraph(counted(waived, "failure is waived", "failures are waived") +
                              " by the plan and counted as passed, until the day that the plan names."));
  if (!verdict.left_out.empty())
    parts.push_back(paragraph("Left out, because it was not asked for: " + listing(verdict.left_out) +
                              ". Nothing is known of that, and no release comes from a part of the gates."));
  if (verdict.first_release)
    parts.push_back(
        paragraph("This is the first release: there is no baseline, so nothing was compared, and only "
                  "limits of the candidate's own values were judged."));
  if (std::any_of(verdict.checks.begin(), verdict.checks.end(),
                  [](const Check& check) { return check.p_regression.has_value(); }))
    parts.push_back(paragraph("Error rates: where nothing got worse than is allowed, at most " +
                              level_text(verdict.alpha_fail) +
                              " of such verdicts fail by chance, over all checks together; and a check "
                              "of something that is worse than is allowed passes by chance in at most " +
                              level_text(verdict.alpha_pass) + " of cases."));
  return section;
}

std::string title_of(const Trouble& trouble, std::size_t number) {
  return std::to_string(number) + ". " + word_for(trouble.standing) + ": " +
         (trouble.gate.empty() ? "" : trouble.gate + ", ") +
         counted(trouble.checks.size(), "check", "checks") +
         (trouble.reason.empty() ? "" : " (" + trouble.reason + ")");
}

Section trouble_section(const Trouble& trouble, std::size_t number, const Verdict& verdict,
                        const VerdictFile& file) {
  Section section{title_of(trouble, number), {}};
  std::vector<Part>& parts = section.parts;
  const ReasonText* text = reason_text(trouble.reason);
  if (text != nullptr) parts.push_back(paragraph(std::string(text->meaning)));
  for (std::size_t i = 0; i < std::min(trouble.checks.size(), most_checks_of_a_trouble); ++i) {
    const Check& check = *trouble.checks[i];
    parts.push_back({Part::Kind::item, name_with_slice(check) + ": " + sentence_beside_name(check)});
    if (!check.needs.empty()) parts.push_back({Part::Kind::item, "  needs: " + check.needs});
    if (!check.waiver.empty()) parts.push_back({Part::Kind::item, "  waived: " + check.waiver});
  }
  if (trouble.checks.size() > most_checks_of_a_trouble)
    parts.push_back({Part::Kind::item,
                     "… and " + counted(trouble.checks.size() - most_checks_of_a_trouble, "more", "more")});
  if (text != nullptr && !text->advice.empty()) parts.push_back(paragraph(std::string(text->advice)));
  if (text == nullptr)
    parts.push_back(
        paragraph("The code of this reason is not known here: it was written by another gate or runner. "
                  "Its sentence says what it found."));
  // A waived failure is let through, so that there is nothing to judge again.
  if (text != nullptr && trouble.standing <= Standing::inconclusive)
    add(parts, step_parts(text->next, verdict, trouble.gate, file));
  const std::vector<Part> more = explain_check_parts(*trouble.checks.front(), file);
  if (!more.empty())
    parts.push_back(paragraph(trouble.checks.size() > 1 ? "More of the first:" : "More of it:"));
  add(parts, more);
  return section;
}

/// The verdict's own notes: those of how it was measured, or the others.
void add_notes(Section& section, const Verdict& verdict, bool of_measuring) {
  std::size_t count = 0;
  for (const std::string& warning : verdict.warnings)
    if (is_of_measuring(warning) == of_measuring && ++count <= most_notes)
      section.parts.push_back({Part::Kind::item, of_measuring ? warning : "note: " + warning});
  if (count > most_notes)
    section.parts.push_back(
        {Part::Kind::item, "… and " + counted(count - most_notes, "more note", "more notes")});
}

}  // namespace

ExitCode exit_code_told(const Verdict& verdict) {
  const Outcome outcome = outcome_of(verdict);
  return outcome.contradiction.empty() ? exit_code_of(verdict) : exit_code_of(outcome.status);
}

std::vector<Trouble> troubles_of(const Verdict& verdict) {
  std::vector<Trouble> troubles;
  std::map<std::tuple<Standing, std::string, std::string>, std::size_t> places;
  for (const Check* check : in_order(verdict.checks)) {
    const Standing standing = standing_of(*check);
    if (standing > Standing::flaky) break;
    const auto [place, is_new] =
        places.emplace(std::tuple(standing, check->gate, check->reason), troubles.size());
    if (is_new) troubles.push_back({standing, check->gate, check->reason, {}});
    troubles[place->second].checks.push_back(check);
  }
  return troubles;
}

Explanation explain_verdict(const Verdict& verdict, const VerdictFile& file) {
  const Outcome outcome = outcome_of(verdict);
  const bool warns = outcome.contradiction.empty() && only_warns(verdict);
  Check as_whole;
  as_whole.status = outcome.status;
  Explanation explanation{standing_of(as_whole),
                          word_for(outcome.status),
                          fmt::format("exit code {}: {}", static_cast<int>(exit_code_told(verdict)),
                                      headline_of(verdict, outcome.status, warns)),
                          {compared(verdict), why(verdict, outcome, warns)}};
  const std::vector<Trouble> troubles = troubles_of(verdict);
  for (std::size_t i = 0; i < std::min(troubles.size(), most_troubles); ++i)
    explanation.sections.push_back(trouble_section(troubles[i], i + 1, verdict, file));
  Section last{"What else", {}};
  if (troubles.size() > most_troubles)
    last.parts.push_back(
        paragraph(counted(troubles.size() - most_troubles, "more kind of trouble", "more kinds of trouble") +
                  ", less urgent than these, left out here; the verdict document has all."));
  if (!troubles.empty() && troubles.front().standing == Standing::fail)
    add(last.parts, waiver_parts(verdict, *troubles.front().checks.front()));
  add(last.parts, release_parts(verdict, file));
  add_notes(last, verdict, false);
  Section measuring{"How it was measured", {}};
  add_notes(measuring, verdict, true);
  for (const Section& section : {last, measuring})
    if (!section.parts.empty()) explanation.sections.push_back(section);
  return explanation;
}

}  // namespace modelgate
