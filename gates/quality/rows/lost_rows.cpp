#include "gates/quality/rows/lost_rows.h"

#include <unordered_set>

namespace modelgate {
namespace {

using Name = std::map<std::string, std::string>;

/// The slice of a row; empty if a field of it is missing.
Name slice_of(const std::vector<const WordColumn*>& columns, const Slicing& slicing, std::size_t row) {
  Name name;
  for (std::size_t f = 0; f < slicing.size(); ++f) {
    if (!columns[f]->has(row)) return {};
    name[slicing[f].shown()] = columns[f]->at(row);
  }
  return name;
}

}  // namespace

LostRows::LostRows(const Answers& answers, const SliceColumns& columns, const Slicing& slicing) {
  const AnswerFile *before = answers.baseline_file, *now = answers.candidate_file;
  const std::size_t judged = answers.looks.reached.empty()
                                 ? now->table.size()
                                 : static_cast<std::size_t>(answers.looks.reached.back().rows);
  std::unordered_set<std::uint64_t> lost;
  for (const AnswerFile* file : {before, now}) {
    if (file == nullptr) continue;
    for (const FailedRow& failed : file->table.failed)
      if (failed.row < judged) lost.insert(file->table.keys[failed.row]);
  }
  if (lost.empty()) return;
  for (const AnswerFile* file : {now, before}) {
    if (file == nullptr) continue;
    std::vector<const WordColumn*> words;
    for (const SliceField& field : slicing) {
      const SliceColumn& column = columns.of(field);
      words.push_back(file == now ? column.candidate : column.baseline);
    }
    for (std::size_t row = 0; row < file->table.size() && !lost.empty(); ++row) {
      const auto found = lost.find(file->table.keys[row]);
      if (found == lost.end()) continue;
      const Name name = slice_of(words, slicing, row);
      if (name.empty()) continue;
      ++counts_[name];
      lost.erase(found);
    }
  }
  unknown_ = static_cast<std::int64_t>(lost.size());
}

std::int64_t LostRows::take(const Name& slice) {
  const auto found = counts_.find(slice);
  if (found == counts_.end()) return 0;
  const std::int64_t count = found->second;
  counts_.erase(found);
  return count;
}

}  // namespace modelgate
