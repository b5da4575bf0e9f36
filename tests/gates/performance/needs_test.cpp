#include "gates/performance/needs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "gates/statistics/power_of_ranks.h"

namespace modelgate {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;

constexpr double margin = 0.05;

/// One pair, whose differences spread by 1 % and whose estimate lies so many of that from the margin.
Comparison open_by(double distance) {
  Comparison result;
  result.design = Design::paired;
  result.units = 1;
  result.spread = 0.01;
  result.estimate = margin - distance * result.spread;
  result.upper = INFINITY;
  return result;
}

/// The pairs that the words ask for, those that were measured among them.
std::int64_t pairs_asked_for(double distance, double tail) {
  ComparisonRule rule;
  rule.margin = margin;
  rule.tail = tail;
  const std::string words = what_would_decide(open_by(distance), rule, true, 5);
  EXPECT_THAT(words, HasSubstr(" more process pairs"));
  return 1 + std::atoll(words.substr(words.find_first_of("0123456789")).c_str());
}

TEST(Needs, of_pairs_are_those_of_the_exact_ranks_where_they_are_few) {
  for (const double distance : {0.8, 1.0, 1.2, 2.0, 4.0, 100.0})
    EXPECT_EQ(pairs_asked_for(distance, 0.05), signed_rank_needed(-distance, {.spread = 1}, 0.8)) << distance;
}

TEST(Needs, of_many_pairs_are_near_those_of_the_exact_ranks) {
  for (const double distance : {0.1, 0.2, 0.4, 0.5, 0.6, 0.7})
    for (const double tail : {0.05, 0.02}) {
      const auto exact =
          static_cast<double>(signed_rank_needed(-distance, {.spread = 1, .tail = tail}, 0.8).value());
      EXPECT_THAT(static_cast<double>(pairs_asked_for(distance, tail)),
                  AllOf(Ge(exact - std::max(1.0, 0.03 * exact)), Le(exact + std::max(1.0, 0.03 * exact))))
          << distance << " " << tail;
    }
}

TEST(Needs, of_pairs_are_never_fewer_than_ranks_need_to_prove_anything) {
  for (const double distance : {0.5, 1.0, 3.0, 1000.0})
    for (const double tail : {0.05, 1e-3, 1e-4, 1e-5, 1e-6})
      EXPECT_GE(std::ldexp(tail, static_cast<int>(pairs_asked_for(distance, tail))), 1)
          << distance << " " << tail;
  EXPECT_EQ(pairs_asked_for(1000, 1e-6), 20);
}

TEST(Needs, at_the_margin_itself_are_another_margin) {
  ComparisonRule rule;
  rule.margin = margin;
  EXPECT_THAT(what_would_decide(open_by(0), rule, true, 5), HasSubstr("another margin"));
  EXPECT_THAT(what_would_decide(open_by(0.01), rule, true, 5), HasSubstr("another margin"));
}

}  // namespace
}  // namespace modelgate
