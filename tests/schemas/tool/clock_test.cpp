#include "schemas/tool/clock.h"

#include <gtest/gtest.h>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

TEST(Clock, tells_days_of_the_calendar_from_what_only_looks_like_them) {
  for (const char* day : {"2026-12-31", "2024-02-29", "0001-01-01", "9999-12-31"})
    EXPECT_TRUE(is_day(day)) << day;
  for (const char* text :
       {"", "2026-02-29", "2026-02-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-01", "2026-12-31 ",
        "2026/12/31", "+026-12-31", "2026-12-3x", "26-12-31", "tomorrow"})
    EXPECT_FALSE(is_day(text)) << text;
  EXPECT_TRUE(is_day(utc_day()));
  EXPECT_EQ(utc_now().substr(0, 4), utc_day().substr(0, 4));
}

TEST(Clock, counts_days_over_ends_of_months_and_years) {
  EXPECT_EQ(day_after("2026-11-23", 14), "2026-12-07");
  EXPECT_EQ(day_after("2026-12-31", 1), "2027-01-01");
  EXPECT_EQ(day_after("2024-02-28", 1), "2024-02-29");
  EXPECT_EQ(day_after("2026-11-23", 0), "2026-11-23");
  EXPECT_EQ(day_after("2027-01-01", -1), "2026-12-31");
  EXPECT_THROW(day_after("2026-02-30", 1), Error);
}

}  // namespace
}  // namespace modelgate
