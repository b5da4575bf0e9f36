#include "gates/quality/slices/slice_columns.h"

#include <algorithm>
#include <stdexcept>

namespace modelgate {
namespace {

/// Where a field may stand, the first that is there counts.
std::vector<std::string> paths_of(const SliceField& field) {
  if (field.name.starts_with("slices.")) return {field.name};
  return {"slices." + field.name, field.name};
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

bool is_in(const AnswerFile& file, const std::string& path, const SliceField& field) {
  return field.edges.empty() ? !file.words(path).words.empty() : !file.numbers(path).values.empty();
}

}  // namespace

void request_slices(const std::vector<Slicing>& slicings, RowRequest& request) {
  for (const Slicing& slicing : slicings)
    for (const SliceField& field : slicing)
      for (const std::string& path : paths_of(field))
        add_once(field.edges.empty() ? request.words : request.numbers, path);
}

SliceColumns::SliceColumns(const AnswerFile* baseline, const AnswerFile& candidate,
                           const std::vector<Slicing>& slicings) {
  for (const Slicing& slicing : slicings)
    for (const SliceField& field : slicing) {
      const auto is_it = [&](const SliceColumn& column) { return column.field == field; };
      if (std::any_of(columns_.begin(), columns_.end(), is_it)) continue;
      const auto is_somewhere = [&](const std::string& path) {
        return is_in(candidate, path, field) || (baseline != nullptr && is_in(*baseline, path, field));
      };
      const std::vector<std::string> paths = paths_of(field);
      const auto found = std::find_if(paths.begin(), paths.end(), is_somewhere);
      const std::string& path = found == paths.end() ? paths.front() : *found;
      columns_.push_back({field, path, baseline != nullptr ? column_of(*baseline, path, field) : nullptr,
                          column_of(candidate, path, field)});
    }
}

const SliceColumn& SliceColumns::of(const SliceField& field) const {
  for (const SliceColumn& column : columns_)
    if (column.field == field) return column;
  throw std::logic_error("the slices by " + field.name + " were not asked for");
}

const WordColumn* SliceColumns::column_of(const AnswerFile& file, const std::string& path,
                                          const SliceField& field) {
  if (field.edges.empty()) return &file.words(path);
  const NumberColumn& numbers = file.numbers(path);
  WordColumn& bins = bins_.emplace_back();
  bins.words = field.bins();
  for (std::size_t row = 0; row < file.table.size(); ++row)
    bins.numbers.push_back(
        numbers.has(row) ? static_cast<std::uint32_t>(field.bin_of(numbers.values[row]) + 1) : 0);
  return &bins;
}

}  // namespace modelgate
