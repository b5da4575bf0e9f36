#include "schemas/formats/k6_summary.h"

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

Measurements read(const std::string& metrics) {
  return k6_summary_from(parse_json("{\"metrics\": {" + metrics + "}, \"root_group\": {}}", "k.json"));
}

const std::string exported = R"k6("http_req_duration": {"avg": 44.9, "min": 24.6, "med": 39.8, "max": 1347.6,
    "p(90)" : 50,
                  "p(99.9)" : 143.1, "thresholds" : {
  "p(95)<500" : false
}
},
  "http_req_blocked": {"avg": 0.01, "min": 0, "med": 0, "max": 3, "p(90)": 0.1, "p(95)": 0.2},
  "http_reqs": {"count": 5850, "rate": 96.7}, "vus": {"value": 50, "min": 50, "max": 50},
  "http_req_failed": {"passes": 0, "fails": 5850, "value": 0})k6";

TEST(K6Summary, has_the_percentiles_that_are_stated_in_seconds) {
  const Measurements all = read(exported);
  EXPECT_THAT(names_in(all),
              ElementsAre("http_req_duration mean", "http_req_duration p50", "http_req_duration p90",
                          "http_req_duration p99.9", "http_reqs rate"));
  EXPECT_THAT(values_in(series_in(all, "http_req_duration", "p99.9")),
              ElementsAre(ElementsAre(DoubleEq(0.1431))));
  EXPECT_EQ(series_in(all, "http_reqs", "rate").better, Better::higher);
  EXPECT_THAT(all.problems, IsEmpty());
}

TEST(K6Summary, reads_what_handle_summary_is_given) {
  const Measurements all =
      read(R"k6("http_req_duration{expected_response:true}": {"type": "trend", "contains": "time",
      "values": {"med": 3, "p(95)": 5}, "thresholds": {
  "p(95)<4" : { "ok" : false }
}
},
    "tokens": {"type": "trend", "contains": "default", "values": {"avg": 12, "med": 11}},
    "checks": {"type": "rate", "contains": "default", "values": {"rate": 1, "passes": 10, "fails": 0}})k6");
  EXPECT_THAT(names_in(all),
              ElementsAre("http_req_duration{expected_response:true} p50",
                          "http_req_duration{expected_response:true} p95", "tokens mean", "tokens p50"));
  EXPECT_EQ(series_in(all, "tokens", "p50").better, Better::unknown);
  EXPECT_EQ(all.notes.back(),
            "k6's threshold 'p(95)<4' of http_req_duration{expected_response:true} was crossed");
}

TEST(K6Summary, tells_of_what_failed) {
  const Measurements all = read(R"("http_req_failed": {"passes": 3, "fails": 97, "value": 0.03},
    "checks": {"values": {"passes": 9, "fails": 1}})");
  ASSERT_EQ(all.problems.size(), 2u);
  EXPECT_EQ(all.problems[0].code, "benchmark_error");
  EXPECT_EQ(all.problems[0].sentence, "k6: 3 of 100 requests failed; what fails fast is not fast");
  EXPECT_EQ(all.problems[1].sentence, "k6: 1 of 10 checks failed; what fails fast is not fast");
}

TEST(K6Summary, names_what_is_wrong) {
  EXPECT_EQ(error_of([] { read(R"("http_req_duration": {"med": "3"})"); }),
            "k.json#/metrics/http_req_duration/med: expected a number, found text (\"3\")\n  Write it "
            "without quotes: 3.");
  EXPECT_EQ(error_of([] { read(R"("http_reqs": {"count": 3})"); }),
            "k.json#/metrics/http_reqs: 'rate' is missing");
  EXPECT_THAT(error_of([] { read(R"("checks": 3)"); }), HasSubstr("k.json#/metrics/checks: expected a map"));
  EXPECT_THAT(error_of([] { read(R"("http_req_failed": {"passes": 3, "fails": 1e300})"); }),
              HasSubstr("k.json#/metrics/http_req_failed/fails"));
}

}  // namespace
}  // namespace modelgate
