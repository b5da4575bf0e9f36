#include "reporters/openmetrics/openmetrics.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <set>

#include "reporters/wording/checks.h"
#include "schemas/documents/status_code.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_label = 200;

/// A label's value. GitLab cuts a line at '#' wherever it stands, so it is \x23.
std::string label_value(const std::string& text) {
  std::string all = "\"";
  for (const char c : beginning(text, longest_label)) {
    if (c == '\\' || c == '"') all += '\\';
    if (c == '#')
      all += "\\\\x23";
    else
      all += c;
  }
  return all + "\"";
}

/// A metric, whose samples stand together.
class Family {
 public:
  Family(const std::string& name, const std::string& help) : name_(name), help_(help) {}

  /// What is no finite number is left out.
  void add(const std::string& labels, const std::optional<double>& value) {
    if (!value || !std::isfinite(*value)) return;
    samples_ += name_ + (labels.empty() ? "" : "{" + labels + "}") + " " + fmt::format("{}", *value) + "\n";
  }

  std::string text() const {
    if (samples_.empty()) return "";
    return "# TYPE " + name_ + " gauge\n# HELP " + name_ + " " + help_ + "\n" + samples_;
  }

 private:
  std::string name_, help_, samples_;
};

std::string labels_of(const Check& check) {
  std::string slice;
  for (const auto& [field, value] : check.slice) slice += (slice.empty() ? "" : ", ") + field + "=" + value;
  std::string labels = "gate=" + label_value(check.gate) + ",check=" + label_value(check.name);
  if (!slice.empty()) labels += ",slice=" + label_value(slice);
  return labels;
}

std::string with_unit(const std::string& labels, const std::string& unit) {
  return unit.empty() ? labels : labels + ",unit=" + label_value(unit);
}

std::string word_of(Standing standing) {
  switch (standing) {
    case Standing::fail:
      return "fail";
    case Standing::error:
      return "error";
    case Standing::inconclusive:
      return "inconclusive";
    case Standing::not_compared:
      return "not_compared";
    default:
      return word_for(standing);
  }
}

}  // namespace

std::string openmetrics_text(const Verdict& verdict) {
  const Outcome outcome = outcome_of(verdict);
  const bool warns = outcome.contradiction.empty() && only_warns(verdict);
  Family code("modelgate_exit_code",
              "What the verdict exits with: 0 pass, 1 fail, 3 inconclusive and blocking, 4 error");
  code.add("", static_cast<int>(warns ? ExitCode::pass : exit_code_of(outcome.status)));
  Family counts("modelgate_checks", "Checks by standing");
  Tally standing = tally(verdict.checks);
  for (const Standing each : standings)
    counts.add("standing=" + label_value(word_of(each)), static_cast<double>(standing[each]));

  Family baseline("modelgate_check_baseline", "The baseline's value"),
      candidate("modelgate_check_candidate", "The candidate's value"),
      change("modelgate_check_change", "Candidate minus baseline, or the change in percent of the baseline"),
      lower("modelgate_check_change_lower", "Lower bound of the change"),
      upper("modelgate_check_change_upper", "Upper bound of the change"),
      margin("modelgate_check_margin", "The worsening that is tolerated, in the unit of the change");
  std::set<std::string> told;
  for (const Check* check : in_order(verdict.checks)) {
    if (!check->baseline && !check->candidate && !check->effect) continue;
    if (told.size() >= most_checks_with_metrics) break;
    const std::string labels = labels_of(*check);
    if (!told.insert(labels).second) continue;  // a sample may stand there once
    baseline.add(with_unit(labels, check->unit), check->baseline);
    candidate.add(with_unit(labels, check->unit), check->candidate);
    if (!check->effect) continue;
    const std::string of_change = with_unit(labels, check->effect->unit);
    change.add(of_change, check->effect->estimate);
    lower.add(of_change, check->effect->lower);
    upper.add(of_change, check->effect->upper);
    margin.add(of_change, check->margin);
  }
  std::string text;
  for (const Family* family : {&code, &counts, &baseline, &candidate, &change, &lower, &upper, &margin})
    text += family->text();
  return text + "# EOF\n";
}

}  // namespace modelgate
