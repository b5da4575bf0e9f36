#include "gates/quality/rows/answers.h"

#include <algorithm>
#include <map>

#include "gates/quality/rows/row_problems.h"
#include "gates/quality/slices/slice_problems.h"
#include "schemas/rows/row_key.h"

namespace modelgate {
namespace {

/// All words of the columns, sorted; and for each column the place of its codes among them.
struct Vocabulary {
  std::vector<std::string> words;
  std::vector<std::vector<std::int32_t>> places;

  explicit Vocabulary(const std::vector<const WordColumn*>& columns) {
    for (const WordColumn* column : columns)
      words.insert(words.end(), column->words.begin(), column->words.end());
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const WordColumn* column : columns) {
      std::vector<std::int32_t>& of_column = places.emplace_back();
      for (const std::string& word : column->words)
        of_column.push_back(
            static_cast<std::int32_t>(std::lower_bound(words.begin(), words.end(), word) - words.begin()));
    }
  }
  std::int32_t place(std::size_t column, std::int32_t code) const {
    return code < 0 ? -1 : places[column][static_cast<std::size_t>(code)];
  }
};

/// A row belongs to its cluster if it names one, otherwise to its id, whose samples belong together.
/// Numbered in the order of their keys.
void number_clusters(Answers& answers) {
  const RowTable& table = answers.candidate_file->table;
  const KeyColumn& keys = table.clusters.empty() ? table.ids : table.clusters;
  if (keys.empty()) return;
  std::map<std::uint64_t, std::int32_t> numbers;
  for (std::size_t i = 0; i < answers.size(); ++i) numbers.emplace(keys[answers.in_candidate(i)], 0);
  // Samples of which no id has two are rows like others.
  answers.clustered = !table.clusters.empty() || numbers.size() < answers.size();
  if (!answers.clustered) return;
  std::int32_t next = 0;
  for (auto& [key, number] : numbers) number = next++;
  for (std::size_t i = 0; i < answers.size(); ++i)
    answers.clusters.push_back(numbers[keys[answers.in_candidate(i)]]);
}

/// Both sides' rows by key, which they share.
std::vector<JoinedRow> merged(const Side& baseline, const Side& candidate) {
  std::vector<JoinedRow> rows;
  for (std::size_t a = 0, b = 0; a < baseline.size() && b < candidate.size();) {
    const std::uint64_t before = baseline.key(a), now = candidate.key(b);
    if (before == now) rows.push_back({baseline.row(a), candidate.row(b)});
    a += before <= now;
    b += now <= before;
  }
  return rows;
}

bool stand_alike(const Side& baseline, const Side& candidate) {
  if (!baseline.rows_in_file_order || !candidate.rows_in_file_order || baseline.size() != candidate.size())
    return false;
  for (std::size_t i = 0; i < baseline.size(); ++i)
    if (baseline.key(i) != candidate.key(i)) return false;
  return true;
}

/// Takes the joined rows that are judged into columns.
void take_rows(Answers& answers, std::size_t count, const JoinedRows& joined, const Side* baseline,
               const Side& candidate, const NeededFields& needed) {
  const std::int64_t taken = static_cast<std::int64_t>(candidate.file->table.size());
  const std::int64_t judged = answers.looks.reached.empty() ? taken : answers.looks.reached.back().rows;
  const WordColumn no_words;
  std::vector<const WordColumn*> columns = {needed.label ? &candidate.file->words("label") : &no_words};
  if (needed.prediction) {
    columns.push_back(&candidate.file->words("prediction"));
    if (baseline != nullptr) columns.push_back(&baseline->file->words("prediction"));
  }
  const Vocabulary vocabulary(columns);
  answers.classes = vocabulary.words;
  answers.is_label.assign(answers.classes.size(), false);
  const bool are_all =
      candidate.rows_in_file_order && judged == taken && candidate.failed.empty() &&
      (baseline == nullptr || (baseline->failed.empty() && stand_alike(*baseline, candidate)));
  if (are_all) {
    const auto place = [&](std::size_t column) {
      return [&, column](std::uint32_t code) {
        return code == 0 ? std::uint32_t{0}
                         : static_cast<std::uint32_t>(vocabulary.places[column][code - 1]) + 1;
      };
    };
    answers.take_columns(*columns[0], place(0), needed.prediction ? columns[1] : nullptr, place(1),
                         needed.prediction && baseline != nullptr ? columns[2] : nullptr, place(2), count);
    for (const std::int32_t c : vocabulary.places[0]) answers.is_label[static_cast<std::size_t>(c)] = true;
    return;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const JoinedRow at = joined(i);
    if (at.candidate >= judged || candidate.has_failed(at.candidate) ||
        (baseline != nullptr && baseline->has_failed(at.baseline)))
      continue;
    Row row;
    if (needed.label) row.label = vocabulary.place(0, columns[0]->code(at.candidate));
    if (needed.prediction) {
      row.candidate = vocabulary.place(1, columns[1]->code(at.candidate));
      if (baseline != nullptr) row.baseline = vocabulary.place(2, columns[2]->code(at.baseline));
    }
    if (row.label >= 0) answers.is_label[static_cast<std::size_t>(row.label)] = true;
    answers.add(row);
    answers.candidate_rows.push_back(at.candidate);
    answers.baseline_rows.push_back(at.baseline);
  }
}

}  // namespace

void NeededFields::add(const NeededFields& more) {
  label = label || more.label;
  prediction = prediction || more.prediction;
  const auto join = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
    for (const std::string& field : from)
      if (std::find(to.begin(), to.end(), field) == to.end()) to.push_back(field);
  };
  join(numbers, more.numbers);
  join(texts, more.texts);
  join(candidate_numbers, more.candidate_numbers);
  join(optional_numbers, more.optional_numbers);
  join(optional_texts, more.optional_texts);
  join(shared, more.shared);
}

std::int32_t Answers::class_called(const std::string& name) const {
  const auto found = std::lower_bound(classes.begin(), classes.end(), name);
  return found == classes.end() || *found != name ? -1 : static_cast<std::int32_t>(found - classes.begin());
}

void Answers::add(const Row& row) {
  label_.push_back(static_cast<std::uint32_t>(row.label + 1));
  candidate_.push_back(static_cast<std::uint32_t>(row.candidate + 1));
  if (compared) baseline_.push_back(static_cast<std::uint32_t>(row.baseline + 1));
  if (clustered) clusters.push_back(row.cluster);
}

Answers join(const AnswerFile* baseline_file, const AnswerFile& candidate_file, const NeededFields& needed,
             double maximum_errors, std::vector<DataProblem>& problems) {
  Side candidate(candidate_file, "candidate");
  std::optional<Side> baseline;
  if (baseline_file != nullptr) baseline.emplace(*baseline_file, "baseline");
  const bool usable = find_unusable_looks(baseline_file, candidate_file, problems);
  if (baseline) find_problems(*baseline, needed, maximum_errors, problems);
  find_problems(candidate, needed, maximum_errors, problems);
  Answers answers;
  answers.compared = baseline.has_value();
  answers.baseline_file = baseline_file;
  answers.candidate_file = &candidate_file;
  answers.baseline_errors = baseline ? baseline->errors : 0;
  answers.candidate_errors = candidate.errors;

  if (baseline) find_other_test_set(*baseline_file, candidate_file, problems);

  std::vector<JoinedRow> rows;
  std::size_t count = candidate.size();
  JoinedRows joined = [&](std::size_t i) { return JoinedRow{candidate.row(i), candidate.row(i)}; };
  if (baseline && !stand_alike(*baseline, candidate)) {
    find_absent(*baseline, candidate, problems);
    find_absent(candidate, *baseline, problems);
    rows = merged(*baseline, candidate);
    count = rows.size();
    joined = [&](std::size_t i) { return rows[i]; };
  }
  if (baseline) {
    find_disagreements(count, joined, *baseline, candidate, needed, problems);
    if (needed.slices != nullptr) find_lost_slices(*baseline, candidate, *needed.slices, problems);
    if (usable && !candidate_file.looks.empty())
      find_rows_across_looks(count, joined, *baseline, candidate, problems);
  }
  if (!problems.empty()) return answers;

  answers.looks = looks_at(candidate_file.looks, static_cast<std::int64_t>(candidate_file.table.size()));
  take_rows(answers, count, joined, baseline ? &*baseline : nullptr, candidate, needed);
  if (answers.size() == 0) {
    problems.push_back({"rows", "nothing_measured", "no row has an answer", "answers to at least one row"});
    return answers;
  }
  number_clusters(answers);
  if (needed.label && needed.prediction) {
    find_foreign_predictions(answers, "candidate", &Row::candidate, problems);
    if (answers.compared) find_foreign_predictions(answers, "baseline", &Row::baseline, problems);
  }
  return answers;
}

}  // namespace modelgate
