#include "gates/performance/pair_rule.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <stdexcept>

#include "gates/statistics/alpha_spending.h"
#include "gates/statistics/t_interval.h"
#include "tests/gates/performance/samples.h"

namespace modelgate {
namespace {

const PairRule one_look{0.05, 0.05, 0.05, {}};
const PairRule three_looks{0.05, 0.05, 0.05, {10, 20, 40}};

bool passes(const PairEvidence& evidence, const PairRule& rule) { return evidence.upper <= rule.margin; }
bool fails(const PairEvidence& evidence, const PairRule& rule) {
  return evidence.p_regression <= rule.alpha_fail;
}

std::vector<double> noisy(std::size_t count, double centre, double deviation, std::uint64_t seed) {
  Noise random(seed);
  std::vector<double> values(count);
  for (double& value : values) value = centre + deviation * random.normal();
  return values;
}

/// Takes pairs look by look until the rule decides, as a run does.
struct Ending {
  PairEvidence evidence;
  std::size_t used = 0;
};
Ending sampled(std::span<const double> differences, const PairRule& rule) {
  for (const std::int64_t look : rule.looks) {
    const auto used = static_cast<std::size_t>(look);
    const PairEvidence evidence = weigh_pairs(differences.first(used), rule);
    if (look == rule.looks.back() || passes(evidence, rule) || fails(evidence, rule)) return {evidence, used};
  }
  return {};
}

double share_of(int rounds, const std::function<bool(std::uint64_t)>& happens) {
  int count = 0;
  for (int i = 0; i < rounds; ++i) count += happens(static_cast<std::uint64_t>(i) + 1) ? 1 : 0;
  return static_cast<double>(count) / rounds;
}

TEST(PairRuleTest, several_looks_keep_both_error_rates_at_the_margin) {
  // Unadjusted, three looks would be wrong in 10 %. 5 % and three standard errors of 4,000 rounds: 6.0 %.
  EXPECT_LE(share_of(4000,
                     [&](std::uint64_t seed) {
                       return passes(sampled(noisy(40, 0.05, 0.1, seed), three_looks).evidence, three_looks);
                     }),
            0.06);
  EXPECT_LE(share_of(4000,
                     [&](std::uint64_t seed) {
                       return fails(sampled(noisy(40, 0.05, 0.1, seed), three_looks).evidence, three_looks);
                     }),
            0.06);
}

TEST(PairRuleTest, clear_cases_end_at_the_first_look_and_close_ones_get_all_pairs) {
  const auto used = [&](double centre) {
    double sum = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed)
      sum += static_cast<double>(sampled(noisy(40, centre, 0.03, seed), three_looks).used);
    return sum / 200;
  };
  EXPECT_LT(used(0), 12);
  EXPECT_LT(used(0.15), 12);
  EXPECT_GT(used(0.045), 35);
}

TEST(PairRuleTest, records_each_look_with_what_it_could_spend) {
  const PairEvidence evidence = weigh_pairs(noisy(20, 0.03, 0.05, 3), three_looks);
  ASSERT_EQ(evidence.looks.size(), 2u);
  const std::vector<double> shares = look_shares(three_looks.looks);
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(evidence.looks[k].n, three_looks.looks[k]);
    EXPECT_EQ(evidence.looks[k].share, shares[k]);
  }
  EXPECT_EQ(evidence.pairs, 20);
  const double smallest =
      std::min(evidence.looks[0].p_regression / shares[0], evidence.looks[1].p_regression / shares[1]);
  EXPECT_NEAR(evidence.p_regression, std::min(1.0, smallest), 1e-15);
}

TEST(PairRuleTest, pairs_beyond_the_last_look_reached_are_not_peeked_at) {
  std::vector<double> differences = noisy(20, 0, 0.02, 5);
  const PairEvidence at_look = weigh_pairs(std::span(differences).first(10), three_looks);
  for (std::size_t i = 10; i < 19; ++i) differences[i] = 10;
  const PairEvidence between = weigh_pairs(std::span(differences).first(19), three_looks);
  EXPECT_EQ(between.pairs, 10);
  EXPECT_EQ(between.upper, at_look.upper);
  EXPECT_EQ(between.p_regression, at_look.p_regression);
}

TEST(PairRuleTest, before_the_first_look_nothing_is_proven) {
  const PairEvidence evidence = weigh_pairs(std::vector<double>(9, 100.0), three_looks);
  EXPECT_TRUE(evidence.looks.empty());
  EXPECT_EQ(evidence.p_regression, 1);
  EXPECT_EQ(evidence.p_non_inferiority, 1);
  EXPECT_FALSE(passes(weigh_pairs(std::vector<double>(9, -100.0), three_looks), three_looks));
}

TEST(PairRuleTest, more_pairs_than_declared_are_refused) {
  EXPECT_THROW(weigh_pairs(noisy(41, 0, 1, 1), three_looks), std::invalid_argument);
}

TEST(PairRuleTest, a_pass_and_its_bound_say_the_same) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const std::vector<double> differences = noisy(40, 0.02, 0.06, seed);
    for (const PairRule& rule : {one_look, three_looks}) {
      const PairEvidence evidence = weigh_pairs(differences, rule);
      EXPECT_EQ(passes(evidence, rule), evidence.p_non_inferiority <= rule.alpha_pass) << seed;
    }
  }
}

TEST(PairRuleTest, ten_pairs_can_block_among_thousands_of_checks_where_ranks_alone_could_not) {
  const PairEvidence clear = weigh_pairs(noisy(10, 0.3, 0.02, 1), one_look);
  EXPECT_LT(clear.p_regression, 1e-6);
  // One difference below the margin, and ranks have the word.
  std::vector<double> mixed = noisy(10, 0.3, 0.02, 1);
  mixed[4] = 0.0499;
  EXPECT_NEAR(weigh_pairs(mixed, one_look).p_regression, 2.0 / 1024, 1e-12);
}

TEST(PairRuleTest, students_t_speaks_only_below_what_ranks_can_give) {
  // A wide spread, all above the margin: t would say 0.02, the ranks say 1/1024 at most.
  const std::vector<double> spread = {0.06, 0.07, 0.08, 0.06, 0.07, 0.09, 0.06, 0.07, 9, 0.06};
  EXPECT_GT(mean_estimate(spread).p_greater(0.05), 0.01);
  EXPECT_LE(weigh_pairs(spread, one_look).p_regression, 1.0 / 1024 + 1e-12);
}

TEST(PairRuleTest, a_pass_never_rests_on_students_t) {
  const std::vector<double> four = {-0.30, -0.31, -0.30, -0.29};
  EXPECT_LT(mean_estimate(four).p_less(0.05), 1e-4);
  EXPECT_FALSE(passes(weigh_pairs(four, one_look), one_look)) << "four pairs cannot prove anything at 5 %";
  EXPECT_NEAR(weigh_pairs(four, one_look).p_non_inferiority, 1.0 / 16, 1e-12);
}

TEST(PairRuleTest, equal_pairs_without_any_spread_pass_and_prove_no_regression) {
  const PairEvidence equal = weigh_pairs(std::vector<double>(10, 0.0), one_look);
  EXPECT_TRUE(passes(equal, one_look));
  EXPECT_FALSE(fails(equal, one_look));
  const PairEvidence at_margin = weigh_pairs(std::vector<double>(10, 0.05), one_look);
  EXPECT_FALSE(fails(at_margin, one_look));
}

TEST(PairRuleTest, swapping_the_sides_mirrors_bounds_and_p_values_of_ranks) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const std::vector<double> forth = noisy(20, 0.01, 0.05, seed);
    std::vector<double> back;
    for (const double d : forth) back.push_back(-d);
    const PairRule none{0, 0.05, 0.05, {10, 20}};
    const PairEvidence a = weigh_pairs(forth, none), b = weigh_pairs(back, none);
    EXPECT_NEAR(a.lower, -b.upper, 1e-12);
    EXPECT_NEAR(a.estimate, -b.estimate, 1e-12);
    EXPECT_NEAR(a.looks[0].p_non_inferiority, b.looks[0].p_regression, 1e-12);
  }
}

TEST(PairRuleTest, shifting_differences_and_margin_together_changes_nothing) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    std::vector<double> differences = noisy(20, 0.04, 0.05, seed);
    const PairEvidence before = weigh_pairs(differences, {0.05, 0.05, 0.05, {10, 20}});
    for (double& d : differences) d = d * 2 + 0.125;
    const PairEvidence after = weigh_pairs(differences, {0.05 * 2 + 0.125, 0.05, 0.05, {10, 20}});
    EXPECT_NEAR(before.p_non_inferiority, after.p_non_inferiority, 1e-9) << seed;
    EXPECT_NEAR(before.upper * 2 + 0.125, after.upper, 1e-9) << seed;
  }
}

TEST(PairRuleTest, refuses_nothing_and_what_is_no_number) {
  EXPECT_THROW(weigh_pairs(std::vector<double>{}, one_look), std::invalid_argument);
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
    EXPECT_THROW(weigh_pairs(std::vector{0.1, bad, 0.1}, one_look), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
