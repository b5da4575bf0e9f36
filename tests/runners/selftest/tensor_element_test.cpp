#include "runners/selftest/tensor_element.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <vector>

#include "schemas/formats/safetensors.h"

namespace modelgate {
namespace {

template <typename Bits>
std::vector<std::byte> element(Bits bits) {
  std::vector<std::byte> bytes(sizeof(Bits));
  std::memcpy(bytes.data(), &bits, sizeof bits);
  return bytes;
}

struct Given {
  std::string dtype;
  std::vector<std::byte> bytes;
  double value;
};

std::vector<Given> numbers() {
  return {{"F64", element(-2.5), -2.5},
          {"F64", element(0.0), 0},
          {"F32", element(1.5f), 1.5},
          {"F32", element(-0.0f), 0},
          {"F16", element(std::uint16_t{0x3c00}), 1},
          {"F16", element(std::uint16_t{0xc000}), -2},
          {"F16", element(std::uint16_t{0x0001}), std::ldexp(1, -24)},
          {"BF16", element(std::uint16_t{0x3f80}), 1},
          {"I64", element(std::int64_t{-7}), -7},
          {"I32", element(std::int32_t{2147483647}), 2147483647},
          {"I16", element(std::int16_t{-32768}), -32768},
          {"I8", element(std::int8_t{127}), 127},
          {"U64", element(std::uint64_t{0}), 0},
          {"U32", element(std::uint32_t{4294967295u}), 4294967295.0},
          {"U16", element(std::uint16_t{65535}), 65535},
          {"U8", element(std::uint8_t{200}), 200}};
}

double distance_after(const Given& given, double distance, Rounding rounding) {
  std::vector<std::byte> bytes = given.bytes;
  move_element(given.dtype, bytes, 0, distance, rounding);
  return std::abs(element_at(given.dtype, bytes, 0) - given.value);
}

TEST(TensorElement, reads_every_type) {
  for (const Given& given : numbers())
    EXPECT_EQ(element_at(given.dtype, given.bytes, 0), given.value) << given.dtype;
}

TEST(TensorElement, moves_by_at_least_the_distance_and_not_much_more) {
  for (const Given& given : numbers())
    for (const double distance : {1e-3, 0.4, 3.0}) {
      const double by = distance_after(given, distance, Rounding::at_least);
      EXPECT_GE(by, distance) << given.dtype;
      const double grain = given.dtype == "F16" ? 0x1p-8 : given.dtype == "BF16" ? 0x1p-5 : 1e-6;
      EXPECT_LE(by, is_floating(given.dtype) ? distance + grain : std::ceil(distance)) << given.dtype;
    }
}

TEST(TensorElement, moves_by_at_most_the_distance_and_not_much_less) {
  for (const Given& given : numbers())
    for (const double distance : {0.1, 0.4, 3.0}) {
      const double by = distance_after(given, distance, Rounding::at_most);
      EXPECT_LE(by, distance) << given.dtype;
      EXPECT_GE(by, is_floating(given.dtype) ? 0.9 * distance : std::floor(distance)) << given.dtype;
    }
}

TEST(TensorElement, at_least_nothing_is_the_smallest_change) {
  for (const Given& given : numbers())
    EXPECT_GT(distance_after(given, 0, Rounding::at_least), 0) << given.dtype;
  EXPECT_EQ(distance_after({"F64", element(1.0), 1}, 0, Rounding::at_least), std::nextafter(1.0, 2) - 1);
}

TEST(TensorElement, what_lies_beyond_the_type_is_its_most_distant_number) {
  EXPECT_EQ(distance_after({"F16", element(std::uint16_t{0}), 0}, 1e9, Rounding::at_least), 65504);
  EXPECT_EQ(distance_after({"I8", element(std::int8_t{-100}), -100}, 1e9, Rounding::at_least), 227);
  EXPECT_EQ(distance_after({"U8", element(std::uint8_t{200}), 200}, 1e9, Rounding::at_least), 200);
}

TEST(TensorElement, a_truth_value_turns_round) {
  EXPECT_EQ(distance_after({"BOOL", element(std::uint8_t{1}), 1}, 0, Rounding::at_least), 1);
  EXPECT_EQ(distance_after({"BOOL", element(std::uint8_t{0}), 0}, 500, Rounding::at_least), 1);
  EXPECT_EQ(distance_after({"BOOL", element(std::uint8_t{1}), 1}, 0, Rounding::at_most), 0);
}

TEST(TensorElement, makes_nan_of_floats_only) {
  for (const Given& given : numbers()) {
    std::vector<std::byte> bytes = given.bytes;
    make_nan(given.dtype, bytes, 0);
    EXPECT_EQ(std::isnan(element_at(given.dtype, bytes, 0)), is_floating(given.dtype)) << given.dtype;
  }
}

}  // namespace
}  // namespace modelgate
