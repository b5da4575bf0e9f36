#include "gates/quality/answers.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "gates/quality/row_problems.h"

namespace modelgate {
namespace {

std::vector<const Record*> sorted(const AnswerFile& file) {
  std::vector<const Record*> rows;
  rows.reserve(file.rows.size());
  for (const Record& record : file.rows) rows.push_back(&record);
  std::stable_sort(rows.begin(), rows.end(), before);
  return rows;
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
  const bool usable =
      find_unusable_looks(baseline_file == nullptr ? nullptr : &baseline, candidate, problems);
  for (Side* side : sides) find_problems(*side, needed, maximum_errors, problems);
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
    find_disagreements(joined, baseline, candidate, needed, problems);
    if (usable && !candidate_file.looks.empty())
      find_rows_across_looks(joined, baseline, candidate, problems);
  } else {
    for (const Record* row : candidate.rows) joined.emplace_back(nullptr, row);
  }
  if (!problems.empty()) return answers;

  const auto taken = static_cast<std::int64_t>(candidate_file.rows.size());
  answers.looks = looks_at(candidate_file.looks, taken);
  const std::int64_t judged = answers.looks.reached.empty() ? taken : answers.looks.reached.back().rows;
  for (const auto& [a, b] : joined)
    if (const std::int64_t place = b - candidate_file.rows.data();
        place < judged && !b->error && (a == nullptr || !a->error))
      answers.rows.push_back({-1, -1, -1, 0, a, b, place});
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
