#include "runners/plan/results_folder.h"

#include <gtest/gtest.h>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

class ResultsFolderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    results_.root =
        fs::path(::testing::TempDir()) /
        (std::string("results_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(results_.root);
  }
  ResultsFolder results_;
};

const Verdict standing = unfinished_verdict(Plan{}, Subject{}, "not finished");

TEST_F(ResultsFolderTest, removes_what_an_earlier_run_left_and_puts_its_own_verdict_there) {
  { const HeldResults first(results_, standing); }
  write_file(results_.verdict(), "old");
  write_file(results_.junit(), "old");
  write_file(results_.measurements("tests") / "candidate.json", "old");
  write_file(results_.root / "notes.txt", "the user's own");
  const HeldResults second(results_, standing);
  EXPECT_EQ(read_verdict(results_.verdict()).status, Status::error);
  EXPECT_FALSE(fs::exists(results_.junit()));
  EXPECT_FALSE(fs::exists(results_.measurements("tests")));
  EXPECT_TRUE(fs::exists(results_.root / "notes.txt"));
}

TEST_F(ResultsFolderTest, touches_no_folder_that_it_did_not_write) {
  write_file(results_.root / "logs" / "precious.log", "the user's own");
  EXPECT_THROW(HeldResults(results_, standing), Error);
  results_.forget_verdict();
  EXPECT_TRUE(fs::exists(results_.root / "logs" / "precious.log"));
  EXPECT_FALSE(fs::exists(results_.verdict()));
}

TEST_F(ResultsFolderTest, two_runs_do_not_write_into_one_folder) {
  {
    const HeldResults first(results_, standing);
    write_file(results_.junit(), "of the first");
    EXPECT_THROW(HeldResults(results_, standing), Error);
    results_.forget_verdict();
    EXPECT_TRUE(fs::exists(results_.verdict()) && fs::exists(results_.junit()));
  }
  EXPECT_NO_THROW(HeldResults(results_, standing));
}

TEST_F(ResultsFolderTest, an_earlier_verdict_is_forgotten_by_a_run_that_cannot_begin) {
  { const HeldResults first(results_, standing); }
  write_file(results_.junit(), "old");
  results_.forget_verdict();
  EXPECT_FALSE(fs::exists(results_.verdict()) || fs::exists(results_.junit()));
}

TEST_F(ResultsFolderTest, an_unfinished_verdict_is_an_error_with_a_check_that_says_so) {
  const Verdict verdict = unfinished_verdict(Plan{}, Subject{}, "the run was not finished");
  EXPECT_EQ(verdict.status, Status::error);
  ASSERT_EQ(verdict.checks.size(), 1u);
  EXPECT_EQ(worst(verdict.checks), Status::error);
  const Verdict again = verdict_from(parse_json(to_json(verdict), "verdict.json"));
  EXPECT_EQ(again.status, Status::error);
}

}  // namespace
}  // namespace modelgate
