#include "gates/quality/slices/slices.h"

#include <algorithm>
#include <unordered_map>

#include "gates/quality/rows/lost_rows.h"

namespace modelgate {
namespace {

/// The codes of a row's slice, a number for each field.
using Codes = std::vector<std::int32_t>;

/// Rows by the codes of their fields.
class Grouping {
 public:
  explicit Grouping(std::vector<const WordColumn*> columns)
      : columns_(std::move(columns)), next_(columns_.size()) {}

  void add(std::uint32_t number, std::size_t row) {
    // From field to field a row goes on in the group of the codes so far.
    std::uint64_t group = 0;
    for (std::size_t f = 0; f < columns_.size(); ++f) {
      const auto code = static_cast<std::uint64_t>(columns_[f]->code(row));
      std::unordered_map<std::uint64_t, std::uint64_t>& next = next_[f];
      const auto [found, is_new] = next.try_emplace(group << 32 | code, next.size());
      group = found->second;
      if (!is_new || f + 1 < columns_.size()) continue;
      rows_.emplace_back();
      Codes& codes = codes_.emplace_back();
      for (const WordColumn* column : columns_) codes.push_back(column->code(row));
    }
    rows_[group].push_back(number);
  }

  std::vector<Codes> codes_;
  std::vector<Column<std::uint32_t>> rows_;

 private:
  std::vector<const WordColumn*> columns_;
  std::vector<std::unordered_map<std::uint64_t, std::uint64_t>> next_;
};

/// What no value is called.
std::string name_of_others(const std::vector<Slice>& slices) {
  std::string name = "(others)";
  const auto is_called_so = [&](const Slice& slice) {
    return std::any_of(slice.name.begin(), slice.name.end(),
                       [&](const auto& entry) { return entry.second == name; });
  };
  while (std::any_of(slices.begin(), slices.end(), is_called_so)) name = "(" + name + ")";
  return name;
}

/// The small slices as one, if there are several.
std::vector<Slice> pooled(const std::vector<Slice>& each, std::int64_t minimum) {
  const auto is_small = [&](const Slice& slice) {
    return static_cast<std::int64_t>(slice.rows->size()) < minimum;
  };
  if (std::count_if(each.begin(), each.end(), is_small) < 2) return each;
  std::vector<Slice> judged;
  Slice others;
  const std::string name = name_of_others(each);
  for (const auto& [field, value] : each.front().name) others.name[field] = name;
  Column<std::uint32_t> rows;
  for (const Slice& slice : each) {
    if (!is_small(slice)) {
      judged.push_back(slice);
      continue;
    }
    others.together.emplace_back(slice.name, static_cast<std::int64_t>(slice.rows->size()));
    others.lost += slice.lost;
    for (std::size_t i = 0; i < slice.rows->size(); ++i)
      rows.push_back(static_cast<std::uint32_t>(slice.rows->number(i)));
  }
  std::sort(rows.begin(), rows.end());
  others.rows = std::make_shared<RowSample>(each.front().rows->answers(), std::move(rows));
  judged.push_back(std::move(others));
  return judged;
}

}  // namespace

std::string in_words(const SliceName& slice) {
  std::string words;
  for (const auto& [field, value] : slice) words += (words.empty() ? "" : ", ") + field + "=" + value;
  return words;
}

Slices::Slices(const Answers& answers, const SliceColumns& columns, const SmallSlices& small)
    : answers_(answers), columns_(columns), small_(small) {
  whole_.rows = std::make_shared<RowSample>(answers);
}

const std::vector<Slice>& Slices::by(const Slicing& slicing) { return parted(slicing).judged; }
const std::vector<Slice>& Slices::each_by(const Slicing& slicing) { return parted(slicing).each; }
const std::vector<Slice>& Slices::lost_by(const Slicing& slicing) { return parted(slicing).lost; }
std::int64_t Slices::unknown_by(const Slicing& slicing) { return parted(slicing).unknown; }

const Slices::Parted& Slices::parted(const Slicing& slicing) {
  for (const auto& [known, parted] : parted_)
    if (known == slicing) return parted;
  return parted_.emplace_back(slicing, part(slicing)).second;
}

Slices::Parted Slices::part(const Slicing& slicing) const {
  std::vector<const WordColumn*> columns;
  for (const SliceField& field : slicing) columns.push_back(columns_.of(field).candidate);
  Grouping groups(columns);
  for (std::size_t i = 0; i < answers_.size(); ++i)
    groups.add(static_cast<std::uint32_t>(i), answers_.in_candidate(i));

  // A bin's place among the bins, then the text of the others.
  using Place = std::vector<std::pair<std::int32_t, std::string>>;
  std::map<Place, std::size_t> order;
  for (std::size_t g = 0; g < groups.codes_.size(); ++g) {
    Place place;
    for (std::size_t f = 0; f < slicing.size(); ++f) {
      const std::int32_t code = groups.codes_[g][f];
      place.emplace_back(slicing[f].edges.empty() ? 0 : code,
                         columns[f]->words[static_cast<std::size_t>(code)]);
    }
    order.emplace(std::move(place), g);
  }
  LostRows lost(answers_, columns_, slicing);
  Parted result;
  for (const auto& [place, g] : order) {
    Slice slice;
    for (std::size_t f = 0; f < slicing.size(); ++f) slice.name[slicing[f].shown()] = place[f].second;
    slice.rows = std::make_shared<RowSample>(answers_, std::move(groups.rows_[g]));
    slice.lost = lost.take(slice.name);
    result.each.push_back(std::move(slice));
  }
  for (const auto& [name, count] : lost.left()) result.lost.push_back({name, nullptr, count, {}});
  result.unknown = lost.unknown();
  // At an early look it is still open which slices stay small, and what is asked must not change between
  // looks.
  const bool pool = small_.pooled && !answers_.looks.next;
  result.judged = pool ? pooled(result.each, small_.minimum) : result.each;
  return result;
}

}  // namespace modelgate
