#include "gates/quality/examples/curves.h"

#include <fmt/format.h>

#include <set>
#include <span>

#include "gates/metrics/score_curves.h"
#include "gates/quality/rules/scored_rows.h"

namespace modelgate {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + "\"";
}

bool is_of_recall(Metric metric) {
  return metric == Metric::average_precision || metric == Metric::recall_at_precision;
}

void add_curve(std::string& text, const std::string& check, const char* model, Metric metric,
               const ScoreOrder& order) {
  const std::string name = quoted(check);
  if (is_of_recall(metric))
    for (const PrecisionRecallPoint& point : precision_recall_curve(order))
      text += fmt::format("{},{},precision-recall,{},{}\n", name, model, point.recall, point.precision);
  else
    for (const RocPoint& point : roc_curve(order))
      text +=
          fmt::format("{},{},roc,{},{}\n", name, model, point.false_positive_rate, point.true_positive_rate);
}

}  // namespace

bool has_curve(const CheckText& check) {
  return check.family() == Family::area || check.family() == Family::order;
}

std::string no_curves() { return "check,model,curve,x,y\n"; }

std::string curves_of(const std::vector<CheckText>& checks, const std::vector<Measure>& measures,
                      const Answers& answers) {
  std::string text = no_curves();
  std::set<std::string> seen;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    // A check by slices has the curve of all rows, too.
    if (!has_curve(checks[i]) || !seen.insert(checks[i].name).second) continue;
    const RowSample rows(answers);
    const ScoredRows scores = scored(measures[i], rows);
    if (answers.compared)
      add_curve(text, checks[i].name, "baseline", checks[i].metric,
                ScoreOrder(scores.baseline, scores.positive));
    add_curve(text, checks[i].name, "candidate", checks[i].metric,
              ScoreOrder(scores.candidate, scores.positive));
  }
  return text;
}

}  // namespace modelgate
