#include "reporters/wording/numbers.h"

#include <gtest/gtest.h>

#include <clocale>
#include <limits>

#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Counts, are_grouped_by_thousands) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1203), "1,203");
  EXPECT_EQ(count_text(-1234567), "−1,234,567");
  EXPECT_EQ(counted(1, "check", "checks"), "1 check");
  EXPECT_EQ(counted(10000, "test", "tests"), "10,000 tests");
}

TEST(Times, stand_in_the_unit_that_reads_best) {
  EXPECT_EQ(quantity_text(1.234e-3, "s"), "1.23 ms");
  EXPECT_EQ(quantity_text(16.18e-6, "s"), "16.2 µs");
  EXPECT_EQ(quantity_text(123.4e-9, "s"), "123 ns");
  EXPECT_EQ(quantity_text(1, "s"), "1.00 s");
  EXPECT_EQ(quantity_text(61.25, "s"), "61.2 s");
  EXPECT_EQ(quantity_text(12345, "s"), "12,345 s");
  EXPECT_EQ(quantity_text(0, "s"), "0 ns");
  EXPECT_EQ(quantity_text(-2e-3, "s"), "−2.00 ms");
  EXPECT_EQ(quantity_text(0.25e-9, "s"), "0.25 ns");
}

TEST(Times, that_round_up_to_the_next_unit_are_written_in_it) {
  EXPECT_EQ(quantity_text(999.4e-6, "s"), "999 µs");
  EXPECT_EQ(quantity_text(999.6e-6, "s"), "1.00 ms");
  EXPECT_EQ(quantity_text(0.9996, "s"), "1.00 s");
}

TEST(Quantities, follow_their_unit) {
  EXPECT_EQ(quantity_text(61700, "1/s"), "61,700/s");
  EXPECT_EQ(quantity_text(12.345, "1/s"), "12.3/s");
  EXPECT_EQ(quantity_text(2.5e6, "1/s"), "2.50 M/s");
  EXPECT_EQ(quantity_text(3.21e9, "1/s"), "3.21 G/s");
  EXPECT_EQ(quantity_text(1536, "bytes"), "1.50 KiB");
  EXPECT_EQ(quantity_text(512, "bytes"), "512 B");
  EXPECT_EQ(quantity_text(5e9, "bytes"), "4.66 GiB");
  EXPECT_EQ(quantity_text(95.34, "percent"), "95.3 %");
  EXPECT_EQ(quantity_text(0.9534, "fraction"), "95.3 %");
  EXPECT_EQ(quantity_text(0.12345, ""), "0.1235");
  EXPECT_EQ(quantity_text(3.5, "words"), "3.5 words");
  EXPECT_EQ(quantity_text(1234567, ""), "1,234,567");
  EXPECT_EQ(quantity_text(1.5e-7, ""), "1.500e-07");
  EXPECT_EQ(quantity_text(-0.0, ""), "0");
}

TEST(Quantities, that_are_not_all_are_not_written_as_100_percent) {
  EXPECT_EQ(quantity_text(0.9996, "fraction"), "99.96 %");
  EXPECT_EQ(quantity_text(0.99996, "fraction"), "99.996 %");
  EXPECT_EQ(quantity_text(1, "fraction"), "100.0 %");
}

TEST(Quantities, that_are_no_numbers_say_so) {
  EXPECT_EQ(quantity_text(infinity, "s"), "+∞");
  EXPECT_EQ(quantity_text(-infinity, "percent"), "−∞");
  EXPECT_EQ(quantity_text(std::numeric_limits<double>::quiet_NaN(), "s"), "NaN");
  EXPECT_EQ(quantity_text(std::numeric_limits<double>::max(), ""), "1.798e+308");
  EXPECT_EQ(quantity_text(std::numeric_limits<double>::denorm_min(), ""), "4.941e-324");
}

TEST(Levels, have_no_digits_too_many) {
  EXPECT_EQ(level_text(0.95), "95 %");
  EXPECT_EQ(level_text(0.975), "97.5 %");
}

TEST(Values, of_a_metric_whose_change_is_in_points_are_percentages) {
  EXPECT_EQ(values_text(accuracy()), "95.3 % → 94.9 %");
  EXPECT_EQ(values_text(slowdown()), "1.20 ms → 1.50 ms");
}

TEST(Values, that_differ_are_written_with_the_digits_that_tell_them_apart) {
  Check check = check_of("regression", "output", Status::pass);
  check.baseline = 4.18273449;
  check.candidate = 4.18273592;
  EXPECT_EQ(values_text(check), "4.18273 → 4.18274");
  check.candidate = check.baseline;
  EXPECT_EQ(values_text(check), "4.183 → 4.183");
}

TEST(Values, without_a_baseline_are_the_candidates_alone) {
  Check check = slowdown();
  check.baseline.reset();
  EXPECT_EQ(values_text(check), "1.50 ms");
  check.candidate.reset();
  EXPECT_EQ(values_text(check), "");
  check.baseline = 1.2e-3;
  EXPECT_EQ(values_text(check), "1.20 ms →");
}

TEST(Changes, carry_their_sign_and_their_bounds) {
  EXPECT_EQ(change_text(slowdown()), "+25.0 %");
  EXPECT_EQ(bounds_text(slowdown()), "(+23.5 … +26.5)");
  EXPECT_EQ(change_text(accuracy()), "−0.4 pp");
  EXPECT_EQ(bounds_text(accuracy()), "(−0.9 … +0.1)");
  EXPECT_EQ(change_text(check_of("unit", "A.B", Status::pass)), "");
}

TEST(Changes, that_are_all_small_show_more_digits) {
  Check check = accuracy();
  check.effect = Effect{-0.042, -0.061, -0.002, 0.95, "points"};
  check.margin = 0.05;
  EXPECT_EQ(change_text(check), "−0.042 pp");
  EXPECT_EQ(bounds_text(check), "(−0.061 … −0.002)");
}

TEST(Changes, of_nothing_have_no_sign) {
  Check check = slowdown();
  check.effect->estimate = -0.01;
  EXPECT_EQ(change_text(check), "0.0 %");
}

TEST(Changes, in_a_metrics_own_unit_show_three_digits_of_the_largest) {
  Check check = check_of("quality", "perplexity", Status::pass);
  check.effect = Effect{0.0123, -0.002, 0.0457, 0.95, ""};
  check.margin = 0.05;
  EXPECT_EQ(change_text(check), "+0.0123");
  EXPECT_EQ(bounds_text(check), "(−0.0020 … +0.0457)");
}

TEST(Bounds, that_are_missing_are_infinite) {
  Check check = slowdown();
  check.effect->lower.reset();
  EXPECT_EQ(bounds_text(check), "(−∞ … +26.5)");
  check.effect->upper.reset();
  EXPECT_EQ(bounds_text(check), "");
}

TEST(Margins, point_in_the_direction_of_a_worsening) {
  EXPECT_EQ(margin_text(slowdown()), "+10 %");
  EXPECT_EQ(margin_text(accuracy()), "−1 pp");
  Check check = accuracy();
  check.direction = Direction::none;
  check.margin = 0.5;
  EXPECT_EQ(margin_text(check), "±0.5 pp");
  check.margin = 0;
  EXPECT_EQ(margin_text(check), "0 pp");
}

TEST(Margins, stand_before_limits) {
  Check check = accuracy();
  check.limit = Limit{Limit::Kind::minimum, 0.85};
  EXPECT_EQ(margin_text(check), "−1 pp, min 85 %");
  Check time = slowdown();
  time.margin.reset();
  time.limit = Limit{Limit::Kind::maximum, 0.002};
  EXPECT_EQ(margin_text(time), "max 2 ms");
  EXPECT_EQ(margin_text(check_of("unit", "A.B", Status::pass)), "");
}

TEST(Numbers, are_the_same_in_every_locale) {
  for (const char* locale : {"de_DE.UTF-8", "tr_TR.UTF-8", "C.UTF-8"}) {
    std::setlocale(LC_ALL, locale);
    EXPECT_EQ(values_text(slowdown()), "1.20 ms → 1.50 ms");
    EXPECT_EQ(count_text(1203), "1,203");
  }
  std::setlocale(LC_ALL, "C");
}

}  // namespace
}  // namespace modelgate
