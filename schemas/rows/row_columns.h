#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/rows/column_memory.h"

namespace modelgate {

/// Whole numbers of which most are small, each part of their bytes in a column of its own that is there only
/// if it is needed: memory that is not touched costs no time.
template <typename Part, typename Whole>
class SplitColumn {
 public:
  std::size_t size() const { return parts_.front().size(); }
  Whole operator[](std::size_t row) const {
    Whole whole = parts_.front()[row];
    for (std::size_t p = 1; p < parts_.size(); ++p)
      whole |= static_cast<Whole>(parts_[p][row]) << (8 * sizeof(Part) * p);
    return whole;
  }
  void reserve(std::size_t rows) {
    reserved_ = rows;
    parts_.front().reserve(rows);
  }
  void push_back(Whole whole) {
    require(whole);
    for (std::size_t p = 0; p < parts_.size(); ++p) parts_[p].push_back(part_of(whole, p));
  }
  /// Adds so many of the same.
  void fill_up(std::size_t rows, Whole whole) {
    require(whole);
    for (std::size_t p = 0; p < parts_.size(); ++p) parts_[p].resize(rows, part_of(whole, p));
  }
  /// Adds all of `more`, each changed by `change`.
  template <typename Values, typename Change>
  void append(const Values& more, const Change& change) {
    Whole all = 0;
    for (std::size_t i = 0; i < more.size(); ++i) all |= change(more[i]);
    require(all);
    const std::size_t before = size();
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      parts_[p].resize(before + more.size());
      for (std::size_t i = 0; i < more.size(); ++i) parts_[p][before + i] = part_of(change(more[i]), p);
    }
  }
  bool empty() const { return parts_.front().empty(); }

 private:
  static Part part_of(Whole whole, std::size_t part) {
    return static_cast<Part>(whole >> (8 * sizeof(Part) * part));
  }
  /// Makes the parts that the number has.
  void require(Whole whole) {
    while (parts_.size() * sizeof(Part) < sizeof(Whole) &&
           (whole >> (8 * sizeof(Part) * parts_.size())) != 0) {
      parts_.emplace_back();
      parts_.back().reserve(reserved_);
      parts_.back().resize(size());
    }
  }

  std::vector<Column<Part>> parts_ = std::vector<Column<Part>>(1);
  std::size_t reserved_ = 0;
};

/// A field whose values recur: numbers for texts, in the order in which they first appear.
struct WordColumn {
  static constexpr std::int32_t none = -1;  ///< The row has no such field.

  SplitColumn<std::uint8_t, std::uint32_t> numbers;  ///< The codes, from 1 on; 0: none.
  std::vector<std::string> words;

  std::int32_t code(std::size_t row) const { return static_cast<std::int32_t>(numbers[row]) - 1; }
  bool has(std::size_t row) const { return numbers[row] != 0; }
  const std::string& at(std::size_t row) const { return words[numbers[row] - 1]; }
};

/// Keys of ids.
using KeyColumn = SplitColumn<std::uint32_t, std::uint64_t>;

/// A field of finite numbers; NaN where a row has none. Empty if no row has one.
struct NumberColumn {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();

  Column<double> values;

  bool has(std::size_t row) const { return row < values.size() && !std::isnan(values[row]); }
};

/// Digests of a field of texts; 0 where a row has none. Empty if no row has one. Two different texts are
/// taken for the same with a probability of 2^−32.
using DigestColumn = Column<std::uint32_t>;

/// A field of texts, one behind the other.
struct TextColumn {
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  ColumnText all;
  Column<std::uint64_t> begins;
  Column<std::uint32_t> sizes;

  bool has(std::size_t row) const { return sizes[row] != none; }
  std::string_view at(std::size_t row) const {
    return std::string_view(all).substr(static_cast<std::size_t>(begins[row]), sizes[row]);
  }
};

}  // namespace modelgate
