#include "gates/quality/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <unordered_map>

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
  return fmt::format("{}:{} (id {})", file.name, record.line, record.id);
}

bool before(const Record* a, const Record* b) {
  const int order = a->id.compare(b->id);
  return order != 0 ? order < 0 : a->sample < b->sample;
}

bool same_row(const Record* a, const Record* b) { return a->id == b->id && a->sample == b->sample; }

std::vector<const Record*> sorted(const AnswerFile& file) {
  std::vector<const Record*> rows;
  rows.reserve(file.rows.size());
  for (const Record& record : file.rows) rows.push_back(&record);
  std::stable_sort(rows.begin(), rows.end(), before);
  return rows;
}

/// One side of the comparison.
struct Side {
  const AnswerFile* file = nullptr;
  std::string role;
  std::vector<const Record*> rows;
  std::int64_t errors = 0;
};

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
    if (row->error) failed.add([&] { return place(*side.file, *row) + ": " + row->error->substr(0, 120); });
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

/// Rows that one side has and the other has not.
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

std::string shown(const std::optional<std::string>& value) { return value ? "'" + *value + "'" : "none"; }

using Joined = std::vector<std::pair<const Record*, const Record*>>;

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
      return fmt::format("id {}: {} in {}:{}, {} in {}:{}", a->id, shown(of_a), baseline.file->name, a->line,
                         shown(of_b), candidate.file->name, b->line);
    });
  }
  add_problem(problems, differ, field + " of baseline and candidate", reason,
              fmt::format("{} {} another '{}' in baseline and candidate", differ.rows(""),
                          differ.count() == 1 ? "has" : "have", field),
              "answers of both models to the same rows");
}

/// Numbers for texts: first in the order of appearance, then in that of the texts.
class Numbering {
 public:
  std::int32_t number(const std::string& text) {
    return numbers_.try_emplace(text, static_cast<std::int32_t>(numbers_.size())).first->second;
  }

  /// The texts in order; `renumber` maps the numbers given so far to places in it.
  std::vector<std::string> in_order(std::vector<std::int32_t>& renumber) const {
    std::vector<std::string> texts(numbers_.size());
    for (const auto& [text, number] : numbers_) texts[static_cast<std::size_t>(number)] = text;
    std::vector<std::int32_t> order(texts.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int32_t>(i);
    const auto text = [&](std::int32_t i) -> const std::string& {
      return texts[static_cast<std::size_t>(i)];
    };
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return text(a) < text(b); });
    renumber.resize(order.size());
    std::vector<std::string> ordered;
    for (std::size_t i = 0; i < order.size(); ++i) {
      renumber[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
      ordered.push_back(text(order[i]));
    }
    return ordered;
  }

 private:
  std::unordered_map<std::string_view, std::int32_t> numbers_;  // of texts that the records hold
};

void number_classes(Answers& answers) {
  Numbering numbering;
  const auto number = [&](const std::optional<std::string>& text) {
    return text ? numbering.number(*text) : -1;
  };
  for (Row& row : answers.rows) {
    row.label = number(row.of_candidate->label);
    row.candidate = number(row.of_candidate->prediction);
    if (row.of_baseline != nullptr) row.baseline = number(row.of_baseline->prediction);
  }
  std::vector<std::int32_t> renumber;
  answers.classes = numbering.in_order(renumber);
  answers.is_label.assign(answers.classes.size(), false);
  const auto place_of = [&](std::int32_t old) {
    return old < 0 ? -1 : renumber[static_cast<std::size_t>(old)];
  };
  for (Row& row : answers.rows) {
    row.label = place_of(row.label);
    row.baseline = place_of(row.baseline);
    row.candidate = place_of(row.candidate);
    if (row.label >= 0) answers.is_label[static_cast<std::size_t>(row.label)] = true;
  }
}

/// A row belongs to its cluster if it names one, otherwise to its id, whose samples belong together.
void number_clusters(Answers& answers) {
  std::vector<std::string> names;
  names.reserve(answers.rows.size());
  for (const Row& row : answers.rows) {
    const Record& record = *row.of_candidate;
    answers.clustered = answers.clustered || record.cluster.has_value();
    if (!names.empty() && !record.cluster && names.back() == "i" + record.id) answers.clustered = true;
    names.push_back(record.cluster ? "c" + *record.cluster : "i" + record.id);
  }
  if (!answers.clustered) return;
  Numbering numbering;
  for (std::size_t i = 0; i < names.size(); ++i) answers.rows[i].cluster = numbering.number(names[i]);
  std::vector<std::int32_t> renumber;
  numbering.in_order(renumber);
  for (Row& row : answers.rows) row.cluster = renumber[static_cast<std::size_t>(row.cluster)];
}

/// Labels "1" and predictions "1.0" would score every row as wrong, in both files alike.
void find_foreign_predictions(const Answers& answers, const Side& side, std::int32_t Row::*prediction,
                              std::vector<DataProblem>& problems) {
  for (const Row& row : answers.rows)
    if (row.*prediction < 0 || answers.is_label[static_cast<std::size_t>(row.*prediction)]) return;
  const Row& first = answers.rows.front();
  const auto name = [&](std::int32_t i) { return answers.classes[static_cast<std::size_t>(i)]; };
  problems.push_back({"classes of the " + side.role, "classes_differ",
                      fmt::format("no prediction of the {} is a label: '{}' was predicted, '{}' is a label",
                                  side.role, name(first.*prediction), name(first.label)),
                      "labels and predictions written alike"});
}

}  // namespace

std::int32_t Answers::class_called(const std::string& name) const {
  const auto found = std::lower_bound(classes.begin(), classes.end(), name);
  return found == classes.end() || *found != name ? -1 : static_cast<std::int32_t>(found - classes.begin());
}

const std::string* slice_of(const Record& record, const std::string& field) {
  for (const auto& [name, value] : record.slices)
    if (name == field) return &value;
  return nullptr;
}

Answers join(const AnswerFile* baseline_file, const AnswerFile& candidate_file, const NeededFields& needed,
             double maximum_errors, std::vector<DataProblem>& problems) {
  Side baseline{baseline_file, "baseline", {}, 0},
      candidate{&candidate_file, "candidate", sorted(candidate_file), 0};
  std::vector<Side*> sides;
  if (baseline_file != nullptr) {
    baseline.rows = sorted(*baseline_file);
    sides.push_back(&baseline);
  }
  sides.push_back(&candidate);
  for (Side* side : sides) {
    find_repeated(*side, problems);
    count_errors(*side, maximum_errors, problems);
    find_missing_fields(*side, needed, problems);
  }
  Answers answers;
  answers.compared = baseline_file != nullptr;
  answers.baseline_errors = baseline.errors;
  answers.candidate_errors = candidate.errors;
  Joined joined;
  if (answers.compared) {
    find_absent(baseline, candidate, problems);
    find_absent(candidate, baseline, problems);
    for (auto a = baseline.rows.begin(), b = candidate.rows.begin(); a != baseline.rows.end(); ++a) {
      while (b != candidate.rows.end() && before(*b, *a)) ++b;
      if (b != candidate.rows.end() && same_row(*a, *b)) joined.emplace_back(*a, *b);
    }
    find_disagreement(joined, baseline, candidate, "label", "labels_differ", problems,
                      [](const Record& row) { return row.label; });
    find_disagreement(joined, baseline, candidate, "cluster", "clusters_differ", problems,
                      [](const Record& row) { return row.cluster; });
    for (const std::string& slice : needed.slices)
      find_disagreement(joined, baseline, candidate, "slices." + slice, "slices_differ", problems,
                        [&](const Record& row) {
                          const std::string* value = slice_of(row, slice);
                          return value == nullptr ? std::nullopt : std::optional(*value);
                        });
  } else {
    for (const Record* row : candidate.rows) joined.emplace_back(nullptr, row);
  }
  if (!problems.empty()) return answers;

  for (const auto& [a, b] : joined)
    if (!b->error && (a == nullptr || !a->error)) answers.rows.push_back({-1, -1, -1, 0, a, b});
  if (answers.rows.empty()) {
    problems.push_back({"rows", "nothing_measured", "no row has an answer", "answers to at least one row"});
    return answers;
  }
  number_classes(answers);
  number_clusters(answers);
  if (needed.prediction) {
    find_foreign_predictions(answers, candidate, &Row::candidate, problems);
    if (answers.compared) find_foreign_predictions(answers, baseline, &Row::baseline, problems);
  }
  return answers;
}

}  // namespace modelgate
