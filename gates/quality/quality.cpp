#include "gates/quality/quality.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "gates/decision/decision.h"
#include "gates/quality/area.h"
#include "gates/quality/classes.h"
#include "gates/quality/wording.h"
#include "schemas/formats/gate_input.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr std::size_t most_slices = 1000;

/// What one check is judged by.
struct Part {
  const CheckText* text = nullptr;
  Measure measure;
  std::map<std::string, std::string> slice;
  std::vector<Row> rows;
};

class Judge {
 public:
  Judge(const Answers& answers, const QualityDemands& demands, Verdict& verdict)
      : answers_(answers), demands_(demands), verdict_(verdict) {
    rule_.alpha_pass = verdict.alpha_pass;
    rule_.alpha_fail = verdict.alpha_fail;
    rule_.bootstrap.seed = demands.seed;
    rule_.bootstrap.threads = demands.threads;
  }

  void judge(const Part& part) {
    if (part.text->margin)
      verdict_.checks.push_back(answers_.compared ? comparison(part) : not_compared(part));
    if (part.text->minimum) verdict_.checks.push_back(limit(part));
  }

 private:
  Check new_check(const Part& part, const char* suffix = "") const {
    Check check;
    check.gate = verdict_.gate;
    check.name = part.text->name + suffix;
    check.slice = part.slice;
    return check;
  }

  Check not_compared(const Part& part) const {
    Check check = without_decision(new_check(part), Status::not_compared, "first_release",
                                   part.text->name + ": first release, no baseline to compare with", "");
    check.n = sizes_of(part.measure, part.rows, answers_.clustered);
    return check;
  }

  /// "rows labelled 'refund' with lang=zh"
  std::string units_of(const Part& part) const {
    std::string units = answers_.clustered ? "clusters" : "rows";
    if (part.measure.average == Average::one_class && part.measure.metric == Metric::recall)
      units += " labelled '" + part.measure.class_name + "'";
    for (const auto& [field, value] : part.slice) units += " with " + field + "=" + value;
    return units;
  }

  /// What the check rests on and how much of it must be there at least; the first that is not.
  struct Shortage {
    std::string reason, units;
    std::int64_t have = 0, need = 0;
  };

  std::optional<Shortage> shortage(const Part& part, const std::map<std::string, std::int64_t>& sizes) const {
    const Measure& measure = part.measure;
    const std::int64_t rows = sizes.at("rows");
    const std::int64_t minimum = part.slice.empty() ? demands_.minimum_rows : demands_.minimum_slice;
    std::string within;
    for (const auto& [field, value] : part.slice) within += " with " + field + "=" + value;
    std::vector<Shortage> needed = {
        {part.slice.empty() ? "too_few_rows" : "slice_too_small", "rows" + within, rows, minimum}};
    if (answers_.clustered)
      needed.push_back({"too_few_clusters", "clusters" + within, sizes.at("clusters"), least_clusters});
    if (measure.average == Average::one_class) {
      const std::int64_t positives = sizes.at("positives");
      const bool area = measure.metric == Metric::roc_auc;
      const std::int64_t least = area ? least_scored : measure.is_share_of_rows() ? minimum : least_positives;
      needed.push_back(
          {"too_few_positives", "rows labelled '" + measure.class_name + "'" + within, positives, least});
      if (area)
        needed.push_back({"too_few_negatives", "rows of other labels" + within, rows - positives, least});
    }
    for (const Shortage& one : needed)
      if (one.have < one.need) return one;
    return std::nullopt;
  }

  /// Makes the check inconclusive where the data are too few to be judged at all. `share` is how much may be
  /// worse at most; to exclude more takes so many rows even if none is.
  bool too_few(const Part& part, double share, Check& check) const {
    const auto sizes = sizes_of(part.measure, part.rows, answers_.clustered);
    const auto lacking = shortage(part, sizes);
    if (!lacking) return false;
    check.n = sizes;
    const std::int64_t need =
        std::max(lacking->need, part.measure.is_share_of_rows() && share > 0 && !answers_.clustered
                                    ? units_to_exclude(share, verdict_.alpha_pass)
                                    : 0);
    check = without_decision(
        check, Status::inconclusive, lacking->reason,
        fmt::format("{}: {} {} are too few to decide", check.name, lacking->have, lacking->units),
        fmt::format("at least {} more {}", need - lacking->have, lacking->units));
    return true;
  }

  Check comparison(const Part& part) const {
    Check check = new_check(part);
    const double margin = *part.text->margin;
    if (too_few(part, margin, check)) {
      check.margin = 100 * margin;
      return check;
    }
    const Difference result =
        difference_of(part.measure, part.rows, answers_.classes.size(), answers_.clustered, margin, rule_);
    check.status = decide({result.p_regression, -result.proven, margin, result.doubt}, verdict_.alpha_fail);
    word(check, result, margin, rule_, units_of(part));
    if (part.measure.metric == Metric::roc_auc && result.baseline < 0.5 && result.candidate < 0.5)
      check.warnings.push_back("both areas are below one half: is the score really that of '" +
                               part.measure.class_name + "'?");
    return check;
  }

  Check limit(const Part& part) const {
    Check check = new_check(part, " min");
    const double minimum = *part.text->minimum;
    if (too_few(part, 1 - minimum, check)) {
      check.limit = Limit{Limit::Kind::minimum, minimum};
      return check;
    }
    const Level result =
        level_of(part.measure, part.rows, answers_.classes.size(), answers_.clustered, minimum, rule_);
    check.status =
        decide({result.p_missed, minimum - result.bounds.lower, 0, result.doubt}, verdict_.alpha_fail);
    word(check, result, minimum, rule_, units_of(part));
    return check;
  }

  const Answers& answers_;
  const QualityDemands& demands_;
  Verdict& verdict_;
  QualityRule rule_;
};

void add_error(Verdict& verdict, const std::string& name, const std::string& reason,
               const std::string& sentence, const std::string& needs) {
  Check check;
  check.gate = verdict.gate;
  check.name = name;
  verdict.checks.push_back(without_decision(check, Status::error, reason, sentence, needs));
}

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

AnswerFile read_answers(const std::filesystem::path& document, const Measurements& measurements,
                        const FieldNames& fields) {
  const RecordSeries* found = nullptr;
  for (const Series& series : measurements.series)
    if (const auto* records = std::get_if<RecordSeries>(&series)) {
      if (found != nullptr)
        throw usage_error(document.string(),
                          "names two files of rows, '" + found->name + "' and '" + records->name + "'",
                          "The quality gate judges one.");
      found = records;
    }
  if (found == nullptr) return {document.filename().string(), {}};
  const std::filesystem::path file = data_file(document, found->path, found->digest);
  return {file.filename().string(), read_records(file, fields)};
}

void add_problems(const Measurements& measurements, Verdict& verdict) {
  const std::string role = name_of(measurements.subject.role);
  std::map<std::string, int> seen;
  for (const Problem& problem : measurements.problems) {
    const int count = ++seen[problem.code];
    add_error(
        verdict, "measuring the " + role + ": " + problem.code + (count > 1 ? fmt::format(" {}", count) : ""),
        problem.code, "measuring the " + role + ": " + problem.sentence, "a measurement without problems");
  }
  for (const std::string& note : measurements.notes) verdict.warnings.push_back(role + ": " + note);
}

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
    Judge judge(answers, demands, verdict);
    std::vector<Part> parts;
    for (const CheckText& check : demands.checks) {
      const Measure measure = measure_of(check, answers, demands.positive, problems);
      std::vector<Part> of_check = parts_of(check, measure, answers);
      if (of_check.size() > most_slices)
        problems.push_back({check.name + " by " + check.by, "too_many_slices",
                            fmt::format("'{}' has {} values: it is no slice", check.by, of_check.size()),
                            "a field with fewer values"});
      else
        std::move(of_check.begin(), of_check.end(), std::back_inserter(parts));
    }
    if (problems.empty())
      for (const Part& part : parts) judge.judge(part);
  }
  for (const DataProblem& problem : problems)
    add_error(verdict, problem.name, problem.reason, problem.sentence, problem.needs);
}

}  // namespace modelgate
