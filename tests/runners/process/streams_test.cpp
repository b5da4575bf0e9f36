#include <gmock/gmock.h>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "under_test.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

ProcessSpec shell(const std::string& script) {
  ProcessSpec spec;
  spec.argv = {"/bin/sh", "-c", script};
  spec.timeout = std::chrono::seconds(60);
  return spec;
}

TEST(Streams, stdout_and_stderr_are_kept_apart) {
  const ProcessOutcome outcome = run_process(shell("echo out; echo err >&2; printf more"));
  EXPECT_EQ(outcome.out.text, "out\nmore");
  EXPECT_EQ(outcome.err.text, "err\n");
  EXPECT_EQ(outcome.out.bytes, 8);
  EXPECT_FALSE(outcome.out.cut);
}

TEST(Streams, a_flood_is_cut_in_the_middle_and_the_cut_is_told) {
  const long flood = 100l << 20;
  const ProcessOutcome outcome = run_process(under_test({"flood", std::to_string(flood)}));
  EXPECT_TRUE(outcome.succeeded());
  EXPECT_TRUE(outcome.out.cut);
  EXPECT_EQ(outcome.out.bytes, flood + 11);
  EXPECT_LT(outcome.out.text.size(), 70'000u);
  EXPECT_THAT(outcome.out.text, StartsWith("begin\nxxx"));
  EXPECT_THAT(outcome.out.text, EndsWith("xxx\nend\n"));
  EXPECT_THAT(outcome.out.text,
              HasSubstr("[… " + std::to_string(flood + 11 - (64 << 10)) + " bytes were cut here"));
  EXPECT_EQ(outcome.err.text, "done\n");
}

TEST(Streams, a_file_gets_all_of_it_and_the_cut_names_it) {
  ProcessSpec spec = under_test({"flood", "1000000"});
  spec.stdout_file = folder_of_test() / "logs" / "out.log";
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_EQ(static_cast<std::int64_t>(fs::file_size(spec.stdout_file)), outcome.out.bytes);
  EXPECT_THAT(outcome.out.text, HasSubstr(spec.stdout_file.string()));
}

TEST(Streams, what_just_fits_is_not_cut) {
  ProcessSpec spec = shell("printf 0123456789");
  spec.kept_bytes = 10;
  EXPECT_EQ(run_process(spec).out.text, "0123456789");
  EXPECT_FALSE(run_process(spec).out.cut);
  spec.kept_bytes = 8;
  const StreamText text = run_process(spec).out;
  EXPECT_TRUE(text.cut);
  EXPECT_EQ(text.text, "0123\n[… 2 bytes were cut here …]\n6789");
  spec.kept_bytes = 0;
  EXPECT_TRUE(run_process(spec).out.cut);
}

TEST(Streams, lines_are_told_when_they_are_complete) {
  ProcessSpec spec = shell("printf 'one\\n\\ntwo '; printf 'and more\\nrest'");
  std::vector<std::string> lines;
  spec.on_stdout_line = [&](std::string_view line) { lines.emplace_back(line); };
  EXPECT_EQ(run_process(spec).out.text, "one\n\ntwo and more\nrest");
  EXPECT_THAT(lines, ElementsAre("one", "", "two and more"));
}

TEST(Streams, a_line_without_end_does_not_fill_the_memory) {
  ProcessSpec spec = under_test({"flood", "10000000"});
  std::vector<std::size_t> lengths;
  spec.on_stdout_line = [&](std::string_view line) { lengths.push_back(line.size()); };
  run_process(spec);
  EXPECT_THAT(lengths, ElementsAre(5, 1 << 20, 3));
}

TEST(Streams, a_process_that_closes_its_streams_is_still_waited_for) {
  Supervisor supervisor;
  const auto id = supervisor.start(under_test({"close-streams"}));
  EXPECT_FALSE(supervisor.wait(std::chrono::steady_clock::now() + std::chrono::milliseconds(50)).has_value());
  EXPECT_EQ(supervisor.running(), 1);
  supervisor.stop(id);
  EXPECT_EQ(supervisor.wait()->second.out.text, "closing\n");
}

TEST(Streams, a_file_that_cannot_be_written_is_an_error_and_leaves_no_child) {
  ProcessSpec spec = under_test({"flood", "100000"});
  spec.stdout_file = "/dev/full";
  EXPECT_THROW(run_process(spec), Error);
  spec.stdout_file = folder_of_test();
  EXPECT_THROW(run_process(spec), Error);
  EXPECT_TRUE(run_process(under_test({"exit", "0"})).succeeded());
}

TEST(Streams, both_streams_may_go_to_one_file) {
  ProcessSpec spec = shell("echo out; echo err >&2; echo again");
  spec.stdout_file = spec.stderr_file = folder_of_test() / "log";
  run_process(spec);
  EXPECT_EQ(fs::file_size(spec.stdout_file), 14u);
}

TEST(Streams, inherited_streams_are_ours) {
  ::testing::internal::CaptureStdout();
  ProcessSpec spec = shell("echo table");
  spec.inherit_streams = true;
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "table\n");
  EXPECT_EQ(outcome.out.text, "");
}

}  // namespace
}  // namespace modelgate
