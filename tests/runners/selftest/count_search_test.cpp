#include "runners/selftest/count_search.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace modelgate {
namespace {

using Aim = CountSearch::Aim;
using Metric = std::function<double(std::int64_t)>;

/// Tries until the search is over; how often it had to.
int try_all(CountSearch& search, const Metric& metric) {
  int tries = 0;
  for (; const auto count = search.next(); ++tries) search.tell(*count, metric(*count));
  return tries;
}

const Metric straight = [](std::int64_t count) { return 100.0 * static_cast<double>(count) / 4624; };
const Metric crooked = [](std::int64_t count) {
  return 100 * std::pow(static_cast<double>(count) / 4624, 3);
};
const Metric in_steps = [](std::int64_t count) { return 10.0 * static_cast<double>(count / 400); };

TEST(CountSearch, finds_at_least_what_is_wanted_and_hardly_more) {
  for (const Metric& metric : {straight, crooked}) {
    CountSearch search(Aim::at_least, 4624, 0, 100, 3);
    EXPECT_LE(try_all(search, metric), 20);
    EXPECT_GE(metric(search.found()), 3);
    EXPECT_LE(metric(search.found()), 3 * 1.05);
  }
}

TEST(CountSearch, finds_at_most_what_is_wanted_and_hardly_less) {
  for (const Metric& metric : {straight, crooked}) {
    CountSearch search(Aim::at_most, 4624, 0, 100, 3);
    EXPECT_LE(try_all(search, metric), 20);
    EXPECT_LE(metric(search.found()), 3);
    EXPECT_GE(metric(search.found()), 3 * 0.95);
  }
}

TEST(CountSearch, a_straight_line_takes_one_try) {
  CountSearch search(Aim::at_least, 4624, 0, 100, 3);
  EXPECT_EQ(try_all(search, straight), 1);
}

TEST(CountSearch, in_steps_the_nearest_one_is_found) {
  CountSearch least(Aim::at_least, 4624, 0, 100, 25);
  try_all(least, in_steps);
  EXPECT_EQ(least.found(), 1200);
  CountSearch most(Aim::at_most, 4624, 0, 100, 25);
  try_all(most, in_steps);
  EXPECT_EQ(most.found(), 1199);
}

TEST(CountSearch, what_cannot_be_reached_ends_with_all) {
  for (const Aim aim : {Aim::at_least, Aim::at_most})
    for (const double guess : {10.0, 100.0}) {
      CountSearch search(aim, 50, 0, guess, 60);
      EXPECT_LE(try_all(search, [](std::int64_t count) { return 0.5 * static_cast<double>(count); }), 12);
      EXPECT_EQ(search.found(), 50);
    }
}

TEST(CountSearch, without_a_value_to_steer_by_it_ends_with_what_was_tried) {
  CountSearch search(Aim::at_least, 100, 0, 100, 8);
  const auto count = search.next();
  ASSERT_TRUE(count.has_value());
  search.tell(*count, std::nullopt);
  EXPECT_FALSE(search.next().has_value());
  EXPECT_EQ(search.found(), *count);
  EXPECT_GE(*count, 8);
}

TEST(CountSearch, nothing_is_planted_where_nothing_is_wanted_or_nothing_is_there) {
  EXPECT_EQ(CountSearch(Aim::at_least, 100, 5, 100, 5).found(), 0);
  EXPECT_EQ(CountSearch(Aim::at_most, 100, 5, 100, 4).found(), 0);
  CountSearch none(Aim::at_least, 0, 0, 100, 5);
  EXPECT_FALSE(none.next().has_value());
  EXPECT_EQ(none.found(), 0);
}

}  // namespace
}  // namespace modelgate
