#include "gates/quality/without_rows.h"

#include <fmt/format.h>

namespace modelgate {
namespace {

/// "91.20 %", "0.3124"
std::string value_in_words(double value, const std::string& unit) {
  if (unit == "fraction") return fmt::format("{:.2f} %", 100 * value);
  return fmt::format("{:.5g}{}", value, unit.empty() ? "" : " " + unit);
}

/// "91.20 % to 90.80 %"
std::string values_in_words(const Check& check) {
  std::string words;
  if (check.baseline) words = value_in_words(*check.baseline, check.unit);
  if (check.baseline && check.candidate) words += " to ";
  if (check.candidate) words += value_in_words(*check.candidate, check.unit);
  return words.empty() ? "no value" : words;
}

}  // namespace

void say_without(const DoubtfulRows& doubtful, const Part& part, const Answers& answers,
                 const QualityDemands& demands, const Verdict& verdict, std::vector<Check>& checks) {
  Column<std::uint32_t> others;
  for (std::size_t i = 0; i < part.rows->size(); ++i)
    if (const std::size_t row = part.rows->number(i); !doubtful.rows[answers.in_candidate(row)])
      others.push_back(static_cast<std::uint32_t>(row));
  const std::size_t left_out = part.rows->size() - others.size();
  if (left_out == 0) return;
  const std::string rows =
      fmt::format("without the {} row{} {}", left_out, left_out == 1 ? "" : "s", doubtful.words);
  if (others.empty()) {
    for (Check& check : checks) check.warnings.push_back(rows + " nothing is left to judge");
    return;
  }
  Part rest = part;
  rest.rows = std::make_shared<RowSample>(answers, std::move(others));
  const std::vector<Check> without = judge(rest, answers, demands, verdict);
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const Check &now = checks[i], &then = without[i];
    std::string words = rows + ": " + values_in_words(then) + " instead of " + values_in_words(now);
    if (now.effect && then.effect)
      words += fmt::format(" ({:+.2f} instead of {:+.2f} {})", then.effect->estimate, now.effect->estimate,
                           now.effect->unit);
    if (then.status != now.status)
      words += "; the check would be " + name_of(then.status) + " instead of " + name_of(now.status);
    checks[i].warnings.push_back(words);
  }
}

}  // namespace modelgate
