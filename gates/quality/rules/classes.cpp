#include "gates/quality/rules/classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gates/quality/checks/evident_classes.h"
#include "gates/quality/checks/metric_fields.h"
#include "gates/quality/rows/offenders.h"
#include "gates/quality/rules/scored_rows.h"
#include "gates/quality/terms/terms_of.h"
#include "schemas/rows/redaction.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

std::vector<std::string> labels_of(const Answers& answers) {
  std::vector<std::string> labels;
  for (std::size_t c = 0; c < answers.classes.size(); ++c)
    if (answers.is_label[c]) labels.push_back(answers.classes[c]);
  return labels;
}

std::string some(const Answers& answers, std::vector<std::string> labels) {
  if (is_redacted(answers.candidate_file->request, "label")) return std::string(redacted_value);
  const bool more = labels.size() > 5;
  if (more) labels.resize(5);
  for (std::string& label : labels) label = beginning(label, 40);
  return listing(labels) + (more ? ", …" : "");
}

void find_missing_scores(const Measure& measure, const Answers& answers, std::vector<DataProblem>& problems) {
  const auto look = [&](const AnswerFile& file, const std::string& role,
                        std::size_t (Answers::*row_of)(std::size_t) const) {
    const ScoreReader score(measure, file);
    const Offenders missing = offenders_among(answers.size(), [&](std::size_t i, Offenders& found) {
      if (const std::size_t row = (answers.*row_of)(i); std::isnan(score(row)))
        found.add(static_cast<std::uint32_t>(row));
    });
    if (missing.count() == 0) return;
    const std::string wanted = "'scores' of the class '" + measure.class_name + "'";
    const PlaceText first = place_texts(file, {missing.examples().front().row}).front();
    problems.push_back(
        {"scores of the " + role + " for " + measure.class_name, "field_missing",
         fmt::format("{} {} no {}{}: the first is {} (id {})", missing.rows(role),
                     missing.count() == 1 ? "has" : "have", measure.score_is_its ? "'score' and no " : "",
                     wanted, first.place, first.id),
         measure.score_is_its
             ? "a score in every row, higher where the class is likelier"
             : "scores by class in every row; of a single 'score' --positive says whose it is"});
  };
  look(*answers.candidate_file, "candidate", &Answers::in_candidate);
  if (answers.compared) look(*answers.baseline_file, "baseline", &Answers::in_baseline);
}

/// Finds the class that is meant.
void find_class(const CheckText& check, const Answers& answers, const std::string& positive, Measure& measure,
                std::vector<DataProblem>& problems) {
  const std::vector<std::string> labels = labels_of(answers);
  const std::string known_positive = positive.empty() ? evident_positive(labels) : positive;
  measure.class_name = check.class_name.empty() ? known_positive : check.class_name;
  if (measure.class_name.empty())
    throw usage_error("--check '" + check.name + "'",
                      "which class is meant is open: the labels are " + some(answers, labels),
                      check.family() == Family::classes
                          ? fmt::format("Say {0}(CLASS), {0}(macro), or --positive CLASS.", check.name)
                          : fmt::format("Say --positive CLASS, or {}(CLASS).", entry_of(check.metric).name));
  measure.target = answers.class_called(measure.class_name);
  measure.score_is_its = known_positive.empty() ? labels.size() == 2 : measure.class_name == known_positive;
  if (measure.target < 0 || !answers.is_label[static_cast<std::size_t>(measure.target)]) {
    const bool is_hidden = is_redacted(answers.candidate_file->request, "label");
    const std::string near = is_hidden ? "" : did_you_mean(measure.class_name, labels);
    problems.push_back(
        {"class of " + check.name, "class_missing",
         "no row is labelled '" + measure.class_name + "'; the labels are " + some(answers, labels),
         near.empty() ? "rows of that class" : near});
  } else if (check.family() != Family::classes) {
    find_missing_scores(measure, answers, problems);
  }
}

/// Whether rows give scores to a class besides the labels.
bool knows_others(const AnswerFile& file, const std::vector<std::string>& labels) {
  const std::string prefix = "scores.";
  return std::any_of(file.request.numbers.begin(), file.request.numbers.end(), [&](const std::string& field) {
    return field.starts_with(prefix) && !file.numbers(field).values.empty() &&
           std::find(labels.begin(), labels.end(), field.substr(prefix.size())) == labels.end();
  });
}

/// Of two classes of which the positive one is known, its probability says all.
void find_evident_class(const Answers& answers, const std::string& positive, Measure& measure,
                        std::vector<DataProblem>& problems) {
  const std::vector<std::string> labels = labels_of(answers);
  const std::string known = positive.empty() ? evident_positive(labels) : positive;
  if (labels.size() != 2 || std::find(labels.begin(), labels.end(), known) == labels.end()) return;
  if (knows_others(*answers.candidate_file, labels) ||
      (answers.compared && knows_others(*answers.baseline_file, labels)))
    return;
  measure.class_name = known;
  measure.target = answers.class_called(known);
  measure.score_is_its = true;
  find_missing_scores(measure, answers, problems);
}

}  // namespace

Measure measure_of(const CheckText& check, const Answers& answers, const std::string& positive, int threads,
                   std::vector<DataProblem>& problems) {
  Measure measure{check.metric, check.average, -1, "", false, check.lower_is_better(), check.settings.at};
  const std::size_t before = problems.size();
  if (check.average == Average::one_class)
    find_class(check, answers, positive, measure, problems);
  else if (needs_all_classes(check) && check.metric != Metric::top)
    find_evident_class(answers, positive, measure, problems);
  if (check.family() == Family::terms && problems.size() == before)
    measure.terms = terms_of(check, measure, answers, threads, problems);
  return measure;
}

}  // namespace modelgate
