#include "reporters/junit/test_case.h"

#include <algorithm>

#include "reporters/junit/xml.h"
#include "reporters/wording/checks.h"
#include "reporters/wording/numbers.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_message = 1000;

std::string line(const std::string& lead, const std::string& content) {
  return content.empty() ? "" : lead + content + "\n";
}

/// Everything that a person wants to know who sees this one test case.
std::string body_of(const Check& check) {
  std::string text = check.sentence + "\n";
  text += line("baseline → candidate: ", values_text(check));
  std::string change = change_text(check);
  if (const std::string bounds = bounds_text(check); !bounds.empty())
    change += " " + bounds + ", each bound with a confidence of " + level_text(check.effect->confidence);
  text += line("change: ", change);
  text += line("margin: ", margin_text(check));
  text += line("needs: ", check.needs);
  text += line("waived: ", check.waiver);
  std::string counts;
  for (const auto& [what, count] : check.n)
    counts += (counts.empty() ? "" : ", ") + what + " " + count_text(count);
  text += line("n: ", counts);
  text += line("method: ", check.method);
  text += line("reason: ", check.reason);
  for (const std::string& warning : check.warnings) text += line("note: ", warning);
  if (!check.file.empty())
    text += line("at: ", check.file + (check.line > 0 ? ":" + std::to_string(check.line) : ""));
  if (!check.details.empty()) text += "\n" + check.details + "\n";
  return text;
}

std::string outcome_element(const std::string& tag, const std::string& type, const Check& check,
                            std::size_t most_bytes) {
  return "      <" + tag + (type.empty() ? "" : " type=\"" + xml_attribute(type, longest_name) + "\"") +
         " message=\"" + xml_attribute(check.sentence, std::min(longest_message, most_bytes / 3)) + "\">" +
         xml_text(body_of(check), most_bytes - most_bytes / 3) + "</" + tag + ">\n";
}

std::string in_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// Surefire's elements for the attempts that do not show otherwise: those before a pass, and those after the
/// failure.
std::string attempt_elements(const Check& check, std::size_t most_bytes) {
  const bool passes = check.status == Status::pass;
  if (check.attempts.size() < 2 || !(passes || check.status == Status::fail)) return "";
  const std::size_t share = most_bytes / check.attempts.size();
  const std::string tag = passes ? "flakyFailure" : "rerunFailure";
  std::string text;
  for (auto attempt = check.attempts.begin() + (passes ? 0 : 1); attempt != check.attempts.end(); ++attempt) {
    if (attempt->status == CaseStatus::passed || attempt->status == CaseStatus::skipped) continue;
    text += "      <" + tag + " type=\"" + name_of(attempt->status) + "\" message=\"" +
            xml_attribute(in_one_line(attempt->message), std::min(longest_message, share / 3)) +
            "\"><stackTrace>" + xml_text(attempt->message, share - share / 3) + "</stackTrace></" + tag +
            ">\n";
  }
  return text;
}

}  // namespace

CaseKind kind_of(const Check& check) {
  switch (check.status) {
    case Status::pass:
      return CaseKind::passed;
    case Status::fail:
      return CaseKind::failure;
    case Status::not_compared:
      return CaseKind::skipped;
    case Status::inconclusive:
    case Status::error:
      break;
  }
  return CaseKind::error;
}

Identity identity_of(const Check& check, bool is_test) {
  const auto written = [](const std::string& classname, const std::string& name) {
    return Identity{xml_attribute(classname, longest_name), xml_attribute(name, longest_name)};
  };
  const std::string whole = name_with_slice(check);
  if (!is_test) return written("modelgate." + check.gate, whole);
  // "Languages/Classes.AreTheSame/0", "test_rates[0.5]": the dot that ends the suite's name.
  const std::size_t dot = whole.substr(0, whole.find_first_of("[( ")).rfind('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == whole.size()) return written(check.gate, whole);
  return written(whole.substr(0, dot), whole.substr(dot + 1));
}

std::string test_case(const Check& check, const Identity& identity, std::size_t most_bytes,
                      const JunitStyle& style) {
  std::string text =
      "    <testcase name=\"" + identity.name + "\" classname=\"" + identity.classname + "\" time=\"0.000\"";
  if (style.file_line && !check.file.empty()) {
    text += " file=\"" + xml_attribute(check.file, longest_name) + "\"";
    if (check.line > 0) text += " line=\"" + std::to_string(check.line) + "\"";
  }
  std::string inside;
  const std::size_t most_for_outcome = check.attempts.empty() ? most_bytes : most_bytes / 2;
  switch (kind_of(check)) {
    case CaseKind::failure:
      inside = outcome_element("failure", check.reason.empty() ? "gate.Failure" : check.reason, check,
                               most_for_outcome) +
               attempt_elements(check, most_bytes - most_for_outcome);
      break;
    case CaseKind::error:
      inside =
          outcome_element("error", check.status == Status::inconclusive ? "gate.Inconclusive" : "gate.Error",
                          check, most_bytes);
      break;
    case CaseKind::skipped:
      inside = outcome_element("skipped", "", check, most_bytes);
      break;
    case CaseKind::passed: {
      const bool worth_telling =
          check.effect || check.candidate || !check.waiver.empty() || !check.warnings.empty();
      if (worth_telling)
        inside = "      <system-out>" + xml_text(body_of(check), most_for_outcome) + "</system-out>\n";
      // Surefire's schema wants them before what the test printed.
      inside.insert(0, attempt_elements(check, most_bytes - most_for_outcome));
    }
  }
  return text + (inside.empty() ? "/>\n" : ">\n" + inside + "    </testcase>\n");
}

}  // namespace modelgate
