// The exact sum of doubles.
//
// Method: the "small superaccumulator" of Neal (2015, "Fast exact summation using small and large
// superaccumulators", arXiv:1505.05571): a fixed-point number that spans the whole range of doubles, in
// chunks of 64 bits that overlap by half. A value is added as two integers to the two chunks its significand
// falls on; carries wait until 2,046 values have come. Chunk i counts 2^(32 i − 1075), so that chunk 0 holds
// the smallest subnormals and the last has room for 2^76 times the largest double.
//
// The sum is rounded once, when it is read: to the nearest double, ties to even. It is the number that
// Python's math.fsum gives, but it also adds up in parts, and in between goes beyond the largest double.
//
// Limits: 3 to 4 ns a value, several times the cost of a plain addition, and 560 bytes each.

#include "gates/statistics/exact_sum.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

constexpr std::int64_t digit_mask = 0xffffffff;
constexpr int exponent_of_first = -1075;

// Bits of special_.
constexpr std::int64_t plus_infinity = 1, minus_infinity = 2, not_a_number = 4;

constexpr int exponent_field(std::uint64_t bits) { return static_cast<int>(bits >> 52) & 0x7ff; }

/// Adds a finite value, given by its bits.
inline void add_finite(std::int64_t* chunks, std::uint64_t bits) {
  const int field = exponent_field(bits);
  const std::uint64_t hidden = static_cast<std::uint64_t>(field != 0) << 52;
  const std::uint64_t significand = (bits & 0xfffffffffffff) | hidden;
  const int exponent = field + (field == 0);  // subnormals have the exponent of the smallest normal numbers
  const int shift = exponent & 31;
  const std::int64_t sign = static_cast<std::int64_t>(bits) >> 63;
  const auto low = static_cast<std::int64_t>((significand << shift) & 0xffffffff);
  const auto high = static_cast<std::int64_t>(significand >> (32 - shift));
  std::int64_t* const chunk = chunks + (exponent >> 5);
  chunk[0] += (low ^ sign) - sign;
  chunk[1] += (high ^ sign) - sign;
}

}  // namespace

void ExactSum::note_special(double value) {
  special_ |= std::isnan(value) ? not_a_number : value > 0 ? plus_infinity : minus_infinity;
}

void ExactSum::add(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  if (exponent_field(bits) == 0x7ff) return note_special(value);
  add_finite(chunk_.data(), bits);
  if (--room_ == 0) carry();
}

void ExactSum::add(std::span<const double> values) {
  while (!values.empty()) {
    const std::size_t some = std::min(values.size(), static_cast<std::size_t>(room_));
    for (const double value : values.first(some)) {
      const auto bits = std::bit_cast<std::uint64_t>(value);
      if (exponent_field(bits) == 0x7ff)
        note_special(value);
      else
        add_finite(chunk_.data(), bits);
    }
    room_ -= static_cast<int>(some);
    if (room_ == 0) carry();
    values = values.subspan(some);
  }
}

void ExactSum::add_product(double a, double b) {
  const double product = a * b;
  add(product);
  if (std::isfinite(product)) add(std::fma(a, b, -product));
}

/// Leaves every chunk but the last in [0, 2^32).
void ExactSum::carry() {
  for (std::size_t i = 0; i + 1 < chunk_.size(); ++i) {
    chunk_[i + 1] += chunk_[i] >> 32;
    chunk_[i] &= digit_mask;
  }
  room_ = most_pending;
}

void ExactSum::merge(const ExactSum& other) {
  ExactSum carried = other;
  carried.carry();
  carry();
  for (std::size_t i = 0; i < chunk_.size(); ++i) chunk_[i] += carried.chunk_[i];
  carry();
  special_ |= other.special_;
}

double ExactSum::total() const {
  if (special_ != 0) {
    if (special_ == plus_infinity) return std::numeric_limits<double>::infinity();
    if (special_ == minus_infinity) return -std::numeric_limits<double>::infinity();
    return std::numeric_limits<double>::quiet_NaN();
  }
  ExactSum magnitude = *this;
  magnitude.carry();
  const bool negative = magnitude.chunk_.back() < 0;
  if (negative) {
    for (std::int64_t& chunk : magnitude.chunk_) chunk = -chunk;
    magnitude.carry();
  }
  // The last chunk may hold more than a digit; such a sum is infinite, whatever its digits.
  if (magnitude.chunk_.back() > digit_mask)
    return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  int top = chunks - 1;
  const auto digit = [&](int i) {
    return i < 0 ? std::uint64_t{0}
                 : static_cast<std::uint64_t>(magnitude.chunk_[static_cast<std::size_t>(i)]);
  };
  while (top >= 0 && digit(top) == 0) --top;
  if (top < 0) return 0;

  // The 64 highest bits; what lies below them only matters as more or less than half.
  std::uint64_t bits = digit(top) << 32 | digit(top - 1);
  const int shift = std::countl_zero(bits);
  const std::uint64_t next = digit(top - 2) << 32;
  bool below = false;
  if (shift > 0) {
    bits = bits << shift | next >> (64 - shift);
    below = (next << shift) != 0;
  } else {
    below = next != 0;
  }
  for (int i = top - 3; i >= 0 && !below; --i) below = digit(i) != 0;
  const double rounded = std::ldexp(static_cast<double>(bits | std::uint64_t{below}),
                                    32 * (top - 1) - shift + exponent_of_first);
  return negative ? -rounded : rounded;
}

ExactSum::State ExactSum::state() const {
  ExactSum carried = *this;
  carried.carry();
  State state{};
  std::copy(carried.chunk_.begin(), carried.chunk_.end(), state.begin());
  state.back() = special_;
  return state;
}

ExactSum ExactSum::from(const State& state) {
  ExactSum sum;
  std::copy(state.begin(), state.end() - 1, sum.chunk_.begin());
  sum.special_ = state.back();
  require(sum.special_ >= 0 && sum.special_ <= 7, "this is not the state of a sum");
  for (std::size_t i = 0; i + 1 < sum.chunk_.size(); ++i)
    require(sum.chunk_[i] >= 0 && sum.chunk_[i] <= digit_mask, "this is not the state of a sum");
  // Sums of states must not overflow either.
  require(std::abs(sum.chunk_.back() / 2) < std::int64_t{1} << 40, "this is not the state of a sum");
  return sum;
}

}  // namespace modelgate
