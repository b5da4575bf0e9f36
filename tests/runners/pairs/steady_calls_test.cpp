#include <gmock/gmock.h>

#include "runners/pairs/kept_values.h"
#include "runners/pairs/warm_up.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

/// Adds calls that take what `seconds_of_call` says until the warm-up ends.
template <typename Seconds>
WarmUp warmed_up(const WarmUpBounds& bounds, const Seconds& seconds_of_call) {
  WarmUp warm_up(bounds);
  while (warm_up.goes_on()) warm_up.add(seconds_of_call(warm_up.calls()));
  return warm_up;
}

TEST(WarmUps, of_steady_calls_end_after_three_windows) {
  const WarmUp warm_up = warmed_up({5, 10}, [](std::int64_t) { return 0.004; });
  EXPECT_TRUE(warm_up.is_steady());
  EXPECT_EQ(warm_up.calls(), 9);
}

TEST(WarmUps, wait_for_calls_that_still_get_faster) {
  // A hundred calls that fall from 20 ms to 10 ms, then steady ones.
  const WarmUp warm_up = warmed_up({5, 100}, [](std::int64_t call) {
    return call < 100 ? 0.020 - 0.0001 * static_cast<double>(call) : 0.010;
  });
  EXPECT_TRUE(warm_up.is_steady());
  EXPECT_GE(warm_up.calls(), 90);
  EXPECT_LE(warm_up.calls(), 115);
}

TEST(WarmUps, are_not_held_up_by_a_slow_first_call_or_by_outliers) {
  const WarmUp warm_up = warmed_up({5, 10}, [](std::int64_t call) {
    return call == 0 ? 1.0 : call % 7 == 0 ? 0.02 : 0.003;
  });
  EXPECT_TRUE(warm_up.is_steady());
  EXPECT_LE(warm_up.calls(), 20);
}

TEST(WarmUps, take_windows_of_five_milliseconds_where_calls_are_short) {
  const WarmUp warm_up = warmed_up({5, 10}, [](std::int64_t) { return 1e-6; });
  EXPECT_NEAR(warm_up.seconds(), 0.015, 1e-5);
}

TEST(WarmUps, end_at_their_bound_and_say_that_calls_were_not_steady) {
  double seconds = 1;
  const WarmUp warm_up = warmed_up({5, 8}, [&](std::int64_t) { return seconds *= 0.9; });
  EXPECT_FALSE(warm_up.is_steady());
  EXPECT_GE(warm_up.seconds(), 8);
  EXPECT_LT(warm_up.seconds(), 9);
}

TEST(WarmUps, make_the_least_calls_beyond_any_bound_and_none_where_none_are_asked_for) {
  EXPECT_EQ(warmed_up({5, 0}, [](std::int64_t) { return 10.0; }).calls(), 5);
  EXPECT_EQ(warmed_up({0, 10}, [](std::int64_t) { return 10.0; }).calls(), 0);
}

TEST(KeptValues, are_all_of_few_and_every_third_of_more) {
  KeptValues few(4), more(4), many(4);
  for (double i = 0; i < 4; ++i) few.add(i);
  for (double i = 0; i < 5; ++i) more.add(i);
  for (double i = 0; i < 100; ++i) many.add(i);
  EXPECT_THAT(few.values(), ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(few.step(), 1);
  EXPECT_THAT(more.values(), ElementsAre(0, 3));
  EXPECT_EQ(more.step(), 3);
  EXPECT_THAT(many.values(), ElementsAre(0, 27, 54, 81));
  EXPECT_EQ(many.step(), 27);
  EXPECT_EQ(many.count(), 100);
}

TEST(KeptValues, are_enough_for_a_99th_percentile_and_never_more_than_asked_for) {
  for (const int count : {1001, 3000, 3001, 9001, 123456}) {
    KeptValues values(1000);
    for (int i = 0; i < count; ++i) values.add(i);
    EXPECT_GE(values.values().size(), 333u) << count;
    EXPECT_LE(values.values().size(), 1000u) << count;
    for (std::size_t i = 0; i < values.values().size(); ++i)
      ASSERT_EQ(values.values()[i], static_cast<double>(i) * static_cast<double>(values.step()));
  }
}

}  // namespace
}  // namespace modelgate
