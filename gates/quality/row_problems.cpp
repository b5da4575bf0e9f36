#include "gates/quality/row_problems.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/decision/declared_looks.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// Counts the rows that have a problem and keeps the first as examples.
class Offenders {
 public:
  template <typename Describe>
  void add(const Describe& describe) {
    if (++count_ <= 3) examples_ += (examples_.empty() ? "" : "; ") + describe();
  }
  std::int64_t count() const { return count_; }
  std::string examples() const { return examples_ + (count_ > 3 ? "; …" : ""); }
  /// "3 rows of the candidate"
  std::string rows(const std::string& whose) const {
    return fmt::format("{} row{}{}", count_, count_ == 1 ? "" : "s", whose.empty() ? "" : " of the " + whose);
  }

 private:
  std::int64_t count_ = 0;
  std::string examples_;
};

std::string place(const AnswerFile& file, const Record& record) {
  return fmt::format("{}:{} (id {})", file.name, record.line, beginning(record.id));
}

void add_problem(std::vector<DataProblem>& problems, const Offenders& offenders, const std::string& name,
                 const std::string& reason, const std::string& sentence, const std::string& needs) {
  if (offenders.count() > 0)
    problems.push_back({name, reason, sentence + ": " + offenders.examples(), needs});
}

void find_repeated(Side& side, std::vector<DataProblem>& problems) {
  Offenders repeated;
  for (std::size_t i = 1; i < side.rows.size(); ++i)
    if (same_row(side.rows[i - 1], side.rows[i]))
      repeated.add([&] { return place(*side.file, *side.rows[i]) + " again"; });
  add_problem(problems, repeated, "ids of the " + side.role, "ids_repeated",
              repeated.rows(side.role) + (repeated.count() == 1 ? " repeats an id" : " repeat an id"),
              "one row for each id, or a 'sample' number that tells repeats apart");
  side.rows.erase(std::unique(side.rows.begin(), side.rows.end(), same_row), side.rows.end());
}

void count_errors(Side& side, double maximum, std::vector<DataProblem>& problems) {
  Offenders failed;
  for (const Record* row : side.rows)
    if (row->error) failed.add([&] { return place(*side.file, *row) + ": " + beginning(*row->error, 120); });
  side.errors = failed.count();
  const auto share = static_cast<double>(side.errors) / static_cast<double>(side.rows.size());
  if (!(share <= maximum))
    add_problem(problems, failed, "answers of the " + side.role, "too_many_errors",
                fmt::format("{} ({:.3g} %, at most {:.3g} % allowed) {} no answer", failed.rows(side.role),
                            100 * share, 100 * maximum, failed.count() == 1 ? "has" : "have"),
                "a run in which every row is answered");
}

void find_missing_field(const Side& side, const std::string& field, std::vector<DataProblem>& problems,
                        const std::function<bool(const Record&)>& has) {
  Offenders missing;
  for (const Record* row : side.rows)
    if (!row->error && !has(*row)) missing.add([&] { return place(*side.file, *row); });
  add_problem(
      problems, missing, field + " of the " + side.role, "field_missing",
      fmt::format("{} {} no '{}'", missing.rows(side.role), missing.count() == 1 ? "has" : "have", field),
      "the field in every row" +
          std::string(field.starts_with("slices.")
                          ? ""
                          : ", or --field " + field + "=NAME if it is called otherwise"));
}

void find_missing_fields(const Side& side, const NeededFields& needed, std::vector<DataProblem>& problems) {
  find_missing_field(side, "label", problems, [](const Record& row) { return row.label.has_value(); });
  if (needed.prediction)
    find_missing_field(side, "prediction", problems,
                       [](const Record& row) { return row.prediction.has_value(); });
  for (const std::string& slice : needed.slices)
    find_missing_field(side, "slices." + slice, problems,
                       [&](const Record& row) { return slice_of(row, slice) != nullptr; });
}

std::string shown(const std::optional<std::string>& value) {
  return value ? "'" + beginning(*value) + "'" : "none";
}

void find_disagreement(const Joined& joined, const Side& baseline, const Side& candidate,
                       const std::string& field, const std::string& reason,
                       std::vector<DataProblem>& problems,
                       const std::function<std::optional<std::string>(const Record&)>& value) {
  Offenders differ;
  for (const auto& [a, b] : joined) {
    if (a->error || b->error) continue;
    const auto of_a = value(*a), of_b = value(*b);
    if (of_a == of_b) continue;
    differ.add([&, a = a, b = b] {
      return fmt::format("id {}: {} in {}:{}, {} in {}:{}", beginning(a->id), shown(of_a),
                         baseline.file->name, a->line, shown(of_b), candidate.file->name, b->line);
    });
  }
  add_problem(problems, differ, field + " of baseline and candidate", reason,
              fmt::format("{} {} another '{}' in baseline and candidate", differ.rows(""),
                          differ.count() == 1 ? "has" : "have", field),
              "answers of both models to the same rows");
}

}  // namespace

bool before(const Record* a, const Record* b) {
  const int order = a->id.compare(b->id);
  return order != 0 ? order < 0 : a->sample < b->sample;
}

bool same_row(const Record* a, const Record* b) { return a->id == b->id && a->sample == b->sample; }

void find_problems(Side& side, const NeededFields& needed, double maximum_errors,
                   std::vector<DataProblem>& problems) {
  find_repeated(side, problems);
  count_errors(side, maximum_errors, problems);
  find_missing_fields(side, needed, problems);
}

void find_absent(const Side& from, const Side& in, std::vector<DataProblem>& problems) {
  Offenders absent;
  for (auto a = from.rows.begin(), b = in.rows.begin(); a != from.rows.end(); ++a) {
    while (b != in.rows.end() && before(*b, *a)) ++b;
    if (b == in.rows.end() || !same_row(*a, *b)) absent.add([&] { return place(*from.file, **a); });
  }
  add_problem(
      problems, absent, "ids missing of the " + in.role, "ids_missing",
      absent.rows(from.role) + (absent.count() == 1 ? " is" : " are") + " not in the " + in.role + "'s file",
      "answers of both models to the same rows");
}

void find_disagreements(const Joined& joined, const Side& baseline, const Side& candidate,
                        const NeededFields& needed, std::vector<DataProblem>& problems) {
  const auto find = [&](const std::string& field, const std::string& reason, const auto& value) {
    find_disagreement(joined, baseline, candidate, field, reason, problems, value);
  };
  find("label", "labels_differ", [](const Record& row) { return row.label; });
  find("cluster", "clusters_differ", [](const Record& row) { return row.cluster; });
  for (const std::string& slice : needed.slices)
    find("slices." + slice, "slices_differ", [&](const Record& row) {
      const std::string* value = slice_of(row, slice);
      return value == nullptr ? std::nullopt : std::optional(*value);
    });
}

bool find_unusable_looks(const Side* baseline, const Side& candidate, std::vector<DataProblem>& problems) {
  const std::vector<std::int64_t>& declared = candidate.file->looks;
  const std::string why =
      unusable_looks(baseline == nullptr ? std::nullopt : std::optional(baseline->file->looks), declared);
  if (!why.empty()) {
    problems.push_back({"looks declared", "looks_unusable", why, "measurements by one run of one runner"});
    return false;
  }
  if (declared.empty()) return true;
  for (const Side* side : {baseline, &candidate})
    if (side != nullptr && static_cast<std::int64_t>(side->file->rows.size()) > declared.back())
      problems.push_back({"rows of the " + side->role, "looks_exceeded",
                          fmt::format("{} rows were taken of the {}, and {} were declared",
                                      side->file->rows.size(), side->role, declared.back()),
                          "a new measurement: rows may be added only as declared before the first look"});
  return problems.empty();
}

void find_rows_across_looks(const Joined& joined, const Side& baseline, const Side& candidate,
                            std::vector<DataProblem>& problems) {
  const std::vector<std::int64_t>& declared = candidate.file->looks;
  const auto look_of = [&](const Side& side, const Record* row) {
    return std::upper_bound(declared.begin(), declared.end(), row - side.file->rows.data());
  };
  Offenders across;
  for (const auto& [a, b] : joined)
    if (look_of(baseline, a) != look_of(candidate, b))
      across.add([&, a = a, b = b] {
        return fmt::format("id {}: row {} of the baseline, row {} of the candidate", beginning(a->id),
                           a - baseline.file->rows.data() + 1, b - candidate.file->rows.data() + 1);
      });
  add_problem(problems, across, "rows of each look", "looks_unusable",
              fmt::format("{} answered before a look by one model and after it by the other",
                          across.rows("") + (across.count() == 1 ? " was" : " were")),
              "measurements by one run of one runner");
}

void find_foreign_predictions(const Answers& answers, const Side& side, std::int32_t Row::*prediction,
                              std::vector<DataProblem>& problems) {
  for (const Row& row : answers.rows)
    if (row.*prediction < 0 || answers.is_label[static_cast<std::size_t>(row.*prediction)]) return;
  const Row& first = answers.rows.front();
  const auto name = [&](std::int32_t i) { return beginning(answers.classes[static_cast<std::size_t>(i)]); };
  problems.push_back({"classes of the " + side.role, "classes_differ",
                      fmt::format("no prediction of the {} is a label: '{}' was predicted, '{}' is a label",
                                  side.role, name(first.*prediction), name(first.label)),
                      "labels and predictions written alike"});
}

}  // namespace modelgate
