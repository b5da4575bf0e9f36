#include "schemas/formats/benchmark_runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/formats/gate_input.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"
#include "tests/schemas/formats/sample_series.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string listed(const std::string& values) {
  return "[{\"name\": \"b\", \"unit\": \"s\", \"value\": " + values + "}]";
}

class BenchmarkRuns : public ::testing::Test {
 protected:
  Measurements read(const std::string& name) {
    return read_gate_input(folder_ / name, Role::candidate, {ForeignFormat::benchmarks});
  }

  const TemporaryFolder folder_;
};

TEST_F(BenchmarkRuns, makes_each_file_of_a_folder_a_process) {
  folder_.with("runs/2.json", listed("2"));
  folder_.with("runs/1.json", listed("1"));
  folder_.with("runs/.hidden", "x");
  folder_.with("runs/folder/3.json", listed("3"));
  const Measurements all = read("runs");
  const auto& series = series_in(all, "b", "value");
  EXPECT_THAT(values_in(series), ElementsAre(ElementsAre(1), ElementsAre(2)));
  EXPECT_EQ(series.processes[1].pair, 1);
  EXPECT_EQ(series.processes[1].position, 1);
  EXPECT_THAT(all.notes, SizeIs(1));
  EXPECT_THAT(all.problems, IsEmpty());
}

TEST_F(BenchmarkRuns, numbers_processes_on_over_files_that_hold_several) {
  const std::string run = "goos: linux\nBenchmarkX 10 5 ns/op\nPASS\n";
  folder_.with("runs/a.txt", run + run);
  folder_.with("runs/b.txt", run);
  const auto series = series_in(read("runs"), "BenchmarkX", "real_time");
  ASSERT_THAT(series.processes, SizeIs(3));
  EXPECT_EQ(series.processes[2].pair, 2);
}

TEST_F(BenchmarkRuns, does_not_pass_over_a_run_that_lacks_a_benchmark) {
  folder_.with("runs/1.json", listed("1"));
  folder_.with("runs/2.json", "[{\"name\": \"c\", \"unit\": \"s\", \"value\": 1}]");
  const Measurements all = read("runs");
  ASSERT_THAT(all.problems, SizeIs(2));
  EXPECT_EQ(all.problems[0].sentence, "b value: is in 1 of 2 files only");
}

TEST_F(BenchmarkRuns, refuses_what_does_not_belong_together) {
  const auto error = [&](const std::string& second) {
    folder_.with("runs/1.txt", "goos: linux\nBenchmarkX 10 5 ns/op\n");
    folder_.with("runs/2", second);
    return error_of([&] { read("runs"); });
  };
  EXPECT_THAT(
      error("goos: darwin\nBenchmarkX 10 5 ns/op\n"),
      EndsWith(
          "runs/2: the machine's goos is 'darwin', and in 1.txt 'linux'\n  Put the runs of each machine into "
          "a folder of its own."));
  EXPECT_THAT(error("BenchmarkX 10 5 ns/op\n"), HasSubstr("runs/2: the machine's goos is not told"));
  EXPECT_THAT(error(listed("1")), HasSubstr("runs/2: is of github-action-benchmark, and "));
  EXPECT_THAT(error("notes"), HasSubstr("runs/2: is of a format that is not known"));
  EXPECT_THAT(
      error(
          R"({"schema": "modelgate/measurements", "version": 1, "runner": "r", "runner_version": "1", "created": "",
    "subject": {"role": "candidate"}, "series": []})"),
      HasSubstr("runs/2: is of r, and "));
  EXPECT_THAT(error("goos: linux\nUnit s better=higher\nBenchmarkX 10 5 ns/op\nUnit ns/op better=higher\n"),
              IsEmpty());
}

TEST_F(BenchmarkRuns, an_empty_folder_holds_no_results) {
  folder_.with("runs/.hidden", "x");
  EXPECT_THAT(error_of([&] { read("runs"); }), EndsWith("runs: is a folder without a file of results"));
}

TEST_F(BenchmarkRuns, criterions_folder_is_one_run) {
  const std::string sample = R"({"iters":[1],"times":[1000]})";
  folder_.with("criterion/b/new/sample.json", sample);
  folder_.with("criterion/a/new/sample.json", sample);
  const Measurements all = read("criterion");
  EXPECT_EQ(all.runner, "criterion");
  EXPECT_THAT(names_in(all), ElementsAre("a real_time", "b real_time"));
  EXPECT_THAT(all.problems, IsEmpty());
  folder_.with("criterion/x/a/new/sample.json", sample);
  EXPECT_THAT(error_of([&] { read("criterion"); }), HasSubstr("holds 'a' twice"));
}

}  // namespace
}  // namespace modelgate
