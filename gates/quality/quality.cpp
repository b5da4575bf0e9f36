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

/// Samples of the rows, each made once for all checks of them.
class Samples {
 public:
  explicit Samples(const Answers& answers) : answers_(answers), all_(std::make_shared<RowSample>(answers)) {}

  const std::shared_ptr<const RowSample>& all() const { return all_; }

  /// By the values of a slice field, in their order.
  const std::map<std::string, std::shared_ptr<const RowSample>>& by(const std::string& field) {
    auto& slices = slices_[field];
    if (!slices.empty()) return slices;
    const WordColumn& column = answers_.candidate_file->words("slices." + field);
    std::vector<Column<std::uint32_t>> rows(column.words.size());
    for (std::size_t i = 0; i < answers_.size(); ++i)
      rows[static_cast<std::size_t>(column.code(answers_.in_candidate(i)))].push_back(
          static_cast<std::uint32_t>(i));
    for (std::size_t value = 0; value < rows.size(); ++value)
      if (!rows[value].empty())
        slices[column.words[value]] = std::make_shared<RowSample>(answers_, std::move(rows[value]));
    return slices;
  }

 private:
  const Answers& answers_;
  std::shared_ptr<const RowSample> all_;
  std::map<std::string, std::map<std::string, std::shared_ptr<const RowSample>>> slices_;
};

/// The rows of each value of a slice field, or all of them.
std::vector<Part> parts_of(const CheckText& check, const Measure& measure, Samples& samples) {
  if (check.by.empty()) return {{&check, measure, {}, samples.all()}};
  std::vector<Part> parts;
  for (const auto& [value, rows] : samples.by(check.by))
    parts.push_back({&check, measure, {{check.by, value}}, rows});
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

RowRequest request_of(const QualityDemands& demands) {
  const NeededFields needed = needed_by(demands.checks);
  RowRequest request;
  request.names = demands.fields;
  request.words = {"label"};
  if (needed.prediction) request.words.emplace_back("prediction");
  for (const std::string& slice : needed.slices) request.words.push_back("slices." + slice);
  std::set<std::string> scores;
  for (const CheckText& check : demands.checks)
    for (const std::string& name : classes_with_scores(check, demands.positive))
      scores.insert("scores." + name);
  request.numbers.assign(scores.begin(), scores.end());
  if (!scores.empty()) request.numbers.emplace_back("score");
  return request;
}

void judge_quality(const AnswerFile* baseline, const AnswerFile& candidate, const QualityDemands& demands,
                   Verdict& verdict) {
  for (const AnswerFile* file : {baseline, &candidate})
    if (file != nullptr && file->table.size() == 0) {
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
    Samples samples(answers);
    for (const CheckText& check : demands.checks) {
      // What the rows do not show yet, later ones may.
      std::vector<DataProblem> not_yet;
      const Measure measure =
          measure_of(check, answers, demands.positive, answers.looks.next ? not_yet : problems);
      std::erase_if(not_yet, [](const DataProblem& problem) { return problem.reason == "class_missing"; });
      problems.insert(problems.end(), not_yet.begin(), not_yet.end());
      std::vector<Part> of_check = parts_of(check, measure, samples);
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
