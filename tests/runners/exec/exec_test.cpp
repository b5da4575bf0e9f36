#include "runners/exec/exec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include "runners/process/process.h"
#include "schemas/documents/manifest.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ExecTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("exec ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "model");
    write_file(folder_ / "in.jsonl",
               "{\"id\": \"a\", \"text\": \"x\", \"label\": \"yes\", \"slices\": {\"lang\": \"zh\"}}\n"
               "{\"id\": 7, \"text\": \"y\", \"label\": \"no\"}\n");
    options_.runner.candidate = (folder_ / "model").string();
    options_.runner.output = (folder_ / "out").string();
    options_.input = (folder_ / "in.jsonl").string();
    options_.runner.timeout_seconds = 60;
  }

  /// Runs a shell script as the model.
  Measurements run(const std::string& script) {
    options_.command = {"/bin/sh", "-c", script};
    code_ = run_exec(options_);
    return read_measurements(folder_ / "out" / "candidate.json");
  }

  std::string records() { return read_file(folder_ / "out" / "candidate" / "records.jsonl"); }

  fs::path folder_;
  ExecOptions options_;
  ExitCode code_ = ExitCode::usage;
};

TEST_F(ExecTest, merges_the_input_into_the_answers_in_the_order_of_the_input) {
  const Measurements measurements =
      run("cat >/dev/null; echo '{\"id\": \"7\", \"prediction\": \"no\"}'; "
          "echo '{\"id\": \"a\", \"prediction\": \"yes\", \"label\": \"yes\", \"slices\": {\"length\": "
          "\"short\"}}'");
  EXPECT_EQ(code_, ExitCode::pass);
  EXPECT_THAT(measurements.problems, IsEmpty());
  EXPECT_EQ(records(),
            "{\"id\":\"a\",\"prediction\":\"yes\",\"label\":\"yes\",\"slices\":{\"length\":\"short\","
            "\"lang\":\"zh\"}}\n"
            "{\"id\":\"7\",\"prediction\":\"no\",\"label\":\"no\"}\n");
  const auto& series = std::get<RecordSeries>(measurements.series.at(0));
  EXPECT_EQ(series.rows, 2);
  EXPECT_EQ(series.errors, 0);
  EXPECT_EQ(series.test_set, digest_of_file(folder_ / "in.jsonl"));
}

TEST_F(ExecTest, an_input_of_each_subjects_own_is_no_common_test_set) {
  fs::rename(folder_ / "in.jsonl", folder_ / "model" / "in.jsonl");
  options_.input = "{subject}/in.jsonl";
  const Measurements measurements = run("cat");
  EXPECT_EQ(std::get<RecordSeries>(measurements.series.at(0)).test_set, "");
}

TEST_F(ExecTest, a_model_does_not_choose_its_own_labels) {
  const Measurements measurements =
      run("cat >/dev/null; echo '{\"id\": \"a\", \"prediction\": \"no\", \"label\": \"no\"}'; "
          "echo '{\"id\": 7, \"prediction\": \"no\"}'");
  EXPECT_EQ(code_, ExitCode::error);
  ASSERT_EQ(measurements.problems.size(), 1u);
  EXPECT_EQ(measurements.problems[0].code, "bad_output");
  EXPECT_EQ(measurements.problems[0].sentence,
            "output lines that contradict the input: 1 (line 1 label is no, not yes)");
  EXPECT_THAT(records(), HasSubstr("\"prediction\":\"no\",\"label\":\"yes\""));
}

TEST_F(ExecTest, repeats_of_a_row_are_told_apart_by_their_sample) {
  write_file(folder_ / "in.jsonl",
             "{\"id\": 1, \"sample\": 1}\n{\"id\": 1, \"sample\": 2}\n{\"id\": 2, \"sample\": 1}\n");
  const Measurements measurements =
      run("cat >/dev/null; echo '{\"id\": 1, \"sample\": 2, \"score\": 0.2}'; echo '{\"id\": 1, \"sample\": "
          "1, \"score\": 0.1}'; "
          "echo '{\"id\": 2, \"score\": 0.3}'; echo '{\"id\": 1}'");
  EXPECT_EQ(records(),
            "{\"id\":1,\"sample\":1,\"score\":0.1}\n{\"id\":1,\"sample\":2,\"score\":0.2}\n"
            "{\"id\":2,\"score\":0.3,\"sample\":1}\n");
  // Which row of id 1 the last answer is for, nobody can know.
  ASSERT_EQ(measurements.problems.size(), 1u);
  EXPECT_THAT(measurements.problems[0].sentence, HasSubstr("line 4 '1'"));
}

TEST_F(ExecTest, keeps_a_row_that_was_not_answered_as_an_error) {
  const Measurements measurements = run("cat >/dev/null; echo '{\"id\": \"a\", \"prediction\": \"yes\"}'");
  EXPECT_EQ(std::get<RecordSeries>(measurements.series.at(0)).errors, 1);
  EXPECT_THAT(records(), HasSubstr("{\"id\":7,\"error\":\"no answer\",\"label\":\"no\"}"));
}

TEST_F(ExecTest, keeps_an_error_that_the_command_reports_for_a_row) {
  const Measurements measurements =
      run("cat >/dev/null; echo '{\"id\": \"a\", \"error\": \"refused\"}'; echo '{\"id\": 7, \"prediction\": "
          "\"no\"}'");
  EXPECT_EQ(code_, ExitCode::pass);
  EXPECT_EQ(std::get<RecordSeries>(measurements.series.at(0)).errors, 1);
  EXPECT_THAT(records(), HasSubstr("\"error\":\"refused\""));
}

TEST_F(ExecTest, names_output_that_is_no_answer) {
  const Measurements measurements =
      run("cat >/dev/null; echo 'Loading model'; echo '{\"id\": \"b\"}'; echo '{\"id\": \"a\"}'; echo "
          "'{\"id\": \"a\"}'; "
          "echo '{\"id\": 7, \"score\": NaN}'");
  EXPECT_EQ(code_, ExitCode::error);
  ASSERT_EQ(measurements.problems.size(), 3u);
  EXPECT_THAT(measurements.problems[0].sentence,
              HasSubstr("are no JSON objects with an 'id': 2 (line 1 Loading model"));
  EXPECT_THAT(measurements.problems[1].sentence, HasSubstr("'b'"));
  EXPECT_THAT(measurements.problems[2].sentence, HasSubstr("answer a row again"));
}

TEST_F(ExecTest, a_command_that_fails_after_its_answers_is_a_problem_and_the_answers_are_kept) {
  const Measurements measurements =
      run("cat >/dev/null; echo '{\"id\": \"a\"}'; echo '{\"id\": 7}'; echo out of luck >&2; exit 3");
  EXPECT_EQ(code_, ExitCode::error);
  ASSERT_EQ(measurements.problems.size(), 1u);
  EXPECT_EQ(measurements.problems[0].code, "failed");
  EXPECT_THAT(measurements.problems[0].sentence, HasSubstr("out of luck"));
  EXPECT_EQ(std::get<RecordSeries>(measurements.series.at(0)).rows, 2);
}

TEST_F(ExecTest, a_command_that_does_not_end_is_stopped_and_said) {
  options_.runner.timeout_seconds = 0.2;
  const Measurements measurements = run("exec sleep 60");
  ASSERT_FALSE(measurements.problems.empty());
  EXPECT_EQ(measurements.problems[0].code, "timed_out");
}

TEST_F(ExecTest, a_command_that_is_not_there_is_a_problem) {
  options_.command = {(folder_ / "model" / "no such program").string()};
  EXPECT_EQ(run_exec(options_), ExitCode::error);
  EXPECT_EQ(read_measurements(folder_ / "out" / "candidate.json").problems.at(0).code, "not_started");
}

TEST_F(ExecTest, replaces_the_subject_and_measures_the_baseline_too) {
  fs::create_directories(folder_ / "old");
  write_file(folder_ / "old" / "answers", "{\"id\": \"a\"}\n{\"id\": 7}\n");
  write_file(folder_ / "model" / "answers", "{\"id\": \"a\"}\n{\"id\": 7}\n");
  options_.runner.baseline = (folder_ / "old").string();
  options_.command = {"/bin/cat", "{subject}/answers"};
  EXPECT_EQ(run_exec(options_), ExitCode::pass);
  EXPECT_EQ(read_measurements(folder_ / "out" / "baseline.json").subject.role, Role::baseline);
}

TEST_F(ExecTest, a_broken_input_is_the_persons_error_with_its_line) {
  const std::pair<const char*, const char*> broken[] = {{"{\"id\": 1}\n[1]\n", "in.jsonl:2"},
                                                        {"{\"id\": 1}\n\n{\"id\": \"1\"}\n", "in.jsonl:3"},
                                                        {"{\"text\": 1}\n", "in.jsonl:1"},
                                                        {"", "in.jsonl"}};
  for (const auto& [content, where] : broken) {
    write_file(folder_ / "in.jsonl", content);
    try {
      run("cat");
      FAIL() << "was accepted: " << content;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_THAT(error.where(), HasSubstr(where));
    }
  }
}

TEST_F(ExecTest, stderr_that_was_cut_is_noted) {
  const Measurements measurements =
      run("cat >/dev/null; i=0; while [ $i -lt 3000 ]; do echo 'a warning of some fifty bytes, as models "
          "give them' >&2; "
          "i=$((i + 1)); done; echo '{\"id\": \"a\"}'; echo '{\"id\": 7}'");
  EXPECT_EQ(code_, ExitCode::pass);
  ASSERT_EQ(measurements.notes.size(), 1u);
  EXPECT_THAT(measurements.notes[0], HasSubstr("candidate/stderr.log"));
  EXPECT_EQ(fs::file_size(folder_ / "out" / "candidate" / "stderr.log"), 153'000u);
}

TEST_F(ExecTest, an_earlier_runs_document_does_not_survive_one_that_fails) {
  write_file(folder_ / "out" / "candidate.json", "old");
  write_file(folder_ / "out" / "baseline.json", "old");
  fs::remove(folder_ / "in.jsonl");
  EXPECT_THROW(run("cat"), Error);
  EXPECT_FALSE(fs::exists(folder_ / "out" / "candidate.json"));
  EXPECT_FALSE(fs::exists(folder_ / "out" / "baseline.json"));
}

TEST_F(ExecTest, memory_beyond_the_limit_is_a_problem_of_its_own) {
  options_.runner.memory_limit_mib = 64;
  const Measurements measurements = run("exec tail /dev/zero");  // keeps what it reads until a line ends
  ASSERT_FALSE(measurements.problems.empty());
  EXPECT_EQ(measurements.problems[0].code, "out_of_memory");
  EXPECT_THAT(measurements.problems[0].sentence, HasSubstr("64 MiB"));
}

TEST_F(ExecTest, processor_time_beyond_the_limit_is_a_problem_of_its_own) {
  options_.runner.cpu_limit_seconds = 1;
  const Measurements measurements = run("while :; do :; done");
  ASSERT_FALSE(measurements.problems.empty());
  EXPECT_EQ(measurements.problems[0].code, "cpu_limit");
}

TEST_F(ExecTest, hostile_nesting_is_no_answer) {
  write_file(folder_ / "deep",
             "{\"id\":\"a\",\"x\":" + std::string(100000, '[') + std::string(100000, ']') + "}\n");
  options_.command = {"/bin/cat", (folder_ / "deep").string()};
  EXPECT_EQ(run_exec(options_), ExitCode::error);
}

/// Interrupts `modelgate-run-exec` while its command runs.
TEST_F(ExecTest, an_interrupt_ends_the_command_and_is_told) {
  const fs::path fifo = folder_ / "ready";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  ProcessSpec spec;
  spec.argv = {
      MODELGATE_BIN_DIR "/modelgate-run-exec",
      "--candidate",
      (folder_ / "model").string(),
      "--output",
      (folder_ / "out").string(),
      "--input",
      options_.input,
      "--command=/bin/sh",
      "--command=-c",
      "--command=trap '' TERM; echo $$ $PPID > '" + fifo.string() + "'; while :; do sleep 1000; done"};
  Supervisor supervisor;
  supervisor.start(spec);
  pid_t command = 0, runner = 0;
  std::ifstream(fifo) >> command >> runner;
  ASSERT_GT(runner, 1);
  ::kill(runner, SIGINT);
  const ProcessOutcome outcome = supervisor.wait()->second;
  EXPECT_EQ(outcome.exit_code, 4) << outcome.err.text;
  EXPECT_EQ(::kill(command, 0), -1);
  const Measurements measurements = read_measurements(folder_ / "out" / "candidate.json");
  ASSERT_EQ(measurements.problems.size(), 1u);
  EXPECT_EQ(measurements.problems[0].code, "interrupted");
}

}  // namespace
}  // namespace modelgate
