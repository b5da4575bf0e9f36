#include "schemas/formats/pytest_benchmark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/formats/sample_series.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string machine =
    R"py({"node": "host", "processor": "", "machine": "x86_64", "python_implementation": "CPython",
    "python_version": "3.11.2", "python_build": ["main", "Mar 2023"], "release": "6.1.0", "system": "Linux",
    "cpu": {"arch": "X86_64", "count": 8, "brand_raw": "Intel(R) Xeon(R)", "hz_actual": [2900000000, 0]}})py";

Measurements read(const std::string& tests, const std::string& info = machine) {
  return pytest_benchmark_from(parse_json(
      "{\"machine_info\": " + info + ", \"benchmarks\": [" + tests + "], \"version\": \"4.0.0\"}", "p.json"));
}

std::string test(const std::string& stats) {
  return R"({"group": null, "name": "test_score[8]", "fullname": "tests/test_score.py::test_score[8]", "params":
    {"n": 8}, "stats": )" +
         stats + "}";
}

TEST(PytestBenchmark, takes_the_times_of_rounds_of_one_process) {
  const Measurements all =
      read(test(R"({"min": 1, "rounds": 3, "iterations": 10, "data": [0.5, 0.25, 1e-3]})"));
  const auto& series = series_in(all, "tests/test_score.py::test_score[8]", "real_time");
  EXPECT_THAT(values_in(series), ElementsAre(ElementsAre(0.5, 0.25, 1e-3)));
  EXPECT_EQ(series.unit, "s");
  EXPECT_EQ(series.better, Better::lower);
}

TEST(PytestBenchmark, tells_the_machine_by_our_own_names) {
  EXPECT_EQ(read("").environment, (std::map<std::string, std::string>{{"cores", "8"},
                                                                      {"cpu", "Intel(R) Xeon(R)"},
                                                                      {"kernel", "Linux 6.1.0"},
                                                                      {"machine", "x86_64"},
                                                                      {"python", "3.11.2"},
                                                                      {"python_implementation", "CPython"}}));
  EXPECT_EQ(read("", R"({"cpu": {"brand": "old"}})").environment.at("cpu"), "old");
  EXPECT_THAT(read("", R"({"cpu": {"count": null, "brand_raw": []}, "machine": ""})").environment, IsEmpty());
  EXPECT_THAT(read("", "null").environment, IsEmpty());
}

TEST(PytestBenchmark, guesses_nothing_from_aggregates) {
  for (const char* stats :
       {R"({"mean": 1, "stddev": 0.1, "rounds": 30})", R"({"data": []})", R"({"data": null})"}) {
    const Measurements all = read(test(stats));
    EXPECT_THAT(all.series, IsEmpty());
    ASSERT_EQ(all.problems.size(), 1u);
    EXPECT_EQ(all.problems[0].code, "only_aggregates");
    EXPECT_THAT(all.problems[0].sentence, HasSubstr("test_score[8]: holds no times"));
  }
}

TEST(PytestBenchmark, names_what_is_missing_or_wrong) {
  EXPECT_EQ(error_of([] { read("{\"stats\": {}}"); }), "p.json#/benchmarks/0: 'name' is missing");
  EXPECT_EQ(error_of([] { read("{\"name\": \"t\"}"); }), "p.json#/benchmarks/0: 'stats' is missing");
  EXPECT_THAT(error_of([] { read(test("{\"data\": [null]}")); }),
              HasSubstr("p.json#/benchmarks/0/stats/data/0: "));
  EXPECT_THAT(error_of([] { read(test("{\"data\": [NaN]}")); }), HasSubstr("NaN is no number of JSON"));
}

}  // namespace
}  // namespace modelgate
