#include "gates/metrics/probabilities.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(ProbabilitiesTest, log_loss_of_an_impossible_label_is_what_the_clipping_says) {
  EXPECT_DOUBLE_EQ(log_loss_term(0.25), std::log(4));
  EXPECT_DOUBLE_EQ(log_loss_term(0), -std::log(1e-15));
  EXPECT_NEAR(log_loss_term(1), 1e-15, 1e-16);
  EXPECT_EQ(log_loss_term(1, 0), 0);
  EXPECT_DOUBLE_EQ(log_loss_term(0, 0.01), -std::log(0.01));
}

TEST(ProbabilitiesTest, brier_of_two_classes_is_twice_that_of_one) {
  const std::vector<double> p{0.3, 0.7};
  EXPECT_DOUBLE_EQ(brier_term(p, 1), 2 * brier_term(0.7, true));
  EXPECT_EQ(brier_term(1, false), 1);
  EXPECT_EQ(brier_term(std::vector{1.0, 0.0}, 1), 2);
}

TEST(ProbabilitiesTest, a_score_that_many_classes_share_is_no_hit) {
  const std::vector<double> scores{0.5, 0.5, 0.5, 0.1};
  EXPECT_FALSE(is_among_top(scores, 0, 1));
  EXPECT_FALSE(is_among_top(scores, 2, 2));
  EXPECT_TRUE(is_among_top(scores, 1, 3));
  EXPECT_FALSE(is_among_top(scores, 3, 3));
  EXPECT_TRUE(is_among_top(scores, 3, 9));
  EXPECT_TRUE(is_among_top(std::vector{-1.0}, 0, 1));
}

TEST(ProbabilitiesTest, bins_are_open_below_and_closed_above) {
  for (const std::size_t bins : {1u, 3u, 10u, 15u, 49u, 100u}) {
    const auto count = static_cast<double>(bins);
    for (std::size_t b = 1; b <= bins; ++b) {
      const double edge = static_cast<double>(b) / count;
      EXPECT_EQ(calibration_bin(edge, bins), b - 1) << b << " of " << bins;
      if (b < bins) {
        EXPECT_EQ(calibration_bin(std::nextafter(edge, 2), bins), b) << b << " of " << bins;
      }
    }
    EXPECT_EQ(calibration_bin(0, bins), 0u);
    EXPECT_EQ(calibration_bin(1e-300, bins), 0u);
  }
}

// Two bins: confidences .2 and .4, one right; .8 three times, two right.
TEST(ProbabilitiesTest, calibration_error_is_right_by_hand) {
  Calibration calibration(2);
  calibration.add(0.2, true);
  calibration.add(0.4, false);
  for (const bool right : {true, true, false}) calibration.add(0.8, right);
  EXPECT_DOUBLE_EQ(calibration.bins()[0].gap(), 0.2);
  EXPECT_DOUBLE_EQ(calibration.bins()[1].gap(), 0.8 - 2 / 3.0);
  EXPECT_DOUBLE_EQ(calibration.expected_error(), (2 * 0.2 + 3 * (0.8 - 2 / 3.0)) / 5);
  EXPECT_DOUBLE_EQ(calibration.maximum_error(), 0.2);
}

TEST(ProbabilitiesTest, calibration_depends_on_neither_order_nor_parts) {
  RandomStream random(2, 0);
  std::vector<double> confidence;
  std::vector<std::uint8_t> right;
  for (int i = 0; i < 3'000; ++i) {
    confidence.push_back(i % 3 == 0 ? std::round(random.unit() * 10) / 10 : random.unit());
    right.push_back(random.unit() < confidence.back());
  }
  const std::vector<double> reversed(confidence.rbegin(), confidence.rend());
  const std::vector<std::uint8_t> right_reversed(right.rbegin(), right.rend());
  Calibration whole(15), backwards(15), merged(15);
  std::vector<Calibration> parts(4, Calibration(15));
  for (std::size_t i = 0; i < right.size(); ++i) {
    whole.add(confidence[i], right[i] != 0);
    backwards.add(reversed[i], right_reversed[i] != 0);
    parts[i % 4].add(confidence[i], right[i] != 0);
  }
  for (const Calibration& part : parts) merged.merge(part);
  EXPECT_EQ(whole.expected_error(), backwards.expected_error());
  EXPECT_EQ(whole.expected_error(), merged.expected_error());
  EXPECT_EQ(whole.maximum_error(), merged.maximum_error());
  const Calibration mass = Calibration::by_rank(confidence, right, 15),
                    mass_backwards = Calibration::by_rank(reversed, right_reversed, 15, 2);
  EXPECT_EQ(mass.expected_error(), mass_backwards.expected_error());
  EXPECT_EQ(mass.maximum_error(), mass_backwards.maximum_error());
}

TEST(ProbabilitiesTest, says_where_there_is_no_calibration) {
  EXPECT_TRUE(std::isnan(Calibration(15).expected_error()));
  EXPECT_TRUE(std::isnan(Calibration(15).maximum_error()));
  EXPECT_TRUE(std::isnan(Calibration(15).bins()[0].accuracy()));
  EXPECT_TRUE(std::isnan(Calibration::by_rank({}, {}, 3).expected_error()));
}

TEST(ProbabilitiesTest, refuses_what_is_no_probability) {
  for (const double p : {-0.01, 1.01, nan, std::numeric_limits<double>::infinity()}) {
    EXPECT_THROW(log_loss_term(p), std::invalid_argument);
    EXPECT_THROW(brier_term(p, true), std::invalid_argument);
    EXPECT_THROW(Calibration(15).add(p, true), std::invalid_argument);
    EXPECT_THROW(Calibration::by_rank(std::vector{p}, std::vector<std::uint8_t>{1}), std::invalid_argument);
  }
  const std::vector<double> scores{0.5, nan}, fine{0.5, 0.2};
  EXPECT_THROW(log_loss_term(0.5, 0.5), std::invalid_argument);
  EXPECT_THROW(log_loss_term(0.5, nan), std::invalid_argument);
  EXPECT_THROW(brier_term(fine, 2), std::invalid_argument);
  EXPECT_THROW(is_among_top(scores, 0, 1), std::invalid_argument);
  EXPECT_THROW(is_among_top(fine, 2, 1), std::invalid_argument);
  EXPECT_THROW(is_among_top(fine, 0, 0), std::invalid_argument);
  EXPECT_THROW(Calibration(0), std::invalid_argument);
  EXPECT_THROW(Calibration(3).merge(Calibration(4)), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
