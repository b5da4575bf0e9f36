#include "schemas/formats/go_benchmark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/formats/sample_series.h"
#include "tests/schemas/formats/shared_data.h"

namespace modelgate {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string header = "goos: linux\ngoarch: amd64\npkg: example.org/score\ncpu: AMD EPYC 7B13\n";
const std::string footer = "PASS\nok  \texample.org/score\t3.021s\n";

Measurements read(const std::string& text) { return go_benchmark_from(text, "bench.txt"); }

std::string line(const std::string& values) { return "BenchmarkScore/batch=8-4 \t   1000\t" + values + "\n"; }

TEST(GoBenchmark, has_a_series_for_each_unit) {
  const Measurements all = read(header + line("250 ns/op\t 4.5 MB/s\t 48 B/op\t 2 allocs/op\t 7.5 hits/op"));
  const std::string name = "example.org/score.BenchmarkScore/batch=8-4";
  EXPECT_THAT(names_in(all), ElementsAre(name + " real_time", name + " bytes_per_second",
                                         name + " bytes_per_op", name + " allocs_per_op", name + " hits/op"));
  EXPECT_THAT(values_in(series_in(all, name, "real_time")), ElementsAre(ElementsAre(DoubleEq(250e-9))));
  EXPECT_EQ(series_in(all, name, "real_time").unit, "s");
  EXPECT_THAT(values_in(series_in(all, name, "bytes_per_second")), ElementsAre(ElementsAre(DoubleEq(4.5e6))));
  EXPECT_EQ(series_in(all, name, "bytes_per_second").better, Better::higher);
  EXPECT_EQ(series_in(all, name, "bytes_per_op").unit, "bytes");
  EXPECT_EQ(series_in(all, name, "allocs_per_op").better, Better::lower);
  EXPECT_EQ(series_in(all, name, "hits/op").better, Better::unknown);
  EXPECT_EQ(all.environment, (std::map<std::string, std::string>{
                                 {"cpu", "AMD EPYC 7B13"}, {"goarch", "amd64"}, {"goos", "linux"}}));
  EXPECT_THAT(all.notes, ElementsAre(HasSubstr("not interleaved")));
}

TEST(GoBenchmark, repetitions_belong_to_one_process_and_a_new_header_begins_the_next) {
  const std::string name = "example.org/score.BenchmarkScore/batch=8-4";
  const std::string run = header + line("250 ns/op") + line("252 ns/op") + footer;
  const auto values = values_in(series_in(read(run + run), name, "real_time"));
  ASSERT_THAT(values, SizeIs(2));
  EXPECT_THAT(values[0], SizeIs(2));
  // Without what stands around the results they cannot be told from repetitions.
  EXPECT_THAT(values_in(series_in(read(header + line("250 ns/op") + line("251 ns/op")), name, "real_time")),
              SizeIs(1));
  // The last line of a run ends it, also where the next has no header.
  EXPECT_THAT(values_in(series_in(read(run + line("249 ns/op") + footer), name, "real_time")), SizeIs(2));
}

TEST(GoBenchmark, packages_of_one_run_are_no_processes_of_each_other) {
  const Measurements all = read(
      "goos: linux\npkg: a\nBenchmarkX 10 5 ns/op\nPASS\nok \ta\t1s\n"
      "goos: linux\npkg: b\nBenchmarkX 10 6 ns/op\nPASS\nok \tb\t1s\n");
  EXPECT_THAT(names_in(all), ElementsAre("a.BenchmarkX real_time", "b.BenchmarkX real_time"));
  EXPECT_EQ(series_in(all, "b.BenchmarkX", "real_time").processes.front().pair, 0);
}

TEST(GoBenchmark, directions_that_the_file_declares_count) {
  const Measurements all = read("Unit hits/op better=higher assume=exact\nBenchmarkX 10 5 ns/op 3 hits/op\n");
  EXPECT_EQ(series_in(all, "BenchmarkX", "hits/op").better, Better::higher);
}

TEST(GoBenchmark, passes_over_what_else_is_printed) {
  const Measurements all =
      read(header +
           "Benchmarking started\nBenchmarkScore\n--- BENCH: BenchmarkScore-4\n    x_test.go:5: 12 ns/op\n" +
           line("250 ns/op") + "# a comment\n\nnote: something\r\n" + footer);
  EXPECT_THAT(all.series, SizeIs(1));
  EXPECT_THAT(all.problems, IsEmpty());
  EXPECT_THAT(read(header + footer).series, IsEmpty());
}

TEST(GoBenchmark, tells_of_failures) {
  const Measurements all = read(header + "--- FAIL: BenchmarkScore\n" + "FAIL\texample.org/score\t1s\n");
  EXPECT_THAT(all.problems, SizeIs(2));
  EXPECT_EQ(all.problems[0].code, "benchmark_error");
  EXPECT_EQ(all.problems[0].sentence, "go test reports a failure: --- FAIL: BenchmarkScore");
}

TEST(GoBenchmark, says_where_a_line_of_results_is_damaged) {
  const std::string hint = "\n  A line of results is a name, iterations, and values each with its unit.";
  EXPECT_EQ(error_of([] { read(header + line("250")); }),
            "bench.txt:5:35: the unit is missing behind 250" + hint);
  EXPECT_EQ(error_of([] { read("BenchmarkX 10\n"); }),
            "bench.txt:1:12: no value follows the number of iterations" + hint);
  for (const char* value : {"nan", "inf", "1e999", "2x", "0x1p3", "--1", "+1"})
    EXPECT_EQ(error_of([&] { read(std::string("BenchmarkX 10 ") + value + " ns/op"); }),
              "bench.txt:1:15: '" + std::string(value) + "' is no number" + hint);
  EXPECT_EQ(error_of([] { read("goos: linux\ngoos: darwin\n"); }),
            "bench.txt:2:7: another goos: 'darwin' and before 'linux'\n  Put the runs of each machine into a "
            "file of its own.");
  EXPECT_THAT(error_of([] { read(std::string("BenchmarkX 10 5 ns/op\0", 22)); }),
              HasSubstr("bench.txt:1:22: "));
  EXPECT_EQ(error_of([] { read("BenchmarkX 10 1e305 GB"); }), "bench.txt: is too large a number");
}

TEST(GoBenchmark, is_known_by_its_lines) {
  EXPECT_TRUE(looks_like_go_benchmark("some log\nBenchmarkX-8 10 5 ns/op"));
  EXPECT_TRUE(looks_like_go_benchmark(header));
  EXPECT_FALSE(looks_like_go_benchmark("Benchmarking 10 things"));
  EXPECT_FALSE(looks_like_go_benchmark("id,label\n1,Benchmark\n"));
  EXPECT_FALSE(looks_like_go_benchmark(""));
}

TEST(GoBenchmarkFiles, of_go_itself_are_read) {
  const auto file = shared_data() / "perf-series/go-crc-old.txt";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "there is no " << file;
  const Measurements all = read(read_file(file));
  EXPECT_THAT(all.series, SizeIs(72));
  for (const Series& one : all.series) {
    EXPECT_THAT(std::get<SampleSeries>(one).processes, SizeIs(1));
    EXPECT_THAT(std::get<SampleSeries>(one).processes[0].values, SizeIs(10));
  }
  EXPECT_EQ(all.environment.at("goos"), "darwin");
}

}  // namespace
}  // namespace modelgate
