#include "schemas/formats/wrk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/formats/sample_series.h"

namespace modelgate {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string run(const std::string& url = "http://127.0.0.1:8080/score?key=secret",
                const std::string& p99 = "8.20ms", const std::string& more = "") {
  return "Running 20s test @ " + url +
         "\n  2 threads and 20 connections\n"
         "  Thread calibration: mean lat.: 1.423ms, rate sampling interval: 10ms\n"
         "  Thread Stats   Avg      Stdev     Max   +/- Stdev\n"
         "    Latency     1.30ms  301.22us  11.38ms   71.20%\n"
         "    Req/Sec   105.02     21.30   150.00     79.81%\n"
         "  Latency Distribution (HdrHistogram - Recorded Latency)\n"
         " 50.000%  900.00us\n 90.000%    2.40ms\n 99.000%    " +
         p99 +
         "\n 99.900%    1.07s \n 99.990%    1.21s \n100.000%    1.10m\n\n"
         "  Detailed Percentile spectrum:\n       Value   Percentile   TotalCount 1/(1-Percentile)\n\n"
         "       9.704     0.000000            1         1.00\n"
         "#[Mean    =       10.312, StdDev   =        0.301]\n"
         "----------------------------------------------------------\n"
         "  3994 requests in 20.00s, 0.98MB read\n" +
         more + "Requests/sec:    199.69\nTransfer/sec:     50.12KB\n";
}

Measurements read(const std::string& text) { return wrk_from(text, "wrk.txt"); }

TEST(Wrk, has_the_percentiles_in_seconds_by_the_path_of_the_url) {
  const Measurements all = read(run());
  EXPECT_THAT(names_in(all), ElementsAre("/score mean", "/score p50", "/score p90", "/score p99",
                                         "/score p99.9", "/score rate"));
  EXPECT_THAT(values_in(series_in(all, "/score", "p50")), ElementsAre(ElementsAre(DoubleEq(900e-6))));
  EXPECT_THAT(values_in(series_in(all, "/score", "p99.9")), ElementsAre(ElementsAre(DoubleEq(1.07))));
  EXPECT_EQ(series_in(all, "/score", "rate").unit, "1/s");
  EXPECT_THAT(all.problems, IsEmpty());
}

TEST(Wrk, makes_each_run_a_process) {
  const Measurements all = read(run("http://old:80") + run("http://new/", "0.50m"));
  EXPECT_THAT(values_in(series_in(all, "/", "p99")),
              ElementsAre(ElementsAre(DoubleEq(8.2e-3)), ElementsAre(DoubleEq(30))));
}

TEST(Wrk, does_not_mix_the_uncorrected_distribution_in) {
  const std::string more =
      "  Latency Distribution (HdrHistogram - Uncorrected Latency (measured without taking delayed starts "
      "into account))\n"
      " 50.000%  100.00us\n";
  EXPECT_THAT(values_in(series_in(read(run("/", "1ms", more)), "/", "p50")),
              ElementsAre(ElementsAre(DoubleEq(900e-6))));
}

TEST(Wrk, tells_of_requests_that_failed) {
  const Measurements all = read(run("http://h/x", "1ms",
                                    "  Socket errors: connect 0, read 1, write 0, timeout 2\n"
                                    "  Non-2xx or 3xx responses: 3\n"));
  ASSERT_EQ(all.problems.size(), 2u);
  EXPECT_EQ(all.problems[0].sentence,
            "/x: Socket errors: connect 0, read 1, write 0, timeout 2; what fails fast is not fast");
  EXPECT_EQ(all.problems[1].sentence, "/x: Non-2xx or 3xx responses: 3; what fails fast is not fast");
}

TEST(Wrk, says_where_a_number_is_none) {
  EXPECT_EQ(error_of([] { read(run("/", "-nanus")); }), "wrk.txt:10:13: '-nanus' is no time");
  EXPECT_EQ(error_of([] { read(run("/", "8.20")); }), "wrk.txt:10:13: '8.20' is no time");
  EXPECT_EQ(error_of([] { read(run("/", "1.2.3ms")); }), "wrk.txt:10:13: '1.2.3ms' is no number");
  EXPECT_EQ(error_of([] { read("Running 1s test @ /\nRequests/sec: inf\n"); }),
            "wrk.txt:2:15: 'inf' is no number");
}

TEST(Wrk, is_known_by_the_line_that_begins_a_run) {
  EXPECT_TRUE(looks_like_wrk("$ wrk\n" + run()));
  EXPECT_FALSE(looks_like_wrk("Running tests"));
}

}  // namespace
}  // namespace modelgate
