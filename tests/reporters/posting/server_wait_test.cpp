#include "reporters/posting/server_wait.h"

#include <gtest/gtest.h>

namespace modelgate {
namespace {

constexpr double now = 784111777;  // Sun, 06 Nov 1994 08:49:37 GMT

Response response(int status, std::map<std::string, std::string> headers, const std::string& body = "") {
  return {status, std::move(headers), body};
}

TEST(ServerWait, reads_the_three_forms_of_dates_of_RFC_9110) {
  EXPECT_EQ(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), now);
  EXPECT_EQ(http_date("Sunday, 06-Nov-94 08:49:37 GMT"), now);
  EXPECT_EQ(http_date("Sun Nov  6 08:49:37 1994"), now);
  EXPECT_FALSE(http_date("yesterday"));
  EXPECT_FALSE(http_date("Sun, 06 Nov 1994 08:49:37 GMT and more"));
}

TEST(ServerWait, takes_Retry_After_in_seconds_and_as_a_date) {
  EXPECT_EQ(asked_wait(response(429, {{"retry-after", "7"}}), now), 7);
  EXPECT_EQ(asked_wait(response(503, {{"retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"}}), now), 10);
  EXPECT_EQ(asked_wait(response(503, {{"retry-after", "Sun, 06 Nov 1994 08:00:00 GMT"}}), now), 0);
}

TEST(ServerWait, measures_dates_by_the_clock_of_the_server) {
  const auto both = response(
      429, {{"retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"}, {"date", "Sun, 06 Nov 1994 08:49:42 GMT"}});
  EXPECT_EQ(asked_wait(both, now - 5000), 5);
}

TEST(ServerWait, waits_for_the_reset_of_a_limit_of_which_nothing_is_left) {
  EXPECT_EQ(
      asked_wait(response(403, {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "784111787"}}), now),
      11);
  EXPECT_EQ(asked_wait(response(429, {{"ratelimit-remaining", "0"}, {"ratelimit-reset", "784111787"}}), now),
            11);
  EXPECT_FALSE(
      asked_wait(response(429, {{"x-ratelimit-remaining", "12"}, {"x-ratelimit-reset", "784111787"}}), now));
}

TEST(ServerWait, gives_a_secondary_limit_without_a_time_a_minute) {
  const auto secondary =
      response(403, {}, R"({"message": "You have exceeded a secondary rate limit. Please wait."})");
  EXPECT_TRUE(is_rate_limited(secondary));
  EXPECT_EQ(asked_wait(secondary, now), 60);
}

TEST(ServerWait, tells_a_rate_limit_from_a_missing_permission) {
  EXPECT_FALSE(
      is_rate_limited(response(403, {}, R"({"message": "Resource not accessible by integration"})")));
  EXPECT_FALSE(is_rate_limited(response(403, {{"x-ratelimit-remaining", "4999"}})));
  EXPECT_TRUE(is_rate_limited(response(403, {{"retry-after", "3"}})));
  EXPECT_TRUE(is_rate_limited(response(429, {})));
}

TEST(ServerWait, takes_nonsense_for_nothing_and_bounds_the_rest) {
  for (const char* nonsense : {"-5", "soon", "1e9", "0x10", "99999999999999999999999", " "})
    EXPECT_FALSE(asked_wait(response(429, {{"retry-after", nonsense}}), now)) << nonsense;
  EXPECT_EQ(asked_wait(response(429, {{"retry-after", "9223372036854775807"}}), now), 1e6);
}

}  // namespace
}  // namespace modelgate
