#include "reporters/junit/test_case.h"

#include "reporters/junit/xml.h"
#include "reporters/wording/checks.h"
#include "reporters/wording/numbers.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_name = 300, longest_message = 1000;

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
  return "      <" + tag + (type.empty() ? "" : " type=\"" + xml_attribute(type) + "\"") + " message=\"" +
         xml_attribute(shortened(check.sentence, longest_message)) + "\">" +
         xml_text(shortened(body_of(check), most_bytes)) + "</" + tag + ">\n";
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

std::pair<std::string, std::string> identity_of(const Check& check, bool is_test) {
  const std::string gate = shortened(check.gate, longest_name),
                    whole = shortened(name_with_slice(check), longest_name);
  if (!is_test) return {"modelgate." + gate, whole};
  // "Languages/Classes.AreTheSame/0", "test_rates[0.5]": the dot that ends the suite's name.
  const std::size_t dot = whole.substr(0, whole.find_first_of("[( ")).rfind('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == whole.size()) return {gate, whole};
  return {whole.substr(0, dot), whole.substr(dot + 1)};
}

std::string test_case(const Check& check, const std::pair<std::string, std::string>& identity,
                      std::size_t most_bytes, const JunitStyle& style) {
  std::string text = "    <testcase name=\"" + xml_attribute(identity.second) + "\" classname=\"" +
                     xml_attribute(identity.first) + "\" time=\"0.000\"";
  if (style.file_line && !check.file.empty()) {
    text += " file=\"" + xml_attribute(check.file) + "\"";
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
        inside = "      <system-out>" + xml_text(shortened(body_of(check), most_bytes)) + "</system-out>\n";
    }
  }
  return text + (inside.empty() ? "/>\n" : ">\n" + inside + "    </testcase>\n");
}

}  // namespace modelgate
