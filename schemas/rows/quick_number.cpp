// Numbers of few digits, quickly.
//
// Up to 19 digits make a whole number m without rounding. If m is below 2^53 and the power of ten at most 22,
// both are exact doubles, and their product or quotient is rounded once, as it should be (Clinger 1990, How
// to read floating point numbers accurately). Anything else is left to std::from_chars.

#include "schemas/rows/quick_number.h"

#include <array>
#include <charconv>
#include <cmath>

namespace modelgate {
namespace {

constexpr std::array<double, 23> powers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                           1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                           1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

/// As the grammar of JSON has it: behind the number, or null.
const char* end_of_number(const char* at, const char* end) {
  const auto digits = [&] {
    const char* const begin = at;
    while (at < end && is_digit(*at)) ++at;
    return at > begin;
  };
  if (at < end && *at == '-') ++at;
  if (at < end && *at == '0')
    ++at;
  else if (!digits())
    return nullptr;
  if (at < end && *at == '.') {
    ++at;
    if (!digits()) return nullptr;
  }
  if (at < end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at < end && (*at == '+' || *at == '-')) ++at;
    if (!digits()) return nullptr;
  }
  return at;
}

bool read_exactly(const char*& at, const char* end, double& value) {
  const char* const behind = end_of_number(at, end);
  if (behind == nullptr) return false;
  const auto [stop, failure] = std::from_chars(at, behind, value);
  if (failure == std::errc::result_out_of_range) {
    // Too large, which is no number, or too small, which is zero: a wider type tells.
    long double wide = 0;
    if (std::from_chars(at, behind, wide).ec != std::errc()) return false;
    value = static_cast<double>(wide);
  } else if (failure != std::errc() || stop != behind) {
    return false;
  }
  at = behind;
  return std::isfinite(value);
}

}  // namespace

bool read_number(const char*& at, const char* end, double& value) {
  const char* here = at;
  const bool negative = here < end && *here == '-';
  if (negative) ++here;
  const char* const begin = here;
  std::uint64_t digits = 0;
  while (here < end && is_digit(*here)) digits = digits * 10 + static_cast<std::uint64_t>(*here++ - '0');
  const auto whole = here - begin;
  if (whole == 0 || (whole > 1 && *begin == '0')) return read_exactly(at, end, value);
  std::ptrdiff_t fraction = 0;
  if (here < end && *here == '.') {
    const char* const point = ++here;
    while (here < end && is_digit(*here)) digits = digits * 10 + static_cast<std::uint64_t>(*here++ - '0');
    fraction = here - point;
    if (fraction == 0) return false;
  }
  constexpr std::uint64_t exact = std::uint64_t{1} << 53;
  if (whole + fraction > 19 || digits > exact || fraction > 22 ||
      (here < end && (*here == 'e' || *here == 'E')))
    return read_exactly(at, end, value);
  const auto mantissa = static_cast<double>(digits);
  const double size = fraction == 0 ? mantissa : mantissa / powers[static_cast<std::size_t>(fraction)];
  value = negative ? -size : size;
  at = here;
  return true;
}

bool read_whole(const char*& at, const char* end, std::uint64_t& value) {
  const char* here = at;
  std::uint64_t digits = 0;
  while (here < end && is_digit(*here)) {
    if (here - at == 18) return false;
    digits = digits * 10 + static_cast<std::uint64_t>(*here++ - '0');
  }
  if (here == at || (*at == '0' && here - at > 1)) return false;
  value = digits;
  at = here;
  return true;
}

}  // namespace modelgate
