// The speed of real commands: shell scripts and small programs that answer rows.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include <filesystem>
#include <map>
#include <string>

#include "runners/exec/exec.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Answers each row as soon as it has read it, with the row's own id.
constexpr char echo[] = "while read -r line; do echo \"$line\"; done";

class CommandBenchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::signal(SIGPIPE, SIG_IGN);  // as every program of ours does
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("exec bench ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    for (const char* name : {"old", "new"}) fs::create_directories(folder_ / name);
    std::string rows;
    for (int i = 0; i < 40; ++i) rows += "{\"id\": " + std::to_string(i) + ", \"text\": \"x\"}\n";
    write_file(folder_ / "in.jsonl", rows);
    options_.runner.candidate = (folder_ / "new").string();
    options_.runner.baseline = (folder_ / "old").string();
    options_.runner.output = (folder_ / "out").string();
    options_.runner.timeout_seconds = 60;
    options_.input = (folder_ / "in.jsonl").string();
    options_.bench.sampling.pairs = 2;
    options_.bench.sampling.keep_disturbed = true;  // beside other tests many are
    options_.looks.seed = 7;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void run(const std::string& mode, const std::string& script) {
    options_.bench.mode = mode;
    options_.command = {"/bin/sh", "-c", script};
    code_ = run_exec(options_);
    for (const char* role : {"candidate", "baseline"})
      documents_[role] = read_measurements(folder_ / "out" / (std::string(role) + ".json"));
  }

  std::map<std::string, SampleSeries> series(const std::string& role = "candidate") {
    std::map<std::string, SampleSeries> all;
    for (const Series& one : documents_.at(role).series) {
      const auto& samples = std::get<SampleSeries>(one);
      all[samples.name + " " + samples.quantity] = samples;
    }
    return all;
  }
  std::string problems() {
    std::string all;
    for (const auto& [role, document] : documents_)
      for (const Problem& problem : document.problems) all += problem.code + ": " + problem.sentence + "\n";
    return all;
  }

  fs::path folder_;
  ExecOptions options_;
  ExitCode code_ = ExitCode::usage;
  std::map<std::string, Measurements> documents_;
};

TEST_F(CommandBenchTest, a_cold_process_is_measured_from_start_to_end) {
  run("cold", echo);
  ASSERT_EQ(code_, ExitCode::pass) << problems();
  for (const char* role : {"candidate", "baseline"}) {
    const auto all = series(role);
    EXPECT_EQ(all.size(), 3u);
    EXPECT_FALSE(all.contains("command peak_memory"));  // a shell uses less than our own process
    for (const auto& [name, one] : all) {
      EXPECT_TRUE(one.interleaved) << name;
      ASSERT_EQ(one.processes.size(), 2u) << name;
      for (const ProcessSamples& process : one.processes) EXPECT_GT(process.values.at(0), 0) << name;
    }
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_LE(all.at("command first_result").processes[i].values[0],
                all.at("command real_time").processes[i].values[0]);
  }
}

TEST_F(CommandBenchTest, memory_is_told_where_every_process_uses_more_than_our_own) {
  options_.input.clear();
  // dd takes a block of that size.
  const std::string use = "dd if=/dev/zero of=/dev/null count=1 2>/dev/null bs=";
  run("cold", use + "256M");
  ASSERT_EQ(code_, ExitCode::pass) << problems();
  const SampleSeries memory = series().at("command peak_memory");
  EXPECT_EQ(memory.unit, "bytes");
  for (const ProcessSamples& process : memory.processes) {
    EXPECT_GT(process.values.at(0), 256e6);
    EXPECT_LT(process.values.at(0), 300e6);
  }
  run("cold", use + "1k");
  EXPECT_FALSE(series().contains("command peak_memory"));
  EXPECT_THAT(documents_.at("baseline").notes, Contains(HasSubstr("peak memory is not told")));
}

TEST_F(CommandBenchTest, a_command_without_input_is_only_run) {
  options_.input.clear();
  run("cold", "exit 0");
  ASSERT_EQ(code_, ExitCode::pass) << problems();
  EXPECT_FALSE(series().contains("command first_result"));
  EXPECT_TRUE(series().contains("command real_time"));
}

TEST_F(CommandBenchTest, a_warm_process_answers_row_by_row) {
  run("warm", echo);
  ASSERT_EQ(code_, ExitCode::pass) << problems();
  const auto all = series();
  const SampleSeries& answers = all.at("answer latency");
  EXPECT_EQ(answers.unit, "s");
  for (const ProcessSamples& process : answers.processes) {
    EXPECT_GE(process.values.size(), 20u);  // at most half of them warm it up
    EXPECT_LT(process.values.size(), 40u);
  }
  EXPECT_EQ(all.at("answer throughput").better, Better::higher);
  EXPECT_TRUE(all.contains("command first_result"));
}

TEST_F(CommandBenchTest, only_so_many_rows_are_given_as_are_asked_for) {
  options_.bench.rows = 5;
  run("cold", "tee -a '" + (folder_ / "seen").string() + "'");
  ASSERT_EQ(code_, ExitCode::pass) << problems();
  const std::string seen = read_file(folder_ / "seen");
  EXPECT_EQ(std::count(seen.begin(), seen.end(), '\n'), 6 * 5);  // a rehearsal and two pairs of two subjects
}

TEST_F(CommandBenchTest, speed_without_all_answers_is_a_problem) {
  run("cold", "head -n 39");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(),
              HasSubstr("bad_output: the process before the first pair: it answered 39 of 40 rows"));
  run("warm", "for i in 1 2 3; do read -r line; echo \"$line\"; done");
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(), HasSubstr("it answered 3 of 40 rows"));
  run("cold", "sed 's/\"text\"/\"error\"/'");
  EXPECT_THAT(problems(), HasSubstr("an answer is an error"));
  run("cold", "echo hello; cat");
  EXPECT_THAT(problems(), HasSubstr("no JSON object with an 'id': hello"));
  EXPECT_THAT(documents_.at("candidate").series, IsEmpty());
}

TEST_F(CommandBenchTest, a_command_that_fails_or_says_nothing_is_a_problem) {
  run("warm", "read -r line; echo \"$line\"; echo out of luck >&2; exit 3");
  EXPECT_THAT(problems(), HasSubstr("failed: the process before the first pair: the command exited with code "
                                    "3, after 1 of 40 answers"));
  EXPECT_THAT(problems(), HasSubstr("out of luck"));
  options_.runner.timeout_seconds = 0.3;
  run("warm", "cat >/dev/null");
  EXPECT_THAT(problems(), HasSubstr("timed_out"));
  EXPECT_THAT(problems(), HasSubstr("it must write each answer as soon as it has it"));
}

TEST_F(CommandBenchTest, a_row_that_no_pipe_holds_is_not_waited_for) {
  write_file(folder_ / "in.jsonl",
             "{\"id\": 1, \"text\": \"" + std::string(std::size_t{3} << 20, 'x') + "\"}\n");
  run("warm", echo);
  EXPECT_EQ(code_, ExitCode::error);
  EXPECT_THAT(problems(), HasSubstr("did not take a row whole"));
}

TEST_F(CommandBenchTest, pairs_are_added_by_looks) {
  options_.bench.sampling.pairs = 4;
  options_.looks.looks = {"2", "4"};
  options_.looks.until = 2;
  run("cold", echo);
  ASSERT_EQ(code_, ExitCode::pass) << problems();
  EXPECT_EQ(documents_.at("candidate").looks, (std::vector<std::int64_t>{2, 4}));
  options_.looks.until = 0;
  options_.looks.add = true;
  run("cold", echo);
  ASSERT_EQ(code_, ExitCode::pass) << problems();
  EXPECT_EQ(series().at("command real_time").processes.size(), 4u);
}

TEST_F(CommandBenchTest, what_only_means_something_for_speed_or_needs_rows_is_refused) {
  EXPECT_THROW(run("", echo), Error);
  options_.bench.sampling.pairs = 0;
  options_.input.clear();
  EXPECT_THROW(run("", echo), Error);
  EXPECT_THROW(run("warm", echo), Error);
}

}  // namespace
}  // namespace modelgate
