#include "runners/selftest/tensor_element.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "schemas/formats/safetensors.h"

namespace modelgate {
namespace {

std::uint64_t bits_at(const std::string& dtype, std::span<const std::byte> bytes, std::size_t index) {
  const std::size_t size = dtype_bytes(dtype);
  std::uint64_t bits = 0;
  std::memcpy(&bits, bytes.data() + index * size, size);  // little-endian, as the file is
  return bits;
}

void put_bits(const std::string& dtype, std::span<std::byte> bytes, std::size_t index, std::uint64_t bits) {
  const std::size_t size = dtype_bytes(dtype);
  std::memcpy(bytes.data() + index * size, &bits, size);
}

double from_half(std::uint64_t bits) {
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  const int exponent = static_cast<int>((bits >> 10) & 31), fraction = static_cast<int>(bits & 0x3ff);
  if (exponent == 31) return fraction != 0 ? std::numeric_limits<double>::quiet_NaN() : sign * INFINITY;
  return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25));
}

unsigned width_of(const std::string& dtype) { return static_cast<unsigned>(8 * dtype_bytes(dtype)); }

bool is_signed(const std::string& dtype) { return dtype.front() == 'I'; }

double value_of(const std::string& dtype, std::uint64_t bits) {
  if (dtype == "F64") return std::bit_cast<double>(bits);
  if (dtype == "F32") return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
  if (dtype == "BF16") return std::bit_cast<float>(static_cast<std::uint32_t>(bits << 16));
  if (dtype == "F16") return from_half(bits);
  const unsigned unused = 64 - width_of(dtype);
  if (is_signed(dtype)) return static_cast<double>(static_cast<std::int64_t>(bits << unused) >> unused);
  return static_cast<double>(bits);
}

/// The bits of the largest finite number: below them lie all positive ones, in their order.
std::uint64_t largest_bits(const std::string& dtype) {
  if (dtype == "F64") return 0x7fefffffffffffffu;
  if (dtype == "F32") return 0x7f7fffffu;
  if (dtype == "BF16") return 0x7f7fu;
  if (dtype == "F16") return 0x7bffu;
  if (dtype == "BOOL") return 1;
  const std::uint64_t all = ~std::uint64_t{0} >> (64 - width_of(dtype));
  return is_signed(dtype) ? all >> 1 : all;
}

std::uint64_t moved_float(const std::string& dtype, std::uint64_t bits, double distance, Rounding rounding) {
  // Floats of one sign are ordered as their bits are, away from zero.
  const std::uint64_t sign = bits & (std::uint64_t{1} << (width_of(dtype) - 1));
  const double value = value_of(dtype, bits);
  const auto is_enough = [&](std::uint64_t magnitude) {
    const double by = std::abs(value_of(dtype, sign | magnitude) - value);
    return rounding == Rounding::at_least ? by >= distance : by > distance;
  };
  // To differ by at least nothing takes one step all the same.
  std::uint64_t low = bits ^ sign, high = largest_bits(dtype) + 1;  // not enough at low, enough at high
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (is_enough(middle) ? high : low) = middle;
  }
  return sign | (rounding == Rounding::at_least ? std::min(high, largest_bits(dtype)) : low);
}

std::uint64_t moved_whole(const std::string& dtype, std::uint64_t bits, double distance, Rounding rounding) {
  const std::uint64_t all = ~std::uint64_t{0} >> (64 - width_of(dtype)), top = largest_bits(dtype);
  // Shifted by its smallest number, a signed type is ordered as its bits are.
  const std::uint64_t shift = is_signed(dtype) ? top + 1 : 0, end = dtype == "BOOL" ? 1 : all;
  const std::uint64_t place = (bits + shift) & all, up = end - place, down = place;
  const double most = static_cast<double>(std::max(up, down));
  const double by =
      rounding == Rounding::at_least ? std::max(1.0, std::ceil(distance)) : std::floor(distance);
  const std::uint64_t steps = by < most ? static_cast<std::uint64_t>(by) : std::max(up, down);
  return ((steps <= up ? place + steps : place - std::min(steps, down)) - shift) & all;
}

}  // namespace

bool is_floating(const std::string& dtype) { return dtype.front() == 'F' || dtype == "BF16"; }

double element_at(const std::string& dtype, std::span<const std::byte> bytes, std::size_t index) {
  return value_of(dtype, bits_at(dtype, bytes, index));
}

void move_element(const std::string& dtype, std::span<std::byte> bytes, std::size_t index, double distance,
                  Rounding rounding) {
  const std::uint64_t bits = bits_at(dtype, bytes, index);
  put_bits(dtype, bytes, index,
           is_floating(dtype) ? moved_float(dtype, bits, distance, rounding)
                              : moved_whole(dtype, bits, distance, rounding));
}

void make_nan(const std::string& dtype, std::span<std::byte> bytes, std::size_t index) {
  if (dtype == "F64") put_bits(dtype, bytes, index, 0x7ff8000000000000u);
  if (dtype == "F32") put_bits(dtype, bytes, index, 0x7fc00000u);
  if (dtype == "BF16") put_bits(dtype, bytes, index, 0x7fc0u);
  if (dtype == "F16") put_bits(dtype, bytes, index, 0x7e00u);
}

}  // namespace modelgate
