#include <gmock/gmock.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <functional>

#include "runners/process/process.h"
#include "runners/recording/recording.h"
#include "schemas/documents/manifest.h"
#include "schemas/tool/error.h"
#include "tests/runners/exec/folder_of_looks.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AddingTest : public LooksTest {
 protected:
  /// The first four rows of both are measured.
  void SetUp() override {
    LooksTest::SetUp();
    ASSERT_EQ(run(4), ExitCode::pass);
  }

  /// Adding is a usage error with these words, and leaves the documents as they are.
  void expect_refused(const std::string& words, std::int64_t until = 7) {
    const auto text = [&](const std::string& role) {
      const fs::path path = folder_ / "out" / (role + ".json");
      return fs::exists(path) ? read_file(path) : "";
    };
    const std::string candidate = text("candidate"), baseline = text("baseline");
    try {
      run(until, true);
      FAIL() << "was accepted: " << words;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_THAT(error.message(), HasSubstr(words));
      EXPECT_EQ(error.hint(), "Measure anew, without --add.");
    }
    EXPECT_EQ(text("candidate"), candidate);
    EXPECT_EQ(text("baseline"), baseline);
  }

  void change(const std::string& role, const std::function<void(Measurements&)>& how) {
    Measurements changed = document(role);
    how(changed);
    write_measurements(changed, folder_ / "out");
  }
};

TEST_F(AddingTest, stretches_give_the_very_records_of_one_whole_run) {
  options_.command = {"/bin/sh", "-c", "grep -v '\"id\":[13],'"};  // two rows stay without an answer
  run(4);
  EXPECT_EQ(run(7, true), ExitCode::pass);
  const std::string asked = text_of("candidate/asked.jsonl") + text_of("candidate/asked-until-7.jsonl");
  EXPECT_EQ(run(0, true), ExitCode::pass);
  const std::string records = text_of("candidate/records.jsonl");
  const RecordSeries grown = series(), other = series("baseline");
  EXPECT_EQ(text_of("baseline/records.jsonl"), records);
  EXPECT_TRUE(fs::exists(folder_ / "out/candidate/answers-until-10.jsonl"));
  EXPECT_TRUE(fs::exists(folder_ / "out/candidate/stderr-until-10.log"));

  run(0);
  EXPECT_EQ(text_of("candidate/records.jsonl"), records);
  EXPECT_TRUE(text_of("candidate/asked.jsonl").starts_with(asked));
  EXPECT_EQ(series(), grown);
  EXPECT_EQ(series("baseline"), other);
  EXPECT_EQ(grown.digest, digest_of_bytes(records));
}

TEST_F(AddingTest, the_seed_that_was_drawn_before_is_taken_again) {
  options_.looks.seed = 0;
  run(4);
  const auto seed = series().seed;
  EXPECT_EQ(run(7, true), ExitCode::pass);
  EXPECT_EQ(series().seed, seed);
  EXPECT_EQ(series().rows, 7);
}

TEST_F(AddingTest, notes_of_all_stretches_are_kept) {
  options_.command = {"/bin/cat", "/dev/null"};
  run(4);
  run(7, true);
  EXPECT_THAT(document().notes, ElementsAre("rows in random order (seed 5), of 12 in the input",
                                            "4 of 4 rows were not answered (rows 1 to 4)",
                                            "3 of 3 rows were not answered (rows 5 to 7)"));
  EXPECT_EQ(series().errors, 7);
}

TEST_F(AddingTest, a_command_that_fails_while_rows_are_added_leaves_documents_with_a_problem) {
  options_.command = {"/bin/sh", "-c", "cat; exit 3"};
  EXPECT_EQ(run(7, true), ExitCode::error);
  for (const char* role : {"candidate", "baseline"}) {
    ASSERT_EQ(document(role).problems.size(), 1u);
    EXPECT_EQ(document(role).problems[0].code, "failed");
  }
  expect_refused("has problems already", 10);
}

TEST_F(AddingTest, a_command_that_cannot_be_started_leaves_the_rows_before_and_a_problem) {
  options_.command = {(folder_ / "no such program").string()};
  EXPECT_EQ(run(7, true), ExitCode::error);
  EXPECT_EQ(document("baseline").problems.at(0).code, "not_started");
  EXPECT_EQ(series().rows, 4);
  EXPECT_EQ(series().digest, digest_of_file(folder_ / "out/candidate/records.jsonl"));
}

TEST_F(AddingTest, earlier_records_that_the_command_changes_are_not_added_to) {
  options_.command = {"/bin/sh", "-c", "echo >> \"$0\"; cat",
                      (folder_ / "out/candidate/records.jsonl").string()};
  EXPECT_THROW(run(7, true), Error);
  EXPECT_EQ(document("candidate").problems.at(0).code, "interrupted");
  EXPECT_EQ(document("baseline").problems.at(0).code, "interrupted");
}

/// Kills `modelgate-run-exec` while its command runs.
TEST_F(AddingTest, a_runner_that_is_killed_leaves_no_document_that_looks_sound) {
  const fs::path fifo = folder_ / "ready";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  ProcessSpec spec;
  spec.argv = {MODELGATE_BIN_DIR "/modelgate-run-exec",
               "--candidate=" + options_.runner.candidate,
               "--baseline=" + options_.runner.baseline,
               "--output=" + options_.runner.output,
               "--input=" + options_.input,
               "--looks=4",
               "--looks=7",
               "--looks=10",
               "--add",
               "--command=/bin/sh",
               "--command=-c",
               "--command=echo $PPID > '" + fifo.string() + "'; while :; do sleep 1000; done"};
  Supervisor supervisor;
  supervisor.start(spec);
  pid_t runner = 0;
  std::ifstream(fifo) >> runner;
  ASSERT_GT(runner, 1);
  ::kill(runner, SIGKILL);
  EXPECT_EQ(supervisor.wait()->second.ending, Ending::signalled);
  for (const char* role : {"candidate", "baseline"}) {
    ASSERT_EQ(document(role).problems.size(), 1u);
    EXPECT_EQ(document(role).problems[0],
              (Problem{"interrupted", "more rows were to be measured, and that was not finished"}));
    EXPECT_EQ(series(role).digest, digest_of_file(folder_ / "out" / role / "records.jsonl"));
  }
}

TEST_F(AddingTest, what_the_documents_do_not_say_is_not_added_to) {
  const auto refused = [&](const std::string& words, const std::function<void(Measurements&)>& how) {
    for (const char* role : {"candidate", "baseline"}) {
      const Measurements before = document(role);
      change(role, how);
      expect_refused(words);
      write_measurements(before, folder_ / "out");
    }
  };
  const auto records = [](Measurements& all) -> RecordSeries& {
    return std::get<RecordSeries>(all.series.at(0));
  };
  refused("another runner", [](Measurements& all) { all.runner = "torch"; });
  refused("another subject", [](Measurements& all) { all.subject.version = "v3"; });
  refused("problems already", [](Measurements& all) { all.problems = {{"crashed", "it crashed"}}; });
  refused("this runner's records", [](Measurements& all) { all.series = {}; });
  refused("this runner's records", [&](Measurements& all) { records(all).path = "other.jsonl"; });
  refused("other looks", [&](Measurements& all) { records(all).looks = {4, 10}; });
  refused("other looks", [&](Measurements& all) { records(all).looks = {}; });
  refused("does not say the seed", [&](Measurements& all) { records(all).seed.reset(); });
  refused("order of seed 6, not 5", [&](Measurements& all) { records(all).seed = 6; });
  refused(" rows, and the candidate ", [&](Measurements& all) { records(all).rows = 3; });
  refused("has the digest", [&](Measurements& all) { records(all).digest = digest_of_bytes("other"); });
  EXPECT_EQ(run(7, true), ExitCode::pass) << "as they were";
}

TEST_F(AddingTest, missing_files_are_not_added_to) {
  fs::remove(folder_ / "out/baseline/records.jsonl");
  expect_refused("is missing");
  fs::remove(folder_ / "out/baseline.json");
  expect_refused("is missing");
}

TEST_F(AddingTest, another_file_of_records_is_not_added_to) {
  write_file(folder_ / "out/baseline/records.jsonl", text_of("baseline/records.jsonl") + row(0));
  expect_refused("is not the file");
}

TEST_F(AddingTest, records_of_another_order_are_not_added_to) {
  options_.looks.seed = 6;
  expect_refused("of seed 5, not 6");
  options_.looks.seed = 5;
  std::string others;
  for (int id = 100; id < 112; ++id) others += row(id);
  write_file(folder_ / "rows.jsonl", others);
  expect_refused("the input or the seed changed");
}

TEST_F(AddingTest, a_document_that_claims_more_rows_than_its_records_have_is_not_added_to) {
  for (const char* role : {"candidate", "baseline"})
    change(role, [](Measurements& all) { std::get<RecordSeries>(all.series.at(0)).rows = 5; });
  expect_refused("the input or the seed changed");
}

TEST_F(AddingTest, where_there_is_nothing_to_add_nothing_is_done) {
  expect_refused("there are 4 rows already", 4);
  expect_refused("there are 4 rows already", 3);
  run(0, true);
  expect_refused("there are 10 rows already", 0);
}

TEST_F(AddingTest, a_mistake_in_the_command_or_the_input_leaves_the_documents_as_they_are) {
  const Measurements before = document();
  options_.command = {"{subjekt}/predict"};
  EXPECT_THROW(run(7, true), Error);
  options_.command = {"/bin/cat"};
  write_file(folder_ / "rows.jsonl", rows(12) + row(3));
  EXPECT_THROW(run(7, true), Error);
  EXPECT_EQ(document(), before);
}

}  // namespace
}  // namespace modelgate
