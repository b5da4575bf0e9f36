#include <fmt/format.h>

#include <algorithm>

#include "reporters/explain/explanation.h"
#include "reporters/explain/methods.h"
#include "reporters/explain/next_steps.h"
#include "reporters/explain/reasons.h"
#include "reporters/wording/numbers.h"
#include "reporters/wording/text.h"
#include "schemas/documents/check_address.h"

namespace modelgate {
namespace {

constexpr std::size_t most_looks = 20, most_attempts = 20, most_quoted_lines = 40;

Part paragraph(const std::string& text) { return {Part::Kind::paragraph, text}; }
Part fact(const std::string& label, const std::string& text) { return {Part::Kind::fact, text, label}; }

void add(std::vector<Part>& parts, const std::vector<Part>& more) {
  parts.insert(parts.end(), more.begin(), more.end());
}

/// The demand that p-values are about.
std::string demand_of(const Check& check) {
  return check.target                   ? "the gain that is asked for"
         : check.margin && check.effect ? "the margin"
         : check.limit                  ? "the limit"
                                        : "what is demanded";
}

/// +1 where a larger value of the candidate is worse, −1 where it is better, 0 where neither is said.
int sign_of_worse(const Check& check) {
  return check.direction == Direction::lower_is_better    ? 1
         : check.direction == Direction::higher_is_better ? -1
                                                          : 0;
}

std::string direction_words(const Check& check) {
  const int sign = sign_of_worse(check);
  if (sign == 0 || check.effect->estimate == 0) return "";
  return (check.effect->estimate > 0) == (sign > 0) ? " (a worsening: " : " (an improvement: ";
}

std::string change_in_words(const Check& check) {
  const std::string lead = direction_words(check);
  return change_text(check) +
         (lead.empty() ? "" : lead + (sign_of_worse(check) > 0 ? "less is better)" : "more is better)"));
}

std::string bounds_in_words(const Check& check) {
  const Effect& effect = *check.effect;
  if (!effect.lower && !effect.upper) return "The data do not bound the true change on any side.";
  const std::string with = "With a confidence of " + level_text(effect.confidence) + " ";
  std::string text;
  if (effect.lower && effect.upper)
    text = with + "the true change is not below " + change_text(check, *effect.lower) +
           ", and with the same confidence not above " + change_text(check, *effect.upper) + ".";
  else if (effect.lower)
    text = with + "the true change is not below " + change_text(check, *effect.lower) +
           "; nothing bounds it above.";
  else
    text = with + "the true change is not above " + change_text(check, *effect.upper) +
           "; nothing bounds it below.";
  return text + " Each such bound is one-sided: in at most " + level_text(1 - effect.confidence) +
         " of measurements like this one the truth lies beyond it.";
}

Section measured(const Check& check) {
  Section section{"What was measured", {}};
  std::vector<Part>& parts = section.parts;
  if (const std::string values = values_text(check); !values.empty())
    parts.push_back(fact(check.baseline && check.candidate ? "baseline → candidate"
                         : check.candidate                 ? "candidate"
                                                           : "baseline",
                         values));
  if (check.effect) parts.push_back(fact("change", change_in_words(check)));
  if (const std::string bounds = bounds_text(check); !bounds.empty()) parts.push_back(fact("bounds", bounds));
  if (const std::string margin = margin_text(check); !margin.empty())
    parts.push_back(fact(
        check.margin && !check.target && !check.limit   ? "margin"
        : check.limit && !check.margin && !check.target ? "limit"
        : check.target && !check.margin && !check.limit ? "demand"
                                                        : "demands",
        margin +
            (check.margin && !check.limit && !check.target ? " (the worsening that is tolerated)" : "")));
  for (const auto& [what, count] : check.n) {
    const std::string words = count_in_words(what);
    parts.push_back(fact(what, count_text(count) + (words.empty() ? "" : " (" + words + ")")));
  }
  if (!check.file.empty())
    parts.push_back(fact("where", check.file + (check.line > 0 ? ":" + std::to_string(check.line) : "")));
  if (check.effect && is_estimated(check.method)) parts.push_back(paragraph(bounds_in_words(check)));
  for (std::size_t i = 0; i < std::min(check.attempts.size(), most_attempts); ++i) {
    const Attempt& attempt = check.attempts[i];
    parts.push_back({Part::Kind::item,
                     "attempt " + std::to_string(i + 1) + ": " + name_of(attempt.status) + " after " +
                         quantity_text(attempt.seconds, "s") +
                         (attempt.message.empty() ? "" : ": " + first_lines(attempt.message, 1).front())});
  }
  if (check.attempts.size() > most_attempts)
    parts.push_back(
        {Part::Kind::item, "… and " + counted(check.attempts.size() - most_attempts, "more", "more")});
  for (const std::string& line : first_lines(check.details, most_quoted_lines))
    parts.push_back({Part::Kind::quote, line});
  return section;
}

std::string p_text(double p) { return fmt::format("{:.2g}", p); }

std::string p_words(const Check& check, const Verdict& verdict) {
  const std::string demand = demand_of(check);
  std::string text;
  if (check.p_regression) {
    text = "p = " + p_text(*check.p_regression) + " against " + demand +
           ": so often data as bad as these would come from a candidate that just keeps it. A failure "
           "needs at most " +
           fmt::format("{:g}", verdict.alpha_fail) + ".";
    if (check.p_corrected)
      text += " Corrected for all checks that were judged together (Holm) it is " +
              p_text(*check.p_corrected) + ", and that is what counts.";
  }
  if (check.p_non_inferiority)
    text += (text.empty() ? "" : " ") + std::string("p = ") + p_text(*check.p_non_inferiority) + " for " +
            demand +
            ": so often data as good as these would come from a candidate that just misses it. A pass "
            "needs at most " +
            fmt::format("{:g}", verdict.alpha_pass) + ".";
  return text;
}

Section rule(const Check& check, const Verdict& verdict) {
  Section section{"By which rule", {}};
  std::vector<Part>& parts = section.parts;
  if (!check.method.empty()) {
    parts.push_back(fact("method", check.method));
    std::string words;
    for (const std::string& sentence : method_in_words(check.method))
      words += (words.empty() ? "" : " ") + sentence;
    if (!words.empty()) parts.push_back(paragraph(words));
  } else if (is_like_a_test(check)) {
    parts.push_back(paragraph("Nothing is estimated here: it is so or it is not."));
  }
  if (const std::string words = p_words(check, verdict); !words.empty() && is_estimated(check.method))
    parts.push_back(paragraph(words));
  if (check.cross_check)
    parts.push_back(
        paragraph("Cross-check, by a method that rests on other assumptions and never decides alone: " +
                  check.cross_check->method + " says " +
                  (check.effect ? change_text(check, check.cross_check->estimate)
                                : fmt::format("{:g}", check.cross_check->estimate)) +
                  ", p = " + p_text(check.cross_check->p_regression) + " against and " +
                  p_text(check.cross_check->p_non_inferiority) + " for " + demand_of(check) + "."));
  if (!check.looks.empty())
    parts.push_back(paragraph("Looks at the growing data, each with its share of the error rates:"));
  for (std::size_t i = 0; i < std::min(check.looks.size(), most_looks); ++i) {
    const LookRecord& look = check.looks[i];
    parts.push_back({Part::Kind::item, "at " + count_text(look.n) + ": share " + level_text(look.share) +
                                           ", p = " + p_text(look.p_regression) + " against and " +
                                           p_text(look.p_non_inferiority) + " for " + demand_of(check)});
  }
  if (check.looks.size() > most_looks)
    parts.push_back({Part::Kind::item, "… and " + counted(check.looks.size() - most_looks, "more", "more")});
  return section;
}

/// What the bounds say about the margin, where they bear the status out; "" otherwise.
std::string bounds_against_margin(const Check& check) {
  const int sign = sign_of_worse(check);
  if (sign == 0 || !check.effect || !check.margin || check.target || !is_estimated(check.method)) return "";
  const auto& mild = sign > 0 ? check.effect->lower : check.effect->upper;
  const auto& harsh = sign > 0 ? check.effect->upper : check.effect->lower;
  if (check.reason == "regression_proven" && mild && sign * *mild > *check.margin)
    return "Even the mildest change that the bounds allow, " + change_text(check, *mild) +
           ", is beyond the margin.";
  const bool passes = check.reason == "non_inferiority_proven" || check.reason == "improvement_proven";
  if (passes && harsh && sign * *harsh <= *check.margin)
    return "Even the worst change that the bounds allow, " + change_text(check, *harsh) +
           ", is within the margin.";
  if (check.reason == "cannot_tell" && mild && harsh && sign * *mild <= *check.margin &&
      sign * *harsh > *check.margin)
    return "The truth may be " + change_text(check, *mild) + ", within the margin, or " +
           change_text(check, *harsh) + ", beyond it.";
  return "";
}

Section why(const Check& check) {
  Section section{"Why " + word_for(standing_of(check)), {fact("reason", check.reason)}};
  std::vector<Part>& parts = section.parts;
  if (const ReasonText* text = reason_text(check.reason))
    parts.push_back(paragraph(std::string(text->meaning)));
  else
    parts.push_back(paragraph(
        "This code is not known here: it was written by another gate or runner. Its sentence, above, "
        "says what it found."));
  if (const std::string words = bounds_against_margin(check); !words.empty())
    parts.push_back(paragraph(words));
  if (!check.waiver.empty())
    parts.push_back(paragraph("That is a failure, and the plan lets it through: " + check.waiver));
  for (const std::string& warning : check.warnings) parts.push_back({Part::Kind::item, "note: " + warning});
  return section;
}

Section next(const Check& check, const Verdict& verdict, const VerdictFile& file) {
  Section section{"What to do", {}};
  std::vector<Part>& parts = section.parts;
  if (!check.needs.empty()) parts.push_back(fact("needs", check.needs));
  const ReasonText* text = reason_text(check.reason);
  if (text != nullptr && !text->advice.empty()) parts.push_back(paragraph(std::string(text->advice)));
  if (text != nullptr && standing_of(check) <= Standing::inconclusive)
    add(parts, step_parts(text->next, verdict, check.gate, file));
  add(parts, waiver_parts(verdict, check));
  if (parts.empty() && check.status == Status::pass)
    parts.push_back(paragraph("Nothing: this check is well."));
  return section;
}

}  // namespace

Explanation explain_check(const Verdict& verdict, const Check& check, const VerdictFile& file) {
  const Standing standing = standing_of(check);
  Explanation explanation{standing, word_for(standing), address_of(check), {}};
  explanation.sections.push_back({"", {paragraph(check.sentence)}});
  for (Section& section :
       std::vector<Section>{measured(check), rule(check, verdict), why(check), next(check, verdict, file)})
    if (!section.parts.empty()) explanation.sections.push_back(std::move(section));
  return explanation;
}

}  // namespace modelgate
