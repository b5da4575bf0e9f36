#include "gates/quality/slices/slice_problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::size_t most_told = 10, most_listed = 100;

std::string rows_of(std::int64_t count) { return fmt::format("{} row{}", count, count == 1 ? "" : "s"); }

/// "zh (40 rows), fr (12 rows), …", the largest first.
std::string largest(std::vector<std::pair<std::int64_t, std::string>> slices, std::size_t most = most_told) {
  std::sort(slices.begin(), slices.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::string text;
  for (std::size_t i = 0; i < std::min(slices.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + beginning(slices[i].second) + " (" + rows_of(slices[i].first) + ")";
  return text + (slices.size() > most ? ", …" : "");
}

/// The number of rows of each word.
std::vector<std::int64_t> counts_of(const WordColumn& column, std::size_t rows) {
  std::vector<std::int64_t> counts(column.words.size());
  for (std::size_t row = 0; row < rows; ++row)
    if (column.has(row)) ++counts[static_cast<std::size_t>(column.code(row))];
  return counts;
}

/// The words of one column that the other has in no row, with the number of their rows.
std::vector<std::pair<std::int64_t, std::string>> only_in(const WordColumn& from, std::size_t from_rows,
                                                          const WordColumn& other, std::size_t other_rows,
                                                          bool is_binned) {
  std::set<std::string_view> there(other.words.begin(), other.words.end());
  // A word was found in a row; a bin may be that of none.
  if (is_binned) {
    const std::vector<std::int64_t> counts = counts_of(other, other_rows);
    for (std::size_t c = 0; c < counts.size(); ++c)
      if (counts[c] == 0) there.erase(other.words[c]);
  }
  std::vector<std::pair<std::int64_t, std::string>> alone;
  if (std::all_of(from.words.begin(), from.words.end(),
                  [&](const std::string& word) { return there.contains(word); }))
    return alone;
  const std::vector<std::int64_t> counts = counts_of(from, from_rows);
  for (std::size_t c = 0; c < counts.size(); ++c)
    if (counts[c] > 0 && !there.contains(from.words[c])) alone.emplace_back(counts[c], from.words[c]);
  return alone;
}

}  // namespace

void find_lost_slices(const Side& baseline, const Side& candidate, const SliceColumns& columns,
                      std::vector<DataProblem>& problems) {
  const std::size_t before = baseline.file->table.size(), now = candidate.file->table.size();
  for (const SliceColumn& column : columns.all()) {
    const std::string field = column.field.shown();
    const bool is_binned = !column.field.edges.empty();
    if (const auto gone = only_in(*column.baseline, before, *column.candidate, now, is_binned); !gone.empty())
      problems.push_back({"slices missing of the candidate by " + field, "slice_missing",
                          fmt::format("the candidate has no row of {} by {} that the baseline has: {}",
                                      gone.size() == 1 ? "a slice" : fmt::format("{} slices", gone.size()),
                                      field, largest(gone)),
                          "answers of both models to the same rows"});
    if (const auto added = only_in(*column.candidate, now, *column.baseline, before, is_binned);
        !added.empty())
      problems.push_back(
          {"slices missing of the baseline by " + field, "slice_missing",
           fmt::format("{} by {} {} new, the baseline has no row of {}: {}",
                       added.size() == 1 ? "a slice" : fmt::format("{} slices", added.size()), field,
                       added.size() == 1 ? "is" : "are", added.size() == 1 ? "it" : "them", largest(added)),
           "answers of both models to the same rows"});
  }
}

void find_unanswered_slices(Slices& slices, const Slicing& slicing, std::vector<DataProblem>& problems) {
  for (const Slice& slice : slices.lost_by(slicing))
    problems.push_back(
        {"slice " + in_words(slice.name), "slice_missing",
         slice.lost == 1
             ? fmt::format("the only row with {} carries an error instead of an answer", in_words(slice.name))
             : fmt::format("all {} rows with {} carry an error instead of an answer", slice.lost,
                           in_words(slice.name)),
         "answers to these rows"});
}

void find_missing_slices(Slices& slices, const std::vector<Slicing>& slicings,
                         const std::vector<SliceName>& expected, std::vector<DataProblem>& problems) {
  for (const SliceName& name : expected) {
    bool is_there = false;
    std::vector<std::string> known;
    for (const Slicing& slicing : slicings) {
      if (slicing.size() != name.size() ||
          !std::all_of(slicing.begin(), slicing.end(),
                       [&](const SliceField& field) { return name.contains(field.shown()); }))
        continue;
      for (const Slice& slice : slices.each_by(slicing)) {
        is_there = is_there || slice.name == name;
        if (known.size() < most_told) known.push_back("'" + beginning(in_words(slice.name)) + "'");
      }
      // Of what is lost it is told elsewhere.
      for (const Slice& slice : slices.lost_by(slicing)) is_there = is_there || slice.name == name;
    }
    if (!is_there)
      problems.push_back({"slice " + in_words(name), "slice_missing",
                          "no row is of the expected slice " + in_words(name),
                          "rows of that slice; there are " + listing(known)});
  }
}

void tell_of(const Slice& slice, std::vector<Check>& checks) {
  std::vector<std::string> warnings;
  std::string details;
  if (slice.lost > 0)
    warnings.push_back(fmt::format(
        "{} of the {} carr{} an error instead of an answer: the slice has shrunk to what is left", slice.lost,
        rows_of(slice.lost + static_cast<std::int64_t>(slice.rows->size())), slice.lost == 1 ? "ies" : "y"));
  if (!slice.together.empty()) {
    warnings.push_back(fmt::format("{} small slices are judged together here", slice.together.size()));
    details = "Judged together:";
    for (std::size_t i = 0; i < std::min(slice.together.size(), most_listed); ++i)
      details +=
          fmt::format("\n{} ({})", in_words(slice.together[i].first), rows_of(slice.together[i].second));
    if (slice.together.size() > most_listed)
      details += fmt::format("\n… and {} more", slice.together.size() - most_listed);
  }
  for (Check& check : checks) {
    check.warnings.insert(check.warnings.end(), warnings.begin(), warnings.end());
    if (!details.empty()) check.details += (check.details.empty() ? "" : "\n") + details;
  }
}

}  // namespace modelgate
