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
  switch (kind_of(check)) {
    case CaseKind::failure:
      inside =
          outcome_element("failure", check.reason.empty() ? "gate.Failure" : check.reason, check, most_bytes);
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
        inside = "      <system-out>" + xml_text(body_of(check), most_bytes) + "</system-out>\n";
    }
  }
  return text + (inside.empty() ? "/>\n" : ">\n" + inside + "    </testcase>\n");
}

}  // namespace modelgate
