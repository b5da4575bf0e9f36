#include "schemas/rows/array_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace modelgate {
namespace {

template <typename T>
std::uint64_t loaded(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

std::uint64_t byte_swapped(std::uint64_t bits, std::size_t bytes) {
  return __builtin_bswap64(bits) >> (64 - 8 * bytes);
}

/// IEEE 754 binary16.
double half(std::uint64_t bits) {
  const auto exponent = static_cast<int>(bits >> 10 & 0x1f);
  const auto fraction = static_cast<double>(bits & 0x3ff);
  double size = 0;
  if (exponent == 0)
    size = std::ldexp(fraction, -24);
  else if (exponent == 31)
    size = fraction == 0 ? INFINITY : NAN;
  else
    size = std::ldexp(fraction + 1024, exponent - 25);
  return (bits & 0x8000) != 0 ? -size : size;
}

float single(std::uint64_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits)); }

/// Appends a character in UTF-8. False if there is none of that number.
bool append_character(std::uint32_t code, std::string& text) {
  const auto byte = [&](std::uint32_t bits) { text += static_cast<char>(bits); };
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xc0 | code >> 6);
    byte(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    byte(0xe0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  } else {
    byte(0xf0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3f));
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  }
  return true;
}

/// JSON tells 1 and 1.0 apart.
std::string decimal(std::string digits) {
  return digits.find_first_of(".en") == std::string::npos ? digits + ".0" : digits;
}

}  // namespace

ArrayCells::ArrayCells(const ArrayView& array, std::size_t column)
    : type_(array.type),
      element_bytes_(array.element_bytes),
      stride_(static_cast<std::size_t>(array.strides.front())),
      rows_(static_cast<std::size_t>(array.shape.front())),
      swapped_(array.big_endian != (std::endian::native == std::endian::big)),
      first_(array.bytes.data()) {
  if (array.strides.size() > 1) first_ += column * static_cast<std::size_t>(array.strides[1]);
}

std::uint64_t ArrayCells::bits(std::size_t row) const {
  std::uint64_t bits = 0;
  switch (element_bytes_) {
    case 1:
      return loaded<std::uint8_t>(at(row));
    case 2:
      bits = loaded<std::uint16_t>(at(row));
      break;
    case 4:
      bits = loaded<std::uint32_t>(at(row));
      break;
    default:
      bits = loaded<std::uint64_t>(at(row));
  }
  return swapped_ ? byte_swapped(bits, element_bytes_) : bits;
}

double ArrayCells::number(std::size_t row) const {
  const std::uint64_t value = bits(row);
  switch (type_) {
    case ElementType::whole: {
      const auto unused = static_cast<int>(64 - 8 * element_bytes_);
      return static_cast<double>(static_cast<std::int64_t>(value << unused) >> unused);
    }
    case ElementType::natural:
      return static_cast<double>(value);
    case ElementType::boolean:
      return value != 0 ? 1 : 0;
    case ElementType::brain_floating:
      return single(value << 16);
    case ElementType::floating:
      return element_bytes_ == 8   ? std::bit_cast<double>(value)
             : element_bytes_ == 4 ? static_cast<double>(single(value))
                                   : half(value);
    default:
      return NAN;
  }
}

std::optional<std::int64_t> ArrayCells::whole(std::size_t row) const {
  const std::uint64_t value = bits(row);
  const auto unused = static_cast<int>(64 - 8 * element_bytes_);
  if (type_ == ElementType::whole) return static_cast<std::int64_t>(value << unused) >> unused;
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

bool ArrayCells::characters(std::size_t row, std::string& text) const {
  const std::size_t most = element_bytes_ / 4;
  std::size_t count = most;
  const auto code = [&](std::size_t i) {
    const auto bits = static_cast<std::uint32_t>(loaded<std::uint32_t>(at(row) + 4 * i));
    return swapped_ ? __builtin_bswap32(bits) : bits;
  };
  while (count > 0 && code(count - 1) == 0) --count;
  for (std::size_t i = 0; i < count; ++i)
    if (!append_character(code(i), text)) return false;
  return true;
}

bool ArrayCells::text(std::size_t row, std::string& text) const {
  text.clear();
  switch (type_) {
    case ElementType::bytes:
      text.assign(reinterpret_cast<const char*>(at(row)), element_bytes_);
      text.erase(std::min(text.find_last_not_of('\0') + 1, text.size()));
      return true;
    case ElementType::characters:
      return characters(row, text);
    case ElementType::whole:
      text = fmt::format_int(*whole(row)).str();
      return true;
    case ElementType::natural:
      text = fmt::format_int(bits(row)).str();
      return true;
    case ElementType::boolean:
      text = bits(row) != 0 ? "true" : "false";
      return true;
    default: {
      const double value = number(row);
      if (!std::isfinite(value)) return false;
      // The shortest that tells it from others of its size.
      text = decimal(element_bytes_ == 8 ? fmt::format("{}", value)
                                         : fmt::format("{}", static_cast<float>(value)));
      return true;
    }
  }
}

}  // namespace modelgate
