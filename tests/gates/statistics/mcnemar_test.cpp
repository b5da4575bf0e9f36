#include "gates/statistics/mcnemar.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace modelgate {
namespace {

// Fagerland, Lydersen & Laake 2013: airway hyper-responsiveness, and complete blood counts.
TEST(McnemarTest, gives_the_published_p_values_of_two_tables) {
  const McnemarTest airways = mcnemar(6, 16);
  EXPECT_NEAR(airways.exact, 0.052479, 5e-7);
  EXPECT_NEAR(airways.mid_p, 0.034690, 5e-7);
  EXPECT_NEAR(airways.asymptotic, 0.033006, 5e-7);
  EXPECT_NEAR(airways.corrected, 0.055009, 5e-7);

  const McnemarTest blood = mcnemar(1, 7);
  EXPECT_DOUBLE_EQ(blood.exact, 0.0703125);
  EXPECT_DOUBLE_EQ(blood.mid_p, 0.0390625);
}

TEST(McnemarTest, gives_the_published_statistics_of_a_large_table) {
  const McnemarTest test = mcnemar(121, 59);
  EXPECT_NEAR(test.statistic, 21.3555556, 5e-8);
  EXPECT_NEAR(test.corrected_statistic, 20.6722222, 5e-8);
  EXPECT_NEAR(test.corrected, 5.4500948e-6, 5e-14);
  EXPECT_NEAR(test.exact, 4.43444926e-6, 5e-15);
}

TEST(McnemarTest, is_the_same_for_the_mirrored_table) {
  EXPECT_EQ(mcnemar(3, 11).mid_p, mcnemar(11, 3).mid_p);
  EXPECT_EQ(mcnemar(3, 11).exact, mcnemar(11, 3).exact);
  EXPECT_EQ(mcnemar(3, 11).corrected, mcnemar(11, 3).corrected);
}

TEST(McnemarTest, finds_nothing_without_discordant_pairs_or_with_equal_ones) {
  EXPECT_EQ(mcnemar(0, 0).exact, 1);
  EXPECT_EQ(mcnemar(0, 0).mid_p, 1);
  EXPECT_EQ(mcnemar(0, 0).asymptotic, 1);
  EXPECT_EQ(mcnemar(4, 4).exact, 1);
  EXPECT_DOUBLE_EQ(mcnemar(4, 4).mid_p, 1 - 70.0 / 256 / 2);
  EXPECT_EQ(mcnemar(4, 4).corrected, 1);
}

TEST(McnemarTest, needs_six_discordant_pairs_for_the_exact_test) {
  EXPECT_GT(mcnemar(0, 5).exact, 0.05);
  EXPECT_LE(mcnemar(0, 6).exact, 0.05);
}

TEST(McnemarTest, refuses_negative_counts) { EXPECT_THROW(mcnemar(-1, 3), std::invalid_argument); }

}  // namespace
}  // namespace modelgate
