// Levenshtein distance and longest common subsequence, 64 cells at a time.
//
// Method: Myers (1999, J. ACM 46:395) keeps a column of the table of distances as the differences of
// neighbours, +1, 0 or −1, in the bits of two words, and computes the next column in a dozen operations;
// Hyyrö (2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances") carries a
// difference from one block of 64 rows to the next. Here a block goes along all columns before the next block
// starts: it needs the places of 64 symbols only, whatever the alphabet, and hands down one difference a
// column. The longest common subsequence is that of Hyyrö (2004, "Bit-parallel LCS-length computation
// revisited"), with the carry of an addition handed down instead.
//
// A distance of at most k is found within k cells of the diagonal (Ukkonen 1985, Information and Control
// 64:100). Values at the edge of that band are taken as if every step along it were an edit, so that they are
// those of real, if not the shortest, paths; k starts at twice a lower bound of the distance and grows
// fourfold until the result is within it. Equal beginnings and ends are cut off before.
//
// Limits: long texts that have much in common and little in the same place cost the full table: two of a
// million characters, 1.6·10^10 steps, a minute and a half.

#include "gates/metrics/text/edit_distance.h"

#include <algorithm>
#include <bit>
#include <span>
#include <vector>

namespace modelgate {

namespace {

using Text = std::span<const std::uint32_t>;
constexpr std::size_t kRows = 64;

void cut_common_ends(Text& first, Text& second) {
  while (!first.empty() && !second.empty() && first.front() == second.front()) {
    first = first.subspan(1);
    second = second.subspan(1);
  }
  while (!first.empty() && !second.empty() && first.back() == second.back()) {
    first = first.first(first.size() - 1);
    second = second.first(second.size() - 1);
  }
}

std::size_t alphabet_of(Text first, Text second) {
  std::uint32_t most = 0;
  for (const Text text : {first, second}) {
    for (const std::uint32_t symbol : text) most = std::max(most, symbol);
  }
  return std::size_t{most} + 1;
}

/// The places of each symbol in 64 rows, as bits.
class Places {
 public:
  explicit Places(std::size_t alphabet) : places_(alphabet, 0) {}

  void hold(Text rows) {
    for (const std::uint32_t symbol : held_) places_[symbol] = 0;
    held_ = rows;
    for (std::size_t i = 0; i < rows.size(); ++i) places_[rows[i]] |= std::uint64_t{1} << i;
  }

  std::uint64_t of(std::uint32_t symbol) const { return places_[symbol]; }

 private:
  std::vector<std::uint64_t> places_;
  Text held_;
};

/// How many symbols of the longer text find no partner among those of the other, wherever they stand: so many
/// edits are needed at least.
std::int64_t unmatched(Text first, Text second, std::size_t alphabet) {
  std::vector<std::int64_t> surplus(alphabet, 0);
  for (const std::uint32_t symbol : first) ++surplus[symbol];
  std::int64_t shared = 0;
  for (const std::uint32_t symbol : second) shared += surplus[symbol]-- > 0;
  return static_cast<std::int64_t>(std::max(first.size(), second.size())) - shared;
}

/// A block of 64 rows at one column: differences between neighbours below each other.
struct Column {
  std::uint64_t plus = ~std::uint64_t{0}, minus = 0;

  /// Goes one column on. `above` and the result are the difference to the column before, in the row above the
  /// block and in its row `last`.
  int advance(std::uint64_t equal, int above, int last) {
    const std::uint64_t up = above > 0, down = above < 0;
    const std::uint64_t across = equal | minus;
    equal |= down;
    const std::uint64_t diagonal = (((equal & plus) + plus) ^ plus) | equal;
    std::uint64_t right_plus = minus | ~(diagonal | plus), right_minus = plus & diagonal;
    const int result =
        static_cast<int>((right_plus >> last) & 1) - static_cast<int>((right_minus >> last) & 1);
    right_plus = (right_plus << 1) | up;
    right_minus = (right_minus << 1) | down;
    plus = right_minus | ~(across | right_plus);
    minus = right_plus & across;
    return result;
  }
};

/// The distance if it is at most `band`, else something that is larger. The band is at least the difference
/// of the lengths.
std::int64_t distance_within(Text rows, Text columns, std::int64_t band, Places& places) {
  const auto height = static_cast<std::int64_t>(rows.size()),
             width = static_cast<std::int64_t>(columns.size());
  std::vector<signed char> steps(columns.size(), 1);
  std::int64_t value = 0, left = 0;  // Of the cell above the block at its left edge.
  for (std::int64_t top = 0; top < height; top += kRows) {
    const std::int64_t count = std::min<std::int64_t>(kRows, height - top);
    const std::int64_t begin = std::max<std::int64_t>(0, top - band),
                       end = std::min(width, top + count + band);
    for (; left < begin; ++left) value += steps[static_cast<std::size_t>(left)];
    places.hold(rows.subspan(static_cast<std::size_t>(top), static_cast<std::size_t>(count)));
    Column column;
    for (std::int64_t at = begin; at < end; ++at) {
      signed char& step = steps[static_cast<std::size_t>(at)];
      step = static_cast<signed char>(column.advance(places.of(columns[static_cast<std::size_t>(at)]), step,
                                                     static_cast<int>(count - 1)));
    }
    value += count;
  }
  for (; left < width; ++left) value += steps[static_cast<std::size_t>(left)];
  return value;
}

}  // namespace

std::int64_t edit_distance(const Symbols& first, const Symbols& second) {
  Text rows = first, columns = second;
  cut_common_ends(rows, columns);
  if (rows.size() > columns.size()) std::swap(rows, columns);
  const auto most = static_cast<std::int64_t>(columns.size());
  if (rows.empty()) return most;
  const std::size_t alphabet = alphabet_of(rows, columns);
  const std::int64_t least = unmatched(rows, columns, alphabet);
  if (least == most) return most;
  Places places(alphabet);
  for (std::int64_t band = std::max<std::int64_t>(2 * least, kRows);; band *= 4) {
    // A band of a quarter of the text takes almost half of the whole table.
    if (band > most / 4) band = most;
    const std::int64_t distance = distance_within(rows, columns, band, places);
    if (distance <= band || band == most) return distance;
  }
}

std::int64_t common_subsequence(const Symbols& first, const Symbols& second) {
  Text rows = first, columns = second;
  cut_common_ends(rows, columns);
  auto result = static_cast<std::int64_t>(first.size() - rows.size());
  if (rows.empty() || columns.empty()) return result;
  if (rows.size() > columns.size()) std::swap(rows, columns);
  const std::size_t alphabet = alphabet_of(rows, columns);

  // Symbols that the other text does not have at all are in no common subsequence.
  std::vector<unsigned char> used(alphabet, 0);
  for (const std::uint32_t symbol : rows) used[symbol] |= 1;
  for (const std::uint32_t symbol : columns) used[symbol] |= 2;
  const auto keep_shared = [&](Text text) {
    Symbols kept;
    std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
                 [&](std::uint32_t symbol) { return used[symbol] == 3; });
    return kept;
  };
  const Symbols shared_rows = keep_shared(rows), shared_columns = keep_shared(columns);
  rows = shared_rows;
  columns = shared_columns;

  Places places(alphabet);
  std::vector<unsigned char> carries(columns.size(), 0);
  for (std::size_t top = 0; top < rows.size(); top += kRows) {
    const std::size_t count = std::min(kRows, rows.size() - top);
    places.hold(rows.subspan(top, count));
    std::uint64_t open = ~std::uint64_t{0};  // Rows that lengthen no common subsequence yet.
    for (std::size_t at = 0; at < columns.size(); ++at) {
      const std::uint64_t hits = open & places.of(columns[at]);
      const std::uint64_t partial = open + hits, sum = partial + carries[at];
      carries[at] = static_cast<unsigned char>((partial < hits) | (sum < partial));
      open = sum | (open & ~hits);
    }
    const std::uint64_t rows_here = count == kRows ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    result += std::popcount(~open & rows_here);
  }
  return result;
}

}  // namespace modelgate
