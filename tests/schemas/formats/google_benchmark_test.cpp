#include "schemas/formats/google_benchmark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"
#include "tests/schemas/formats/shared_data.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Measurements read(const std::string& entries) {
  return google_benchmark_from(parse_json("{\"context\": {}, \"benchmarks\": [" + entries + "]}", "b.json"));
}

std::string entry(const std::string& more = "") {
  return R"({"name": "BM/8", "run_name": "BM/8", "run_type": "iteration", "repetitions": 2, "repetition_index": 0,
    "threads": 1, "iterations": 10, "real_time": 250, "cpu_time": 200, "time_unit": "us")" +
         more + "}";
}

const SampleSeries& series(const Measurements& measurements, std::size_t index) {
  return std::get<SampleSeries>(measurements.series.at(index));
}

TEST(GoogleBenchmark, gives_times_in_seconds_and_counters_as_they_are) {
  const Measurements read_one = read(entry(R"(, "items_per_second": 4e6, "ngrams": 12, "label": "x")"));
  ASSERT_EQ(read_one.series.size(), 4u);
  EXPECT_EQ(series(read_one, 0).quantity, "real_time");
  EXPECT_EQ(series(read_one, 0).unit, "s");
  EXPECT_THAT(series(read_one, 0).processes.at(0).values, ElementsAre(DoubleEq(250e-6)));
  EXPECT_THAT(series(read_one, 1).processes.at(0).values, ElementsAre(DoubleEq(200e-6)));
  EXPECT_EQ(series(read_one, 2).quantity, "items_per_second");
  EXPECT_EQ(series(read_one, 2).better, Better::higher);
  EXPECT_EQ(series(read_one, 3).quantity, "ngrams");
  EXPECT_EQ(series(read_one, 3).better, Better::unknown);
}

TEST(GoogleBenchmark, knows_its_units) {
  for (const auto& [unit, factor] :
       std::map<std::string, double>{{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}}) {
    const Measurements one =
        read("{\"name\": \"B\", \"real_time\": 3, \"cpu_time\": 3, \"time_unit\": \"" + unit + "\"}");
    EXPECT_THAT(series(one, 0).processes.at(0).values, ElementsAre(DoubleEq(3 * factor))) << unit;
  }
  EXPECT_EQ(error_of([] { read(R"({"name": "B", "real_time": 3, "cpu_time": 3, "time_unit": "min"})"); }),
            "b.json#/benchmarks/0/time_unit: 'min' is none of ns, us, ms, s");
}

TEST(GoogleBenchmark, keeps_repetitions_and_leaves_aggregates_out) {
  const Measurements three =
      read(entry() + "," + entry() + "," +
           R"({"name": "BM/8_mean", "run_name": "BM/8", "run_type": "aggregate", "aggregate_name": "mean",
                                      "real_time": 1, "cpu_time": 1, "time_unit": "us"})");
  ASSERT_EQ(three.series.size(), 2u);
  EXPECT_EQ(series(three, 0).processes.at(0).values.size(), 2u);
}

TEST(GoogleBenchmark, guesses_nothing_from_aggregates) {
  const std::string mean =
      R"({"name": "BM/8_mean", "run_name": "BM/8", "run_type": "aggregate", "aggregate_name": "mean",
      "real_time": 1, "cpu_time": 1, "time_unit": "us"})";
  const Measurements alone = read(mean);
  EXPECT_TRUE(alone.series.empty());
  ASSERT_EQ(alone.problems.size(), 1u);
  EXPECT_EQ(alone.problems[0].code, "only_aggregates");
  EXPECT_EQ(alone.problems[0].sentence, "BM/8: reports only aggregates, from which nothing can be told");
  EXPECT_TRUE(read(mean + "," + entry()).problems.empty());
  EXPECT_EQ(read(entry(R"(, "error_occurred": true)") + "," + mean).problems.size(), 1u);
}

TEST(GoogleBenchmark, leaves_out_what_sums_up_the_complexity_of_a_family) {
  const std::string sums =
      R"({"name": "BM_BigO", "cpu_coefficient": 1.5, "real_coefficient": 1.5, "big_o": "N", "time_unit": "ns"},
      {"name": "BM_RMS", "rms": 0.03}, {"name": "BM_BigO", "run_name": "BM", "run_type": "aggregate",
      "aggregate_name": "BigO", "cpu_coefficient": 1.5, "real_coefficient": 1.5, "big_o": "N", "time_unit": "ns"})";
  EXPECT_EQ(read(entry() + "," + sums).series.size(), 2u);
  EXPECT_EQ(read(entry(R"(, "rms": 0.5)")).series.size(), 2u)
      << "a benchmark may have a counter of that name";
}

TEST(GoogleBenchmark, tells_the_machine_by_our_own_names) {
  const Node document = parse_json(
      R"({"context": {"date": "x", "host_name": "h", "num_cpus": 8, "mhz_per_cpu": 2300, "cpu_scaling_enabled": false,
      "load_avg": [0.5], "library_build_type": "release"}, "benchmarks": []})",
      "b.json");
  EXPECT_EQ(google_benchmark_from(document).environment,
            (std::map<std::string, std::string>{
                {"cores", "8"}, {"cpu_scaling_enabled", "false"}, {"library_build_type", "release"}}));
}

TEST(GoogleBenchmark, tells_what_reported_an_error) {
  const Measurements failed = read(entry(R"(, "error_occurred": true, "error_message": "no model")"));
  EXPECT_TRUE(failed.series.empty());
  ASSERT_EQ(failed.problems.size(), 1u);
  EXPECT_EQ(failed.problems[0].code, "benchmark_error");
  EXPECT_EQ(failed.problems[0].sentence, "BM/8: no model");
  EXPECT_EQ(read(entry(R"(, "skipped": "no GPU", "skip_message": "no GPU")")).problems.at(0).sentence,
            "BM/8: no GPU");
  EXPECT_TRUE(read(entry(R"(, "error_occurred": false)")).problems.empty());
}

TEST(GoogleBenchmark, names_what_is_missing_or_wrong) {
  EXPECT_EQ(error_of([] { google_benchmark_from(parse_json("{}", "b.json")); }),
            "b.json: 'benchmarks' is missing");
  EXPECT_EQ(error_of([] { google_benchmark_from(parse_json("[]", "b.json")); }),
            "b.json: expected a map, found a list");
  EXPECT_EQ(error_of([] { read(R"({"name": "B", "real_time": 3, "time_unit": "ns"})"); }),
            "b.json#/benchmarks/0: 'cpu_time' is missing");
  EXPECT_EQ(
      error_of([] { read(R"({"name": "B", "real_time": "3", "cpu_time": 3})"); }),
      "b.json#/benchmarks/0/real_time: expected a number, found text (\"3\")\n  Write it without quotes: 3.");
  EXPECT_EQ(error_of([] { read(R"({"name": "B", "real_time": NaN, "cpu_time": 3})"); }),
            "b.json:1:59: NaN is no number of JSON\n  Leave out what was not measured.");
  EXPECT_THAT(error_of([] { read_google_benchmark("/nonexistent.json"); }, ErrorKind::infrastructure),
              HasSubstr("cannot be opened"));
}

TEST(GoogleBenchmarkFiles, of_google_benchmark_itself_are_read) {
  const fs::path folder = shared_data() / "gbench";
  if (!fs::exists(folder)) GTEST_SKIP() << "no files of Google Benchmark in " << folder;
  int files = 0;
  for (const auto& file : fs::directory_iterator(folder)) {
    Measurements measurements;
    const std::string error = error_of([&] { measurements = read_google_benchmark(file.path()); });
    // Theirs for sorting: names without times.
    const bool without_times = file.path().filename() == "test4_run.json";
    EXPECT_EQ(error.empty(), !without_times) << error;
    for (const Series& one : measurements.series) {
      EXPECT_EQ(std::get<SampleSeries>(one).processes.size(), 1u) << file.path();
      EXPECT_FALSE(std::get<SampleSeries>(one).processes[0].values.empty()) << file.path();
    }
    ++files;
  }
  EXPECT_GE(files, 10);

  const Measurements run = read_google_benchmark(folder / "test1_run1.json");
  EXPECT_EQ(series(run, 0).name, "BM_SameTimes");
  EXPECT_THAT(series(run, 0).processes[0].values, ElementsAre(DoubleEq(10e-9)));
  const Measurements repeated = read_google_benchmark(folder / "test3_run1.json");
  EXPECT_EQ(series(repeated, 0).name, "BM_One");
}

}  // namespace
}  // namespace modelgate
