#include <gtest/gtest.h>

#include "runners/selftest/losses.h"
#include "runners/selftest/plant_tensors.h"
#include "runners/selftest/scaled_samples.h"

namespace modelgate {
namespace {

TEST(Planting, a_time_grows_and_a_rate_falls) {
  EXPECT_DOUBLE_EQ(planted_ratio(Level::none, 0.1, false), 1);
  EXPECT_DOUBLE_EQ(planted_ratio(Level::half, 0.1, false), 1.05);
  EXPECT_DOUBLE_EQ(planted_ratio(Level::twice, 0.1, false), 1.2);
  EXPECT_DOUBLE_EQ(planted_ratio(Level::gross, 0.1, false), 4);
  EXPECT_DOUBLE_EQ(planted_ratio(Level::gross, 10, false), 4);
  EXPECT_DOUBLE_EQ(planted_ratio(Level::half, 0.1, true), 0.95);
  EXPECT_DOUBLE_EQ(planted_ratio(Level::twice, 0.1, true), 0.8);
  EXPECT_DOUBLE_EQ(planted_ratio(Level::gross, 0.1, true), 0.25);
}

TEST(Planting, a_rate_never_falls_to_nothing) {
  EXPECT_DOUBLE_EQ(planted_ratio(Level::twice, 0.5, true), 0.25);
  EXPECT_GT(planted_ratio(Level::twice, 0.75, true), 0);
  EXPECT_LT(planted_ratio(Level::twice, 0.75, true), 0.25);
}

TEST(Planting, twice_no_margin_is_something_all_the_same) {
  EXPECT_DOUBLE_EQ(planted_ratio(Level::half, 0, false), 1);
  EXPECT_GT(planted_ratio(Level::twice, 0, false), 1);
  EXPECT_LT(planted_ratio(Level::twice, 0, true), 1);
}

TEST(Planting, tolerances_are_read_from_the_gates_words) {
  const auto said = tolerance_in("|a − b| ≤ 1e-05 + 1.3e-06·|b| for each element");
  ASSERT_TRUE(said.has_value());
  EXPECT_DOUBLE_EQ(said->absolute, 1e-5);
  EXPECT_DOUBLE_EQ(said->relative, 1.3e-6);
  for (const char* other : {"", "equality", "|a − b| ≤ little", "|a − b| ≤ 1 + much", "|a − b| ≤ 1 + 2 |b|"})
    EXPECT_FALSE(tolerance_in(other).has_value()) << other;
}

TEST(Planting, the_first_number_of_a_key_is_replaced) {
  EXPECT_EQ(with_number_replaced(R"({"name": "1", "values": [ -1.5e-3, 2]})", "values", "NaN"),
            R"({"name": "1", "values": [ NaN, 2]})");
  EXPECT_EQ(with_number_replaced(R"({"version": 1})", "version", "null"), R"({"version": null})");
  EXPECT_EQ(with_number_replaced(R"({"version": 1})", "values", "null"), R"({"version": 1})");
  EXPECT_EQ(with_number_replaced(R"({"values": [)", "values", "null"), R"({"values": [)");
}

}  // namespace
}  // namespace modelgate
