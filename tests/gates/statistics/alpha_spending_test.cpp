#include "gates/statistics/alpha_spending.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace modelgate {
namespace {

using Looks = std::vector<std::int64_t>;

TEST(AlphaSpendingTest, obrien_fleming_spends_what_lan_and_demets_tabulate) {
  // Lan & DeMets 1983, two-sided 0.05 at five equal looks.
  EXPECT_NEAR(alpha_spent(Spending::obrien_fleming, 0.05, 0.2), 0.00001, 5e-6);
  EXPECT_NEAR(alpha_spent(Spending::obrien_fleming, 0.05, 0.4), 0.0019, 5e-5);
  EXPECT_NEAR(alpha_spent(Spending::obrien_fleming, 0.05, 0.6), 0.0114, 5e-5);
  EXPECT_NEAR(alpha_spent(Spending::obrien_fleming, 0.05, 0.8), 0.0284, 5e-5);
  EXPECT_NEAR(alpha_spent(Spending::obrien_fleming, 0.05, 1), 0.05, 1e-12);
}

TEST(AlphaSpendingTest, pocock_spends_early_and_in_proportion_to_alpha) {
  EXPECT_NEAR(alpha_spent(Spending::pocock, 0.05, 0.2), 0.0148, 5e-5);
  EXPECT_NEAR(alpha_spent(Spending::pocock, 0.05, 0.6), 0.0354, 5e-5);
  EXPECT_NEAR(alpha_spent(Spending::pocock, 0.01, 0.6) * 5, alpha_spent(Spending::pocock, 0.05, 0.6), 1e-15);
  for (const Spending spending : {Spending::pocock, Spending::obrien_fleming})
    EXPECT_EQ(alpha_spent(spending, 0.05, 0), 0);
}

TEST(AlphaSpendingTest, the_shares_of_all_looks_are_the_whole) {
  for (const Looks& looks : {Looks{7}, Looks{10, 20, 40}, Looks{8, 14, 26, 50, 100}, Looks{1, 1000000}}) {
    const std::vector<double> shares = look_shares(looks);
    EXPECT_EQ(shares.size(), looks.size());
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12);
    for (const double share : shares) EXPECT_GT(share, 0);
  }
}

TEST(AlphaSpendingTest, one_look_changes_no_p_value) {
  EXPECT_EQ(sequential_p(std::vector{0.03}, look_shares(Looks{40})), 0.03);
}

TEST(AlphaSpendingTest, the_p_value_over_looks_is_the_level_at_which_one_of_them_rejects) {
  const std::vector<double> shares = look_shares(Looks{10, 20, 40});
  const std::vector<double> p_values = {0.2, 0.004, 0.03};
  const double p = sequential_p(p_values, shares);
  EXPECT_NEAR(p, 0.004 / shares[1], 1e-15);
  const auto rejects = [&](double alpha) {
    bool any = false;
    for (std::size_t k = 0; k < 3; ++k) any = any || p_values[k] <= alpha * shares[k];
    return any;
  };
  EXPECT_TRUE(rejects(p * 1.000001));
  EXPECT_FALSE(rejects(p * 0.999999));
}

TEST(AlphaSpendingTest, a_look_that_was_not_reached_has_spent_nothing_for_the_others) {
  const std::vector<double> shares = look_shares(Looks{10, 20, 40});
  EXPECT_NEAR(sequential_p(std::vector{0.01}, shares), 0.01 / shares[0], 1e-15);
  EXPECT_EQ(sequential_p(std::vector{0.9, 0.8}, shares), 1) << "never above one";
}

TEST(AlphaSpendingTest, refuses_what_is_no_plan_of_looks) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Looks& looks : {Looks{}, Looks{0, 10}, Looks{10, 10}, Looks{20, 10}, Looks{-5}})
    EXPECT_THROW(look_shares(looks), std::invalid_argument);
  for (const double fraction : {-0.1, 1.1, nan})
    EXPECT_THROW(alpha_spent(Spending::pocock, 0.05, fraction), std::invalid_argument);
  for (const double alpha : {0.0, 1.0, nan})
    EXPECT_THROW(alpha_spent(Spending::obrien_fleming, alpha, 0.5), std::invalid_argument);
  EXPECT_THROW(sequential_p(std::vector{nan}, std::vector{1.0}), std::invalid_argument);
  EXPECT_THROW(sequential_p(std::vector{0.5}, std::vector{nan}), std::invalid_argument);
  EXPECT_THROW(sequential_p(std::vector{0.5, 0.5}, std::vector{1.0}), std::invalid_argument);
  EXPECT_THROW(sequential_p(std::vector<double>{}, std::vector{1.0}), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
