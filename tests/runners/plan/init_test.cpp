#include "runners/plan/init.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "runners/recording/recording.h"
#include "schemas/documents/plan.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

fs::path fresh_folder() {
  const fs::path folder =
      fs::path(::testing::TempDir()) /
      ("init " + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
  fs::remove_all(folder);
  fs::create_directories(folder / "out");
  return folder;
}

TEST(InitTest, finds_a_googletest_program_by_its_content) {
  const fs::path folder = fresh_folder();
  fs::copy_file("/proc/self/exe", folder / "out" / "my_tests");
  write_file(folder / "out" / "notes.txt", "gtest_list_tests");
  EXPECT_THAT(look_into(folder / "out").tests, ElementsAre("my_tests"));
}

TEST(InitTest, writes_a_plan_that_reads_back) {
  const fs::path folder = fresh_folder();
  const Findings findings{{"a_tests", "odd \"name"}, {"bench"}, {"m.pt"}};
  write_file(folder / "modelgate.yaml", plan_text("my model", "out", findings, "rows.jsonl"));
  const Plan plan = read_plan(folder / "modelgate.yaml");
  EXPECT_EQ(plan.name, "my model");
  EXPECT_EQ(plan.candidate, "out");
  EXPECT_EQ(plan.runs.size(), 4u);
  ASSERT_EQ(plan.gates.size(), 4u);
  EXPECT_EQ(plan.gates[1].kind, "unit");
}

TEST(InitTest, carries_the_schema_line_for_editors_and_the_schema_itself) {
  const fs::path folder = fresh_folder();
  fs::copy_file("/proc/self/exe", folder / "out" / "my_tests");
  InitOptions options;
  options.candidate = (folder / "out").string();
  options.plan = (folder / "modelgate.yaml").string();
  EXPECT_EQ(init_plan(options), ExitCode::pass);
  EXPECT_THAT(read_file(folder / "modelgate.yaml"),
              HasSubstr("# yaml-language-server: $schema=.modelgate/plan.schema.json\n"));
  EXPECT_THAT(read_file(folder / ".modelgate" / "plan.schema.json"), HasSubstr("draft-07"));
}

TEST(InitTest, never_overwrites_a_plan) {
  const fs::path folder = fresh_folder();
  fs::copy_file("/proc/self/exe", folder / "out" / "my_tests");
  write_file(folder / "modelgate.yaml", "mine");
  InitOptions options;
  options.candidate = (folder / "out").string();
  options.plan = (folder / "modelgate.yaml").string();
  EXPECT_THROW(init_plan(options), Error);
  EXPECT_EQ(read_file(folder / "modelgate.yaml"), "mine");
}

TEST(InitTest, says_so_where_there_is_nothing_to_judge) {
  const fs::path folder = fresh_folder();
  write_file(folder / "out" / "readme", "nothing here");
  InitOptions options;
  options.candidate = (folder / "out").string();
  options.plan = (folder / "modelgate.yaml").string();
  EXPECT_THROW(init_plan(options), Error);
  EXPECT_FALSE(fs::exists(folder / "modelgate.yaml"));
}

TEST(InitTest, judges_a_model_where_there_are_rows_for_it) {
  const fs::path folder = fresh_folder();
  write_file(folder / "out" / "model.pt", "any");
  InitOptions options;
  options.candidate = (folder / "out").string();
  options.plan = (folder / "modelgate.yaml").string();
  EXPECT_THROW(init_plan(options), Error);
  options.data = (folder / "no rows.jsonl").string();
  EXPECT_THROW(init_plan(options), Error);
  write_file(options.data, "{}\n");
  EXPECT_EQ(init_plan(options), ExitCode::pass);
  const Plan plan = read_plan(options.plan);
  ASSERT_EQ(plan.runs.size(), 1u);
  EXPECT_EQ(plan.runs[0].runner, "torch");
}

TEST(InitTest, writes_no_plan_into_what_would_be_released) {
  const fs::path folder = fresh_folder();
  fs::copy_file("/proc/self/exe", folder / "out" / "my_tests");
  InitOptions options;
  options.candidate = (folder / "out").string();
  for (const fs::path& plan : {folder / "out" / "modelgate.yaml", folder / "out" / "ci" / "modelgate.yaml"}) {
    options.plan = plan.string();
    EXPECT_THROW(init_plan(options), Error);
    EXPECT_FALSE(fs::exists(plan));
  }
  // Beside it, and below it in another folder, is not within it.
  options.plan = (folder / "ci" / "modelgate.yaml").string();
  EXPECT_EQ(init_plan(options), ExitCode::pass);
  EXPECT_EQ(read_plan(options.plan).candidate, "../out");
}

TEST(InitTest, a_file_name_with_braces_reaches_the_runner_as_it_is) {
  const fs::path folder = fresh_folder();
  write_file(folder / "modelgate.yaml", plan_text("m", "out", {{"te{role}sts"}, {}, {}}, ""));
  const Plan plan = read_plan(folder / "modelgate.yaml");
  MeasuredSubject subject;
  subject.folder = "/s";
  EXPECT_EQ(expand(plan.runs[0].settings.front().values.front(), subject), "/s/te{role}sts");
}

}  // namespace
}  // namespace modelgate
