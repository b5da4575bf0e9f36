#include "gates/quality/quality.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gates/quality/checks/metric_fields.h"
#include "gates/quality/examples/curves.h"
#include "gates/quality/examples/error_analysis.h"
#include "gates/quality/examples/examples.h"
#include "gates/quality/judging.h"
#include "gates/quality/rules/classes.h"
#include "gates/quality/slices/slice_problems.h"
#include "gates/quality/slices/slice_ranking.h"
#include "gates/quality/without_rows.h"
#include "gates/quality/wording.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::size_t most_slices = 1000;

NeededFields needed_by(const QualityDemands& demands) {
  NeededFields needed;
  for (const CheckText& check : demands.checks)
    needed.add(fields_of(check, demands.positive, demands.all_classes));
  return needed;
}

/// What a check is judged of: all rows, or each slice.
std::vector<Slice> parts_of(const Slicing& slicing, Slices& slices) {
  return slicing.empty() ? std::vector<Slice>{slices.whole()} : slices.by(slicing);
}

/// What is wrong with the slices, of each slicing once.
void find_slice_problems(const QualityDemands& demands, const Answers& answers, Slices& slices,
                         std::vector<DataProblem>& problems) {
  const std::vector<Slicing> slicings = slicings_of(demands.checks);
  for (const Slicing& slicing : slicings) {
    if (const std::size_t count = slices.each_by(slicing).size(); count > most_slices)
      problems.push_back(
          {"slices by " + listing(shown_names(slicing)), "too_many_slices",
           fmt::format("'{}' has {} values: it is no slice", listing(shown_names(slicing)), count),
           "a field with fewer values"});
    // What the rows do not show yet, later ones may.
    if (!answers.looks.next) find_unanswered_slices(slices, slicing, problems);
  }
  if (!answers.looks.next) find_missing_slices(slices, slicings, demands.expected_slices, problems);
}

void warn_of_unknown_slices(const QualityDemands& demands, Slices& slices, Verdict& verdict) {
  for (const Slicing& slicing : slicings_of(demands.checks))
    if (const std::int64_t unknown = slices.unknown_by(slicing); unknown > 0)
      verdict.warnings.push_back(fmt::format("{} row{} without an answer name{} no {}", unknown,
                                             unknown == 1 ? "" : "s", unknown == 1 ? "s" : "",
                                             listing(shown_names(slicing))));
}

/// Adds the checks of one text, those by slice with the largest proven loss first.
void add_checks(const CheckText& check, const Measure& measure, const Slicing& slicing,
                const QualityDemands& demands, const Answers& answers, Slices& slices,
                const DoubtfulRows* doubtful, Verdict& verdict) {
  // A comparison and a limit have names of their own.
  std::vector<std::vector<Check>> by_name;
  for (const Slice& slice : parts_of(slicing, slices)) {
    const Part part{&check, measure, slice.name, slice.rows};
    std::vector<Check> checks = judge(part, answers, demands, verdict);
    explain_errors(measure, *slice.rows, checks);
    if (doubtful != nullptr) say_without(*doubtful, part, answers, demands, verdict, checks);
    tell_of(slice, checks);
    by_name.resize(std::max(by_name.size(), checks.size()));
    for (std::size_t i = 0; i < checks.size(); ++i) by_name[i].push_back(std::move(checks[i]));
  }
  for (std::vector<Check>& checks : by_name) {
    if (!slicing.empty()) {
      rank_by_loss(checks);
      const std::string worst = worst_slices(checks, listing(shown_names(slicing)), verdict.alpha_fail);
      if (!worst.empty()) verdict.warnings.push_back(worst);
    }
    std::move(checks.begin(), checks.end(), std::back_inserter(verdict.checks));
  }
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

bool needs_all_classes(const QualityDemands& demands) {
  return std::any_of(demands.checks.begin(), demands.checks.end(),
                     [](const CheckText& check) { return needs_all_classes(check); });
}

bool need_predictions(const QualityDemands& demands) {
  const NeededFields needed = needed_by(demands);
  return needed.label && needed.prediction;
}

RowRequest request_of(const QualityDemands& demands) {
  const NeededFields needed = needed_by(demands);
  RowRequest request;
  request.names = demands.fields;
  request.digests = {"input", "reference"};  // whether both models were asked the same
  request.redacted = demands.redacted;
  if (needed.label) request.words.emplace_back("label");
  if (needed.prediction) request.words.emplace_back("prediction");
  std::set<std::string> numbers(needed.numbers.begin(), needed.numbers.end());
  numbers.insert(needed.candidate_numbers.begin(), needed.candidate_numbers.end());
  numbers.insert(needed.optional_numbers.begin(), needed.optional_numbers.end());
  request.numbers.assign(numbers.begin(), numbers.end());
  request.texts = needed.texts;
  request.texts.insert(request.texts.end(), needed.optional_texts.begin(), needed.optional_texts.end());
  request_slices(slicings_of(demands.checks), request);
  return request;
}

JudgedFiles judge_quality(const AnswerFile* baseline, const AnswerFile& candidate,
                          const QualityDemands& demands, Verdict& verdict, const DoubtfulRows* doubtful) {
  JudgedFiles files{no_examples(), no_curves()};
  for (const AnswerFile* file : {baseline, &candidate})
    if (file != nullptr && file->table.size() == 0) {
      const std::string role = file == baseline ? "baseline" : "candidate";
      add_error(verdict, "rows of the " + role, "nothing_measured", "there are no answers of the " + role,
                "measurements with rows of answers");
      return files;
    }
  std::vector<DataProblem> problems;
  const SliceColumns columns(baseline, candidate, slicings_of(demands.checks));
  NeededFields needed = needed_by(demands);
  needed.slices = &columns;
  const Answers answers = join(baseline, candidate, needed, demands.maximum_errors, problems);
  if (problems.empty()) {
    warn_of_errors(answers, verdict);
    Slices slices(answers, columns, demands.small_slices);
    std::vector<Measure> measures;
    for (const CheckText& check : demands.checks) {
      // What the rows do not show yet, later ones may.
      std::vector<DataProblem> not_yet;
      measures.push_back(measure_of(check, answers, demands.positive, demands.threads,
                                    answers.looks.next ? not_yet : problems));
      std::erase_if(not_yet, [](const DataProblem& problem) { return problem.reason == "class_missing"; });
      problems.insert(problems.end(), not_yet.begin(), not_yet.end());
    }
    find_slice_problems(demands, answers, slices, problems);
    if (problems.empty()) {
      warn_of_unknown_slices(demands, slices, verdict);
      for (std::size_t i = 0; i < measures.size(); ++i)
        add_checks(demands.checks[i], measures[i], slicing_of(demands.checks[i]), demands, answers, slices,
                   doubtful, verdict);
      if (demands.examples_most)
        files.examples = examples_of(answers, *demands.examples_most, verdict.warnings);
      if (demands.curves) files.curves = curves_of(demands.checks, measures, answers);
    }
  }
  for (const DataProblem& problem : problems)
    add_error(verdict, problem.name, problem.reason, problem.sentence, problem.needs);
  return files;
}

}  // namespace modelgate
