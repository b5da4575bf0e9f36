// Sorting rows by a value.
//
// Method: the bits of a double, with the sign turned, order as unsigned integers do; they are sorted by
// radix, 11 bits at a time from the lowest (Knuth, TAOCP 3, 5.2.5), six passes at most. A pass whose digits
// are all equal is skipped, so that scores with few digits or of a narrow range cost less. A pass is stable,
// hence the result is unique: each thread counts its own stretch of rows, and the counts say where its rows
// go.
//
// Limits: 16 bytes a row, twice. Below some hundred rows a comparison sort is faster, and is used.

#include "gates/statistics/value_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <thread>

#include "gates/statistics/input.h"
#include "gates/statistics/parallel.h"

namespace modelgate {

namespace {

constexpr int digit_bits = 11, passes = 6;
constexpr std::size_t digits = std::size_t{1} << digit_bits;
constexpr std::size_t few_rows = 300, rows_worth_a_thread = 50'000;

using Counts = std::array<std::uint32_t, digits>;

std::size_t digit(std::uint64_t key, int pass) {
  return static_cast<std::size_t>(key >> (pass * digit_bits)) & (digits - 1);
}

std::uint64_t key_of(double value) {
  // Adding 0 makes 0 of −0.
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
  return bits ^ (bits >> 63 != 0 ? ~std::uint64_t{0} : std::uint64_t{1} << 63);
}

/// Which rows a part of several has.
struct Parts {
  std::size_t rows, count;
  std::size_t begin(std::size_t part) const { return rows * part / count; }
};

class RadixSort {
 public:
  RadixSort(std::span<const double> values, std::span<const std::uint8_t> marks, int threads)
      : parts_{values.size(), parts_for(values.size(), threads)}, threads_(threads), sorted_(values.size()) {
    if (values.size() < few_rows) {
      fill(values, marks, sorted_.data());
      std::stable_sort(sorted_.begin(), sorted_.end(), [](auto& a, auto& b) { return a.key < b.key; });
      return;
    }
    count_all(values);
    std::vector<int> needed;
    for (int pass = 0; pass < passes; ++pass)
      if (!all_equal(pass, values.front())) needed.push_back(pass);
    const auto other = std::make_unique_for_overwrite<PlacedRow[]>(values.size());
    PlacedRow *from = sorted_.data(), *to = other.get();
    if (needed.size() % 2 == 1) std::swap(from, to);
    fill(values, marks, from);
    for (const int pass : needed) {
      scatter(from, to, pass);
      std::swap(from, to);
    }
  }

  std::vector<PlacedRow> take() { return std::move(sorted_); }

 private:
  static std::size_t parts_for(std::size_t rows, int threads) {
    const auto most = static_cast<std::size_t>(threads > 0 ? threads : std::thread::hardware_concurrency());
    return std::clamp<std::size_t>(rows / rows_worth_a_thread, 1, std::max<std::size_t>(1, most));
  }

  template <typename Body>
  void each_part(const Body& body) {
    if (parts_.count == 1) return body(0);
    in_parallel(threads_, parts_.count, [&](std::size_t first, std::size_t last) {
      for (std::size_t part = first; part < last; ++part) body(part);
    });
  }

  void fill(std::span<const double> values, std::span<const std::uint8_t> marks, PlacedRow* rows) {
    each_part([&](std::size_t part) {
      for (std::size_t i = parts_.begin(part); i < parts_.begin(part + 1); ++i)
        rows[i] = {key_of(values[i]), static_cast<std::uint32_t>(i), marks.empty() ? 0u : marks[i]};
    });
  }

  void count_all(std::span<const double> values) {
    std::vector<std::array<Counts, passes>> by_part(parts_.count);
    each_part([&](std::size_t part) {
      for (Counts& counts : by_part[part]) counts.fill(0);
      for (std::size_t i = parts_.begin(part); i < parts_.begin(part + 1); ++i) {
        const std::uint64_t key = key_of(values[i]);
        for (int pass = 0; pass < passes; ++pass)
          ++by_part[part][static_cast<std::size_t>(pass)][digit(key, pass)];
      }
    });
    counts_ = by_part.front();
    for (std::size_t part = 1; part < by_part.size(); ++part)
      for (std::size_t pass = 0; pass < passes; ++pass)
        for (std::size_t d = 0; d < digits; ++d) counts_[pass][d] += by_part[part][pass][d];
  }

  bool all_equal(int pass, double value) const {
    return counts_[static_cast<std::size_t>(pass)][digit(key_of(value), pass)] == sorted_.size();
  }

  void scatter(const PlacedRow* from, PlacedRow* to, int pass) {
    std::vector<Counts> places(parts_.count);
    if (parts_.count == 1) {
      places[0] = counts_[static_cast<std::size_t>(pass)];
    } else {
      each_part([&](std::size_t part) {
        places[part].fill(0);
        for (std::size_t i = parts_.begin(part); i < parts_.begin(part + 1); ++i)
          ++places[part][digit(from[i].key, pass)];
      });
    }
    std::uint32_t place = 0;
    for (std::size_t d = 0; d < digits; ++d)
      for (Counts& part : places) {
        const std::uint32_t rows = part[d];
        part[d] = place;
        place += rows;
      }
    each_part([&](std::size_t part) {
      Counts& next = places[part];
      for (std::size_t i = parts_.begin(part); i < parts_.begin(part + 1); ++i)
        to[next[digit(from[i].key, pass)]++] = from[i];
    });
  }

  Parts parts_;
  int threads_;
  std::vector<PlacedRow> sorted_;
  std::array<Counts, passes> counts_{};
};

}  // namespace

std::vector<PlacedRow> rising_order(std::span<const double> values, std::span<const std::uint8_t> marks,
                                    int threads) {
  require(threads >= 0, "the number of threads is negative");
  require(marks.empty() || marks.size() == values.size(), "there is not one mark for each value");
  require(values.size() < std::size_t{1} << 31, "there are too many values");
  require_values(values, 0);
  if (values.empty()) return {};
  return std::make_unique<RadixSort>(values, marks, threads)->take();
}

}  // namespace modelgate
