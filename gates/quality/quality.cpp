#include "gates/quality/quality.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gates/quality/classes.h"
#include "gates/quality/judging.h"
#include "gates/quality/wording.h"

namespace modelgate {
namespace {

constexpr std::size_t most_slices = 1000;

NeededFields needed_by(const std::vector<CheckText>& checks) {
  NeededFields needed;
  needed.prediction = std::any_of(checks.begin(), checks.end(),
                                  [](const CheckText& check) { return check.metric != Metric::roc_auc; });
  std::set<std::string> slices;
  for (const CheckText& check : checks)
    if (!check.by.empty()) slices.insert(check.by);
  needed.slices.assign(slices.begin(), slices.end());
  return needed;
}

/// The rows of each value of a slice field, or all of them.
std::vector<Part> parts_of(const CheckText& check, const Measure& measure, const Answers& answers) {
  if (check.by.empty()) return {{&check, measure, {}, answers.rows}};
  std::map<std::string, std::vector<Row>> slices;
  for (const Row& row : answers.rows) slices[*slice_of(*row.of_candidate, check.by)].push_back(row);
  std::vector<Part> parts;
  for (auto& [value, rows] : slices) parts.push_back({&check, measure, {{check.by, value}}, std::move(rows)});
  return parts;
}

void warn_of_errors(const Answers& answers, Verdict& verdict) {
  const auto warn = [&](std::int64_t count, const std::string& role) {
    if (count > 0)
      verdict.warnings.push_back(
          fmt::format("{} row{} of the {} carr{} an error instead of an answer; what is judged "
                      "is the rest, and it is no sample of all rows",
                      count, count == 1 ? "" : "s", role, count == 1 ? "ies" : "y"));
  };
  warn(answers.baseline_errors, "baseline");
  warn(answers.candidate_errors, "candidate");
}

}  // namespace

void judge_quality(const AnswerFile* baseline, const AnswerFile& candidate, const QualityDemands& demands,
                   Verdict& verdict) {
  for (const AnswerFile* file : {baseline, &candidate})
    if (file != nullptr && file->rows.empty()) {
      const std::string role = file == baseline ? "baseline" : "candidate";
      add_error(verdict, "rows of the " + role, "nothing_measured", "there are no answers of the " + role,
                "measurements with rows of answers");
      return;
    }
  std::vector<DataProblem> problems;
  const Answers answers =
      join(baseline, candidate, needed_by(demands.checks), demands.maximum_errors, problems);
  if (problems.empty()) {
    warn_of_errors(answers, verdict);
    std::vector<Part> parts;
    for (const CheckText& check : demands.checks) {
      // What the rows do not show yet, later ones may.
      std::vector<DataProblem> not_yet;
      const Measure measure =
          measure_of(check, answers, demands.positive, answers.looks.next ? not_yet : problems);
      std::erase_if(not_yet, [](const DataProblem& problem) { return problem.reason == "class_missing"; });
      problems.insert(problems.end(), not_yet.begin(), not_yet.end());
      std::vector<Part> of_check = parts_of(check, measure, answers);
      if (of_check.size() > most_slices)
        problems.push_back({check.name + " by " + check.by, "too_many_slices",
                            fmt::format("'{}' has {} values: it is no slice", check.by, of_check.size()),
                            "a field with fewer values"});
      else
        std::move(of_check.begin(), of_check.end(), std::back_inserter(parts));
    }
    if (problems.empty())
      for (const Part& part : parts)
        for (Check& check : judge(part, answers, demands, verdict))
          verdict.checks.push_back(std::move(check));
  }
  for (const DataProblem& problem : problems)
    add_error(verdict, problem.name, problem.reason, problem.sentence, problem.needs);
}

}  // namespace modelgate
