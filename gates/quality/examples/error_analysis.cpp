#include "gates/quality/examples/error_analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gates/quality/rows/class_shown.h"
#include "gates/quality/rows/offenders.h"
#include "schemas/rows/redaction.h"

namespace modelgate {
namespace {

constexpr std::size_t most_told = 5;

bool is_of_predicted_classes(const Measure& measure) {
  return measure.family() == Family::classes || measure.family() == Family::flips;
}

/// Whether a confusion touches what is measured.
bool concerns(const Measure& measure, const ConfusionChange& change) {
  if (measure.average != Average::one_class) return true;
  const bool is_miss = change.label == measure.target, is_alarm = change.answer == measure.target;
  return measure.metric == Metric::recall      ? is_miss
         : measure.metric == Metric::precision ? is_alarm
                                               : is_miss || is_alarm;
}

std::string text_of(const Measure& measure, const RowSample& rows) {
  const Answers& answers = rows.answers();
  std::string text;
  if (answers.compared) {
    const Flips flips = flips_of(rows, &measure);
    if (flips.lost == 0 && flips.gained == 0 && flips.changed == 0) return "";
    text = fmt::format(
        "Of {} rows {} {} right and {} now wrong, {} the other way about; {} {} wrong in another way.",
        flips.rows, flips.lost, flips.lost == 1 ? "was" : "were", flips.lost == 1 ? "is" : "are",
        flips.gained, flips.changed, flips.changed == 1 ? "is" : "are");
  }
  if (is_redacted(answers.candidate_file->request, "label")) return text;  // pairs without names say nothing
  std::size_t told = 0;
  for (const ConfusionChange& change : confusion_changes(rows)) {
    if (change.growth() <= 0 || told == most_told) break;
    if (!concerns(measure, change)) continue;
    if (++told == 1)
      text += std::string(text.empty() ? "" : "\n") + (answers.compared
                                                           ? "Confusions that grew most, label → answer:"
                                                           : "Most frequent confusions, label → answer:");
    text += fmt::format("\n'{}' → '{}': ", class_shown(answers, change.label, 40),
                        class_shown(answers, change.answer, 40));
    text += answers.compared ? fmt::format("{} before, {} now", change.before, change.now)
                             : fmt::format("{}", change.now);
  }
  return text;
}

/// The first rows that were answered right and no longer are.
std::string lost_rows(const Measure& measure, const RowSample& rows) {
  constexpr std::size_t most_rows = 5;
  const Answers& answers = rows.answers();
  std::vector<std::size_t> places;
  std::vector<Row> lost;
  for (std::size_t i = 0; answers.compared && i < rows.size() && lost.size() < most_rows; ++i) {
    const Row row = rows[i];
    if (!measure.is_over(row.label) || row.baseline != row.label || row.candidate == row.label) continue;
    places.push_back(answers.in_candidate(rows.number(i)));
    lost.push_back(row);
  }
  if (lost.empty()) return "";
  std::string text = "Rows that were answered right:";
  const std::vector<PlaceText> told = place_texts(*answers.candidate_file, places);
  for (std::size_t i = 0; i < lost.size(); ++i)
    text += fmt::format("\nid {}: '{}', now answered '{}'", told[i].id,
                        class_shown(answers, lost[i].label, 40), class_shown(answers, lost[i].candidate, 40));
  return text;
}

}  // namespace

Flips flips_of(const RowSample& rows, const Measure* measure) {
  Flips flips;
  for (const RowKind& kind : rows.kinds()) {
    if (kind.baseline < 0 || kind.candidate < 0 || (measure != nullptr && !measure->is_over(kind.label)))
      continue;
    flips.rows += kind.count;
    const bool before = kind.baseline == kind.label, now = kind.candidate == kind.label;
    if (before && !now) flips.lost += kind.count;
    if (!before && now) flips.gained += kind.count;
    if (!before && !now && kind.baseline != kind.candidate) flips.changed += kind.count;
  }
  return flips;
}

std::vector<ConfusionChange> confusion_changes(const RowSample& rows) {
  std::map<std::pair<std::int32_t, std::int32_t>, ConfusionChange> pairs;
  const auto count = [&](std::int32_t label, std::int32_t answer, std::int64_t ConfusionChange::*when,
                         std::int64_t times) {
    if (label < 0 || answer < 0 || answer == label) return;
    ConfusionChange& pair = pairs[{label, answer}];
    pair.label = label;
    pair.answer = answer;
    pair.*when += times;
  };
  for (const RowKind& kind : rows.kinds()) {
    count(kind.label, kind.baseline, &ConfusionChange::before, kind.count);
    count(kind.label, kind.candidate, &ConfusionChange::now, kind.count);
  }
  std::vector<ConfusionChange> changes;
  for (const auto& [classes, change] : pairs) changes.push_back(change);
  std::stable_sort(changes.begin(), changes.end(),
                   [](const auto& a, const auto& b) { return a.growth() > b.growth(); });
  return changes;
}

void explain_errors(const Measure& measure, const RowSample& rows, std::vector<Check>& checks) {
  if (!is_of_predicted_classes(measure)) return;
  std::string text, lost;
  const auto add = [](Check& check, const std::string& more) {
    if (!more.empty()) check.details += (check.details.empty() ? "" : "\n") + more;
  };
  for (Check& check : checks) {
    if (check.status != Status::fail && check.status != Status::inconclusive) continue;
    if (text.empty()) text = text_of(measure, rows);
    add(check, text);
    // Below an absolute limit a row may always have been wrong.
    if (check.status != Status::fail || (check.limit && measure.family() != Family::flips)) continue;
    if (lost.empty()) lost = lost_rows(measure, rows);
    add(check, lost);
  }
}

}  // namespace modelgate
