#include "runners/torch/output_values.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>

#include "runners/torch/json_text.h"

namespace modelgate {
namespace {

template <typename Element>
double read(const std::byte* at) {
  Element value;
  std::memcpy(&value, at, sizeof value);
  return static_cast<double>(value);
}

// bfloat16 is the upper half of a float32.
double read_bfloat16(const std::byte* at) {
  std::uint16_t bits;
  std::memcpy(&bits, at, sizeof bits);
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

// IEEE 754 binary16: a sign bit, 5 bits of exponent, 10 of fraction.
double read_float16(const std::byte* at) {
  std::uint16_t bits;
  std::memcpy(&bits, at, sizeof bits);
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double size;
  if (exponent == 31)
    size = fraction == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  else if (exponent == 0)
    size = std::ldexp(fraction, -24);
  else
    size = std::ldexp(1024 + fraction, exponent - 25);
  return (bits & 0x8000) != 0 ? -size : size;
}

using Reader = double (*)(const std::byte*);

Reader reader_of(const std::string& dtype) {
  static const std::map<std::string, Reader> readers = {
      {"F64", read<double>},        {"F32", read<float>},         {"F16", read_float16},
      {"BF16", read_bfloat16},      {"I64", read<std::int64_t>},  {"I32", read<std::int32_t>},
      {"I16", read<std::int16_t>},  {"I8", read<std::int8_t>},    {"U64", read<std::uint64_t>},
      {"U32", read<std::uint32_t>}, {"U16", read<std::uint16_t>}, {"U8", read<std::uint8_t>},
      {"BOOL", read<std::uint8_t>}};
  return readers.at(dtype);
}

}  // namespace

OutputValues::OutputValues(const Tensor& tensor)
    : start_(tensor.bytes.data()),
      rows_(tensor.shape.empty() ? 0 : tensor.shape[0]),
      columns_(rows_ == 0 ? 0 : tensor.elements() / rows_),
      width_(dtype_bytes(tensor.dtype)),
      read_(reader_of(tensor.dtype)),
      dtype_(tensor.dtype) {}

double OutputValues::at(std::int64_t row, std::int64_t column) const {
  return read_(start_ + static_cast<std::size_t>(row * columns_ + column) * width_);
}

bool OutputValues::is_floating() const { return dtype_.starts_with("F") || dtype_ == "BF16"; }

double OutputValues::sum_tolerance() const { return dtype_ == "F16" || dtype_ == "BF16" ? 0.02 : 1e-4; }

std::string OutputValues::json(double value) const {
  return dtype_ == "F64" ? json_number(value) : json_number(static_cast<float>(value));
}

}  // namespace modelgate
