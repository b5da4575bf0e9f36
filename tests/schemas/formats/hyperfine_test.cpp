#include "schemas/formats/hyperfine.h"

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

Measurements read(const std::string& result) {
  return hyperfine_from(parse_json("{\"results\": [" + result + "]}", "h.json"));
}

std::string result(const std::string& times, const std::string& codes, const std::string& more = "") {
  return R"({"command": "sort data", "mean": 0.1, "stddev": null, "median": 0.1, "user": 0.05, "system": 0.01, "min": 0.1,
    "max": 0.1, "times": )" +
         times + ", \"exit_codes\": " + codes + more + "}";
}

TEST(Hyperfine, makes_each_run_a_process) {
  const Measurements all = read(result("[0.101, 0.102]", "[0, 0]", ", \"memory_usage_byte\": [1024, 2048]"));
  EXPECT_THAT(names_in(all), ElementsAre("sort data real_time", "sort data peak_memory"));
  EXPECT_THAT(values_in(series_in(all, "sort data", "real_time")),
              ElementsAre(ElementsAre(DoubleEq(0.101)), ElementsAre(DoubleEq(0.102))));
  EXPECT_EQ(series_in(all, "sort data", "peak_memory").unit, "bytes");
  EXPECT_THAT(all.problems, IsEmpty());
}

TEST(Hyperfine, names_the_parameters) {
  EXPECT_THAT(names_in(read(result("[1]", "[0]", R"(, "parameters": {"n": "10", "mode": "fast"})"))),
              ElementsAre("sort data n=10 mode=fast real_time"));
}

TEST(Hyperfine, does_not_take_times_of_runs_that_failed) {
  for (const char* codes : {"[0, 1]", "[null, 0]"}) {
    const Measurements all = read(result("[1, 2]", codes));
    EXPECT_THAT(all.series, IsEmpty());
    ASSERT_EQ(all.problems.size(), 1u);
    EXPECT_EQ(all.problems[0].code, "benchmark_error");
    EXPECT_THAT(all.problems[0].sentence, HasSubstr("sort data: 1 of its runs failed"));
  }
}

TEST(Hyperfine, guesses_nothing_from_aggregates) {
  for (const std::string& text :
       {std::string(R"({"command": "c", "mean": 0.1})"), result("[]", "[]"), result("null", "[]")}) {
    const Measurements all = read(text);
    EXPECT_THAT(all.series, IsEmpty());
    ASSERT_EQ(all.problems.size(), 1u);
    EXPECT_EQ(all.problems[0].code, "only_aggregates");
  }
}

TEST(Hyperfine, names_what_is_missing_or_wrong) {
  EXPECT_EQ(error_of([] { read("{\"times\": [1]}"); }), "h.json#/results/0: 'command' is missing");
  EXPECT_EQ(
      error_of([] { read(result("[\"1\"]", "[0]")); }),
      "h.json#/results/0/times/0: expected a number, found text (\"1\")\n  Write it without quotes: 1.");
  EXPECT_EQ(error_of([] { hyperfine_from(parse_json("{}", "h.json")); }), "h.json: 'results' is missing");
  EXPECT_THAT(error_of([] { read(result("[1]", "[0.5]")); }), HasSubstr("h.json#/results/0/exit_codes/0"));
}

}  // namespace
}  // namespace modelgate
