#include "gates/regression/tensor_comparison.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace modelgate {
namespace {

template <typename T>
TensorComparison compared(const std::string& dtype, const std::vector<T>& golden,
                          const std::vector<T>& candidate,
                          std::optional<Tolerance> tolerance = std::nullopt) {
  return compare_tensors(dtype, std::as_bytes(std::span(golden)), std::as_bytes(std::span(candidate)),
                         tolerance ? *tolerance : *default_tolerance(dtype));
}

const float nan_f = std::numeric_limits<float>::quiet_NaN();
const float inf_f = std::numeric_limits<float>::infinity();

TEST(TensorComparisonTest, equal_tensors_are_within_tolerance) {
  const TensorComparison result = compared<float>("F32", {1, -2, 0, 3e30f}, {1, -2, 0, 3e30f});
  EXPECT_TRUE(result.within_tolerance());
  EXPECT_EQ(result.worst->absolute, 0);
}

TEST(TensorComparisonTest, nothing_compared_is_nothing_proven) {
  EXPECT_FALSE(compared<float>("F32", {}, {}).within_tolerance());
}

TEST(TensorComparisonTest, holds_the_bound_itself_and_refuses_the_next_number) {
  const double bound = 1 + 0.25 + 0.5;  // absolute 0.25 + relative 0.5 · |1|
  EXPECT_TRUE(compared<double>("F64", {1}, {bound}, Tolerance{0.5, 0.25}).within_tolerance());
  EXPECT_FALSE(
      compared<double>("F64", {1}, {std::nextafter(bound, 2)}, Tolerance{0.5, 0.25}).within_tolerance());
}

TEST(TensorComparisonTest, the_golden_value_sets_the_relative_tolerance) {
  EXPECT_TRUE(compared<double>("F64", {100}, {109}, Tolerance{0.1, 0}).within_tolerance());
  EXPECT_FALSE(compared<double>("F64", {109}, {120}, Tolerance{0.1, 0}).within_tolerance());
}

TEST(TensorComparisonTest, names_the_worst_element_with_its_errors) {
  const TensorComparison result =
      compared<float>("F32", {1, 2, 4, 8}, {1, 2.5f, 4.5f, 8}, Tolerance{1e-6, 0});
  EXPECT_EQ(result.beyond, 2);
  ASSERT_TRUE(result.worst);
  EXPECT_EQ(result.worst->index, 1);
  EXPECT_EQ(result.worst->golden, 2);
  EXPECT_EQ(result.worst->candidate, 2.5);
  EXPECT_EQ(result.worst->absolute, 0.5);
  EXPECT_EQ(result.worst->relative, 0.25);
  EXPECT_EQ(*result.worst->ulp, 1u << 21);  // half of the 2^22 floats between 2 and 3
}

TEST(TensorComparisonTest, counts_ulps_across_zero) {
  const float tiny = std::numeric_limits<float>::denorm_min();
  EXPECT_EQ(*compared<float>("F32", {-tiny}, {tiny}).worst->ulp, 2u);
  EXPECT_EQ(*compared<float>("F32", {-0.0f}, {0.0f}).worst->ulp, 0u);
  EXPECT_EQ(*compared<double>("F64", {-1}, {std::nextafter(-1.0, -2.0)}).worst->ulp, 1u);
}

TEST(TensorComparisonTest, nan_and_infinity_must_be_in_the_same_places) {
  EXPECT_TRUE(
      compared<float>("F32", {nan_f, inf_f, -inf_f, 1}, {nan_f, inf_f, -inf_f, 1}).within_tolerance());
  EXPECT_EQ(compared<float>("F32", {1, 2}, {1, nan_f}).not_finite, 1);
  EXPECT_EQ(compared<float>("F32", {1, 2}, {inf_f, 2}).first_not_finite->index, 0);
  EXPECT_EQ(compared<float>("F32", {nan_f}, {1}).misplaced, 1);
  EXPECT_EQ(compared<float>("F32", {nan_f}, {inf_f}).misplaced, 1);
  EXPECT_EQ(compared<float>("F32", {inf_f}, {-inf_f}).misplaced, 1);
  for (const float bad : {nan_f, inf_f, -inf_f})
    EXPECT_FALSE(compared<float>("F32", {1}, {bad}, Tolerance{1e9, 1e9}).within_tolerance());
}

TEST(TensorComparisonTest, a_tolerance_that_is_not_a_number_is_refused) {
  EXPECT_THROW(compared<float>("F32", {1}, {1}, Tolerance{std::nan(""), 0}), std::invalid_argument);
  EXPECT_THROW(compared<float>("F32", {1}, {1}, Tolerance{0, -1}), std::invalid_argument);
}

TEST(TensorComparisonTest, integers_must_be_equal_even_where_doubles_are) {
  const std::int64_t large = (std::int64_t{1} << 53) + 1;
  EXPECT_TRUE(compared<std::int64_t>("I64", {large}, {large}).within_tolerance());
  EXPECT_FALSE(compared<std::int64_t>("I64", {large}, {large - 1}).within_tolerance());
  EXPECT_FALSE(compared<std::uint8_t>("U8", {255}, {0}).within_tolerance());
  EXPECT_FALSE(compared<std::int8_t>("I8", {-128}, {127}).within_tolerance());
  EXPECT_FALSE(compared<std::uint8_t>("BOOL", {1}, {0}).within_tolerance());
}

TEST(TensorComparisonTest, reads_half_precision) {
  // 0x3c00 = 1, 0x3c01 = 1 + 2^-10, 0x0001 = 2^-24, 0x7c00 = infinity, 0x7e00 = NaN
  const TensorComparison result = compared<std::uint16_t>("F16", {0x3c00}, {0x3c01}, Tolerance{0, 0});
  EXPECT_EQ(result.worst->candidate, 1 + std::ldexp(1.0, -10));
  EXPECT_EQ(*result.worst->ulp, 1u);
  EXPECT_EQ(compared<std::uint16_t>("F16", {0x0001}, {0x0000}, Tolerance{0, 0}).worst->golden,
            std::ldexp(1.0, -24));
  EXPECT_EQ(compared<std::uint16_t>("F16", {0x3c00, 0x3c00}, {0x7c00, 0x7e00}).not_finite, 2);
  EXPECT_EQ(compared<std::uint16_t>("BF16", {0x3f80}, {0x3f81}, Tolerance{0, 0}).worst->candidate,
            1 + std::ldexp(1.0, -7));
}

TEST(TensorComparisonTest, finds_one_bad_element_among_a_million_wherever_it_is) {
  std::vector<float> golden(1 << 20, 1.0f);
  for (const std::size_t place :
       {std::size_t{0}, std::size_t{65535}, std::size_t{65536}, golden.size() - 1}) {
    std::vector<float> candidate = golden;
    candidate[place] = 1.001f;
    const TensorComparison result = compared<float>("F32", golden, candidate);
    EXPECT_EQ(result.beyond, 1);
    EXPECT_EQ(result.worst->index, static_cast<std::int64_t>(place));
  }
}

}  // namespace
}  // namespace modelgate
