// Sorting rows by a value.
//
// Method: the bits of a double, with the sign turned, order as unsigned integers do. The 32 highest of the
// bits in which the values differ are sorted by radix, 11 at a time from the lowest (Knuth, TAOCP 3, 5.2.5),
// with the row beside them: three passes over 8 bytes a row. Passes whose digits are all equal are skipped. A
// pass is stable, hence the result is unique: each thread counts its own stretch of rows, and the counts say
// where its rows go.
//
// 32 bits tell nearly all values apart; the few runs of rows that they do not are sorted by the whole value.
// Should a run be long (one value that is far off can squeeze all others into one), it is sorted by radix as
// well, by all 64 bits, so that no data make it slow.
//
// Limits: 16 bytes a row. Below some hundred rows a comparison sort is faster, and is used.

#include "gates/statistics/value_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <thread>
#include <utility>

#include "gates/statistics/input.h"
#include "gates/statistics/large_pages.h"
#include "gates/statistics/parallel.h"

namespace modelgate {

namespace {

constexpr int digit_bits = 11;
constexpr std::size_t digits = std::size_t{1} << digit_bits;
constexpr std::size_t few_rows = 300, rows_worth_a_thread = 50'000;

using Counts = std::array<std::uint32_t, digits>;

std::uint64_t key_of(double value) {
  // Adding 0 makes 0 of −0.
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
  return bits ^ (bits >> 63 != 0 ? ~std::uint64_t{0} : std::uint64_t{1} << 63);
}

/// A row with its mark in the lowest bit, and what it is sorted by.
template <typename Key>
struct Keyed {
  Key key;
  std::uint32_t marked_row;
};

/// Which rows a part of several has.
struct Parts {
  std::size_t rows, count;
  int threads;

  Parts(std::size_t all, int most) : rows(all), threads(most) {
    const auto cores = static_cast<std::size_t>(most > 0 ? most : std::thread::hardware_concurrency());
    count = std::clamp<std::size_t>(all / rows_worth_a_thread, 1, std::max<std::size_t>(1, cores));
  }
  std::size_t begin(std::size_t part) const { return rows * part / count; }

  /// body(part, begin, end)
  template <typename Body>
  void each(const Body& body) const {
    if (count == 1) return body(std::size_t{0}, std::size_t{0}, rows);
    in_parallel(threads, count, [&](std::size_t first, std::size_t last) {
      for (std::size_t part = first; part < last; ++part) body(part, begin(part), begin(part + 1));
    });
  }
};

/// Sorts by all bits of the key, and returns where the result lies: in `from` or in `to`.
template <typename Key>
Keyed<Key>* radix_sorted(Keyed<Key>* from, Keyed<Key>* to, const Parts& parts) {
  constexpr std::size_t passes = (8 * sizeof(Key) + digit_bits - 1) / digit_bits;
  using Histogram = std::array<Counts, passes>;
  const auto digit = [](Key key, std::size_t pass) {
    return static_cast<std::size_t>(key >> (pass * digit_bits)) & (digits - 1);
  };
  std::vector<Histogram> of_parts(parts.count);
  parts.each([&](std::size_t part, std::size_t begin, std::size_t end) {
    Histogram& histogram = of_parts[part];
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t pass = 0; pass < passes; ++pass) ++histogram[pass][digit(from[i].key, pass)];
  });

  std::vector<Counts> places(parts.count);
  for (std::size_t pass = 0; pass < passes; ++pass) {
    std::size_t equal = 0;
    for (const Histogram& histogram : of_parts) equal += histogram[pass][digit(from[0].key, pass)];
    if (equal == parts.rows) continue;
    if (parts.count == 1) {
      places[0] = of_parts[0][pass];
    } else {
      // Earlier passes have moved rows from part to part.
      parts.each([&](std::size_t part, std::size_t begin, std::size_t end) {
        places[part].fill(0);
        for (std::size_t i = begin; i < end; ++i) ++places[part][digit(from[i].key, pass)];
      });
    }
    std::uint32_t place = 0;
    for (std::size_t d = 0; d < digits; ++d)
      for (Counts& part : places) place += std::exchange(part[d], place);
    parts.each([&](std::size_t part, std::size_t begin, std::size_t end) {
      Counts& next = places[part];
      for (std::size_t i = begin; i < end; ++i) to[next[digit(from[i].key, pass)]++] = from[i];
    });
    std::swap(from, to);
  }
  return from;
}

using Prefixed = Keyed<std::uint32_t>;
using Whole = Keyed<std::uint64_t>;

/// Writes rows of which the prefixes are sorted, sorting by the whole value where prefixes are equal.
class Placing {
 public:
  Placing(std::span<const double> values, bool prefix_is_all)
      : values_(values), prefix_is_all_(prefix_is_all) {}

  /// Of the rows [begin, end), none of which shares its prefix with one outside. Returns the number of
  /// groups.
  std::uint32_t place(const Prefixed* sorted, std::size_t begin, std::size_t end, PlacedRow* result) {
    std::uint32_t groups = 0;
    for (std::size_t first = begin, last = begin; first < end; first = last) {
      while (last < end && sorted[last].key == sorted[first].key) ++last;
      if (prefix_is_all_ || last - first == 1) {
        for (std::size_t i = first; i < last; ++i) result[i] = placed(sorted[i].marked_row, groups);
        ++groups;
      } else {
        groups = place_run(sorted + first, last - first, groups, result + first);
      }
    }
    return groups;
  }

 private:
  static PlacedRow placed(std::uint32_t marked_row, std::uint32_t group) {
    PlacedRow row;
    row.row = marked_row >> 1;
    row.group = group;
    row.mark = marked_row & 1;
    return row;
  }

  std::uint32_t place_run(const Prefixed* run, std::size_t size, std::uint32_t groups, PlacedRow* result) {
    whole_.resize(size);
    bool sorted = true;
    for (std::size_t i = 0; i < size; ++i) {
      whole_[i] = {key_of(values_[run[i].marked_row >> 1]), run[i].marked_row};
      sorted = sorted && (i == 0 || whole_[i - 1].key <= whole_[i].key);
    }
    const Whole* by_key = whole_.data();
    if (!sorted && size < few_rows) {
      std::sort(whole_.begin(), whole_.end(), [](const Whole& a, const Whole& b) {
        return a.key != b.key ? a.key < b.key : a.marked_row < b.marked_row;
      });
    } else if (!sorted) {
      other_.resize(size);
      by_key = radix_sorted(whole_.data(), other_.data(), Parts(size, 1));
    }
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0 && by_key[i].key != by_key[i - 1].key) ++groups;
      result[i] = placed(by_key[i].marked_row, groups);
    }
    return groups + 1;
  }

  std::span<const double> values_;
  bool prefix_is_all_;
  std::vector<Whole> whole_, other_;
};

/// Places the rows of each part apart, and then numbers its groups on from the part before.
void place_all(const Prefixed* sorted, const Parts& parts, std::span<const double> values, bool prefix_is_all,
               std::vector<PlacedRow>& result) {
  std::vector<std::size_t> begins;
  for (std::size_t part = 0; part <= parts.count; ++part) {
    std::size_t begin = parts.begin(part);
    while (begin > 0 && begin < parts.rows && sorted[begin].key == sorted[begin - 1].key) ++begin;
    begins.push_back(begin);
  }
  std::vector<std::uint32_t> groups(parts.count);
  parts.each([&](std::size_t part, std::size_t, std::size_t) {
    groups[part] =
        Placing(values, prefix_is_all).place(sorted, begins[part], begins[part + 1], result.data());
  });
  std::uint32_t before = 0;
  for (std::uint32_t& count : groups) before += std::exchange(count, before);
  if (parts.count == 1) return;
  parts.each([&](std::size_t part, std::size_t, std::size_t) {
    for (std::size_t i = begins[part]; i < begins[part + 1]; ++i)
      result[i].group = (result[i].group + groups[part]) & 0x7fffffff;
  });
}

struct Range {
  std::uint64_t lowest = ~std::uint64_t{0}, highest = 0;
};

Range range_of(std::span<const double> values, const Parts& parts) {
  std::vector<Range> ranges(parts.count);
  parts.each([&](std::size_t part, std::size_t begin, std::size_t end) {
    Range range;
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint64_t key = key_of(values[i]);
      range = {std::min(range.lowest, key), std::max(range.highest, key)};
    }
    ranges[part] = range;
  });
  for (const Range& range : ranges)
    ranges[0] = {std::min(ranges[0].lowest, range.lowest), std::max(ranges[0].highest, range.highest)};
  return ranges[0];
}

}  // namespace

std::vector<PlacedRow> rising_order(std::span<const double> values, std::span<const std::uint8_t> marks,
                                    int threads) {
  require(threads >= 0, "the number of threads is negative");
  require(marks.empty() || marks.size() == values.size(), "there is not one mark for each value");
  require(values.size() < std::size_t{1} << 31, "there are too many values");
  require_values(values, 0);
  if (values.empty()) return {};

  const Parts parts(values.size(), threads);
  const Range range = range_of(values, parts);
  const int shift = std::max(0, static_cast<int>(std::bit_width(range.highest - range.lowest)) - 32);
  auto from = std::make_unique_for_overwrite<Prefixed[]>(values.size());
  auto to = std::make_unique_for_overwrite<Prefixed[]>(values.size());
  for (const Prefixed* memory : {from.get(), to.get()})
    prefer_large_pages(memory, values.size() * sizeof(Prefixed));
  parts.each([&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      from[i] = {static_cast<std::uint32_t>((key_of(values[i]) - range.lowest) >> shift),
                 static_cast<std::uint32_t>(i) << 1 | (!marks.empty() && marks[i] != 0)};
  });
  const Prefixed* sorted = from.get();
  if (values.size() < few_rows)
    std::stable_sort(from.get(), from.get() + values.size(), [](auto& a, auto& b) { return a.key < b.key; });
  else
    sorted = radix_sorted(from.get(), to.get(), parts);
  (sorted == from.get() ? to : from).reset();
  std::vector<PlacedRow> result = many_values<PlacedRow>(values.size());
  place_all(sorted, parts, values, shift == 0, result);
  return result;
}

}  // namespace modelgate
