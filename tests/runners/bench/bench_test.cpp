// modelgate-run-bench on benchmarks that behave and that do not.

#include "runners/bench/bench.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "runners/pairs/pair_order.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class BenchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("bench ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    for (const char* name : {"old", "new"}) {
      fs::create_directories(folder_ / name);
      fs::create_symlink(TEST_PROGRAMS "/bench_benchmarks", folder_ / name / "benchmarks");
    }
    options_.runner.candidate = (folder_ / "new").string();
    options_.runner.baseline = (folder_ / "old").string();
    options_.runner.output = (folder_ / "out").string();
    options_.program = "{subject}/benchmarks";
    options_.sampling.pairs = 2;
    options_.sampling.keep_disturbed = true;  // beside other tests many are
    options_.min_time_seconds = 0.0001;
    options_.seed = 7;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void run(const std::string& how = "") {
    if (!how.empty()) options_.arguments = {"--how=" + how, "--file={subject}/count"};
    code_ = run_bench(options_);
    candidate_ = read_measurements(folder_ / "out" / "candidate.json");
    if (!options_.runner.baseline.empty()) baseline_ = read_measurements(folder_ / "out" / "baseline.json");
  }

  static std::map<std::string, SampleSeries> series(const Measurements& document) {
    std::map<std::string, SampleSeries> all;
    for (const Series& one : document.series) {
      const auto& samples = std::get<SampleSeries>(one);
      all[samples.name + " " + samples.quantity] = samples;
    }
    return all;
  }
  static std::string problems(const Measurements& document) {
    std::string all;
    for (const Problem& problem : document.problems) all += problem.code + ": " + problem.sentence + "\n";
    return all;
  }

  fs::path folder_;
  BenchOptions options_;
  ExitCode code_ = ExitCode::usage;
  Measurements candidate_, baseline_;
};

TEST_F(BenchTest, keeps_pairs_positions_and_repetitions_of_every_quantity) {
  options_.sampling.pairs = 4;
  options_.repetitions = 3;
  run();
  EXPECT_EQ(code_, ExitCode::pass) << problems(candidate_) << problems(baseline_);
  const auto all = series(candidate_);
  for (const char* name : {"add/8 real_time", "add/8 cpu_time", "add/64 items_per_second", "add/64 answer",
                           "troubled real_time"})
    ASSERT_TRUE(all.contains(name)) << name;
  EXPECT_EQ(all.at("add/8 real_time").unit, "s");
  EXPECT_EQ(all.at("add/8 real_time").better, Better::lower);
  EXPECT_EQ(all.at("add/64 items_per_second").better, Better::higher);
  EXPECT_EQ(all.at("add/64 answer").processes.at(0).values, (std::vector<double>{42, 42, 42}));
  std::set<std::int64_t> positions;
  for (const Measurements* document : {&candidate_, &baseline_})
    for (const auto& [name, one] : series(*document)) {
      EXPECT_TRUE(one.interleaved);
      ASSERT_EQ(one.processes.size(), 4u) << name;
      for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(one.processes[i].pair, static_cast<std::int64_t>(i));
        EXPECT_EQ(one.processes[i].position / 2, one.processes[i].pair);
        EXPECT_EQ(one.processes[i].values.size(), 3u);
        if (name == "add/8 real_time") positions.insert(one.processes[i].position);
      }
    }
  EXPECT_EQ(positions, (std::set<std::int64_t>{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST_F(BenchTest, runs_in_the_order_of_the_seed_after_a_process_of_each_with_other_environments) {
  options_.sampling.pairs = 6;
  options_.arguments = {"--how=prints-its-environment-size", "--file=" + (folder_ / "log").string()};
  run();
  std::ifstream log(folder_ / "log");
  std::vector<std::string> order;
  std::set<std::size_t> sizes;
  for (std::string line; std::getline(log, line);) {
    const std::size_t blank = line.rfind(' ');
    order.push_back(fs::path(line.substr(0, blank)).parent_path().filename());
    sizes.insert(std::stoul(line.substr(blank)));
  }
  ASSERT_EQ(order.size(), 14u);
  EXPECT_NE(order[0], order[1]);
  PairOrder expected(7);
  for (std::size_t i = 2; i < order.size(); i += 2) {
    const bool candidate_first = expected.first_of_next() == 0;
    EXPECT_EQ(order[i], candidate_first ? "new" : "old") << i;
    EXPECT_EQ(order[i + 1], candidate_first ? "old" : "new") << i;
  }
  EXPECT_GT(sizes.size(), 6u);
  EXPECT_THAT(candidate_.notes, Contains(HasSubstr("seed 7")));
  EXPECT_THAT(candidate_.notes, Contains(HasSubstr("was not counted")));
}

TEST_F(BenchTest, chooses_and_names_a_seed_where_none_is_given) {
  options_.seed = 0;
  run();
  EXPECT_THAT(candidate_.notes, Contains(HasSubstr("(seed ")));
  EXPECT_THAT(candidate_.notes, Not(Contains(HasSubstr("(seed 0)"))));
}

TEST_F(BenchTest, a_candidate_alone_is_not_interleaved) {
  options_.runner.baseline.clear();
  run();
  EXPECT_EQ(code_, ExitCode::pass);
  EXPECT_FALSE(fs::exists(folder_ / "out" / "baseline.json"));
  const auto all = series(candidate_);
  EXPECT_FALSE(all.at("add/8 real_time").interleaved);
  EXPECT_EQ(all.at("add/8 real_time").processes.size(), 2u);
}

TEST_F(BenchTest, measures_what_the_filter_matches) {
  options_.filter = "add/8";
  run();
  for (const auto& [name, one] : series(candidate_)) EXPECT_EQ(one.name, "add/8");
}

TEST_F(BenchTest, a_benchmark_of_one_side_stays_on_that_side) {
  options_.arguments = {"--how=has-another-in-{role}"};
  fs::remove(folder_ / "old" / "benchmarks");
  std::ofstream(folder_ / "old" / "benchmarks")
      << "#!/bin/sh\nexec '" TEST_PROGRAMS "/bench_benchmarks' --how=x \"$@\"\n";
  fs::permissions(folder_ / "old" / "benchmarks", fs::perms::all);
  fs::remove(folder_ / "new" / "benchmarks");
  std::ofstream(folder_ / "new" / "benchmarks")
      << "#!/bin/sh\nexec '" TEST_PROGRAMS "/bench_benchmarks' \"$@\" --how=has-another\n";
  fs::permissions(folder_ / "new" / "benchmarks", fs::perms::all);
  run();
  EXPECT_EQ(code_, ExitCode::pass) << problems(candidate_) << problems(baseline_);
  EXPECT_TRUE(series(candidate_).contains("another real_time"));
  EXPECT_FALSE(series(baseline_).contains("another real_time"));
}

TEST_F(BenchTest, an_error_that_a_benchmark_reports_is_a_problem_with_its_pairs) {
  run("reports-an-error");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(candidate_),
              HasSubstr("benchmark_error: troubled: the model has no weights (pairs 1, 2)"));
  EXPECT_FALSE(series(candidate_).contains("troubled real_time"));
  EXPECT_EQ(series(candidate_).at("add/8 real_time").processes.size(), 2u);
}

TEST_F(BenchTest, an_error_in_one_process_only_is_not_forgotten) {
  run("reports-an-error-once");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_FALSE(candidate_.problems.empty());
}

TEST_F(BenchTest, a_benchmark_that_only_some_processes_have_is_a_problem) {
  run("sometimes");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(candidate_), HasSubstr("sometimes: real_time was reported by 1 of 2 processes"));
}

TEST_F(BenchTest, a_process_that_crashes_is_a_problem_with_its_pair) {
  run("crashes-in-the-third-process");
  EXPECT_EQ(code_, ExitCode::error);
  const std::string told = problems(candidate_) + problems(baseline_);
  EXPECT_THAT(told, HasSubstr("crashed: pair 2 of 2: the benchmark program was killed by SIGABRT"));
  EXPECT_THAT(candidate_.notes, Contains("the measurement ended with pair 2 of 2"));
}

TEST_F(BenchTest, a_process_that_takes_too_long_is_a_problem) {
  options_.runner.timeout_seconds = 0.3;
  run("hangs");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(candidate_), HasSubstr("timed_out: the process before the first pair"));
}

TEST_F(BenchTest, a_process_that_fails_after_its_results_is_a_problem) {
  run("exits-with-three");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(candidate_), HasSubstr("exited with code 3: out of luck"));
}

TEST_F(BenchTest, aggregates_without_their_values_are_a_problem) {
  run("aggregates");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(candidate_), HasSubstr("aggregated/repeats:2: reports only aggregates"));
}

TEST_F(BenchTest, what_is_no_benchmark_program_is_a_problem) {
  for (const char* program : {"/bin/true", "/bin/false", "/no/such/program", "/tmp", "/dev/null"}) {
    options_.program = program;
    run();
    EXPECT_EQ(code_, ExitCode::error) << program;
    EXPECT_EQ(candidate_.problems.size(), 1u) << program;
    EXPECT_THAT(candidate_.series, IsEmpty()) << program;
  }
}

TEST_F(BenchTest, a_filter_that_matches_nothing_is_a_problem) {
  options_.filter = "nothing of that name";
  run();
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(candidate_), HasSubstr("nothing of that name"));
}

TEST_F(BenchTest, results_that_are_no_json_are_a_problem) {
  for (const std::string results : {"{\"benchmarks\": [", "[]", "{\"benchmarks\": [{\"name\": 1}]}", "{}",
                                    "{\"benchmarks\": []}", "\xff\xfe",
                                    "{\"benchmarks\": [{\"name\": \"a\", "
                                    "\"real_time\": NaN, \"cpu_time\": 1}]}"}) {
    for (const char* side : {"old", "new"}) {
      const fs::path program = folder_ / side / "benchmarks";
      fs::remove(program);
      std::ofstream(program) << "#!/bin/sh\nprintf '%s' '" << results << "' >\"${1#--benchmark_out=}\"\n";
      fs::permissions(program, fs::perms::all);
    }
    run();
    EXPECT_EQ(code_, ExitCode::error) << results;
    EXPECT_THAT(problems(candidate_), HasSubstr("bad_output: the process before the first pair: "))
        << results;
  }
}

TEST_F(BenchTest, a_program_that_only_one_side_has_is_a_problem_of_the_other) {
  fs::remove(folder_ / "old" / "benchmarks");
  run();
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(baseline_), HasSubstr("not_started"));
}

TEST_F(BenchTest, arguments_that_are_ours_to_give_are_refused) {
  for (const char* argument : {"--benchmark_out=x", "--benchmark_filter=x", "--benchmark_min_time=1",
                               "--benchmark_repetitions=2", "--benchmark_report_aggregates_only"}) {
    options_.arguments = {argument};
    try {
      run_bench(options_);
      ADD_FAILURE() << "was accepted: " << argument;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
    }
  }
}

TEST_F(BenchTest, variables_of_the_user_change_nothing) {
  ::setenv("BENCHMARK_FILTER", "nothing", 1);
  ::setenv("BENCHMARK_REPETITIONS", "9", 1);
  run();
  ::unsetenv("BENCHMARK_FILTER");
  ::unsetenv("BENCHMARK_REPETITIONS");
  EXPECT_EQ(series(candidate_).at("add/8 real_time").processes.at(0).values.size(), 1u);
}

TEST_F(BenchTest, measures_a_part_of_the_benchmarks_and_all_parts_are_all_of_them) {
  run();
  std::set<std::string> all, parts;
  for (const auto& [name, one] : series(candidate_)) all.insert(one.name);
  std::set<std::string> digests;
  for (const char* part : {"1/3", "2/3", "3/3"}) {
    options_.part.text = part;
    run();
    EXPECT_EQ(code_, ExitCode::pass) << problems(candidate_);
    ASSERT_TRUE(candidate_.part && baseline_.part);
    EXPECT_EQ(candidate_.part, baseline_.part);
    digests.insert(candidate_.part->names);
    std::set<std::string> names;
    for (const auto& [name, one] : series(candidate_)) names.insert(one.name);
    EXPECT_FALSE(names.empty());
    for (const std::string& name : names)
      EXPECT_TRUE(parts.insert(name).second) << name << " is in two parts";
  }
  EXPECT_EQ(parts, all);
  EXPECT_EQ(digests.size(), 1u);
}

TEST_F(BenchTest, a_part_without_benchmarks_is_empty_and_says_which_part_it_is) {
  options_.filter = "^add/8$";
  options_.part.text = "2/2";
  run();
  EXPECT_EQ(code_, ExitCode::pass) << problems(candidate_);
  EXPECT_THAT(candidate_.series, IsEmpty());
  ASSERT_TRUE(candidate_.part);
}

TEST_F(BenchTest, a_part_misses_what_a_program_lists_and_does_not_report) {
  options_.part.text = "1/1";
  run("lists-more");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(candidate_), HasSubstr("lists only_listed and did not report it"));
}

TEST_F(BenchTest, a_part_of_a_program_that_lists_nothing_is_an_error) {
  options_.filter = "nothing of the kind";
  options_.part.text = "1/2";
  run();
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(candidate_), HasSubstr("lists no benchmark"));
  options_.part.text = "3/2";
  EXPECT_THROW(run_bench(options_), Error);
  options_.part.text = "1/2";
  options_.sampling.until = 1;
  EXPECT_THROW(run_bench(options_), Error);
}

}  // namespace
}  // namespace modelgate
