// What a waiver lets through, and until when.

#include <gmock/gmock.h>

#include "tests/gates/suite/suite_fixture.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(SuiteTest, a_waiver_of_a_gate_that_was_left_out_is_not_called_needless) {
  write_plan("waivers: [{check: quality/accuracy, reason: known, until: '2026-12-31'}]\n");
  expectation_.only = {"unit"};
  EXPECT_THAT(join().warnings, ::testing::IsEmpty());
}

TEST_F(SuiteTest, a_waiver_helps_only_the_check_that_it_names) {
  write_plan("waivers: [{check: unit/A.B, reason: known, until: '2026-12-31'}]\n");
  leave("unit", {check_of("unit", "A.B", Status::fail), check_of("unit", "A.BC", Status::fail)});
  EXPECT_EQ(join().status, Status::fail);
  Check slice = check_of("unit", "A.B", Status::fail);
  slice.slice = {{"lang", "zh"}};
  leave("unit", {slice});
  EXPECT_EQ(join().status, Status::fail);
}

TEST_F(SuiteTest, a_waiver_does_not_make_up_for_a_check_that_could_not_be_judged) {
  write_plan("waivers: [{check: unit/A.B, reason: known, until: '2026-12-31'}]\n");
  leave("unit", {check_of("unit", "A.B", Status::fail), check_of("unit", "A.C", Status::error)});
  EXPECT_EQ(join().status, Status::error);
  fs::remove(folder_ / "verdicts" / "quality.json");
  leave("unit", {check_of("unit", "A.B", Status::fail)});
  EXPECT_EQ(join().status, Status::error);
}

TEST_F(SuiteTest, a_waived_failure_passes_and_is_shown) {
  write_plan("waivers: [{check: unit/A.B, reason: known defect 7, until: '2026-12-31'}]\n");
  leave("unit", {check_of("unit", "A.B", Status::fail)});
  const Verdict verdict = join();
  EXPECT_EQ(verdict.status, Status::pass);
  EXPECT_THAT(verdict.checks.front().waiver, HasSubstr("known defect 7"));
  EXPECT_THAT(verdict.sentence, HasSubstr("; 1 failure is waived"));
}

TEST_F(SuiteTest, a_waiver_ends_with_its_day) {
  write_plan("waivers: [{check: unit/A.B, reason: known, until: '2026-11-22'}]\n");
  leave("unit", {check_of("unit", "A.B", Status::fail)});
  const Verdict verdict = join();
  EXPECT_EQ(verdict.status, Status::fail);
  EXPECT_THAT(verdict.warnings, ElementsAre(HasSubstr("ended on 2026-11-22")));
}

TEST_F(SuiteTest, a_verdict_is_valid_for_the_plans_days_and_no_longer_than_a_waiver_that_it_needs) {
  const auto valid_until = [&](const std::string& plan, Status status) {
    write_plan(plan);
    leave("unit", {check_of("unit", "A.B", status)});
    return join().valid_until;
  };
  EXPECT_EQ(valid_until("", Status::pass), "2026-12-07");
  EXPECT_EQ(valid_until("verdict_days: 0\n", Status::fail), "2026-11-23");
  const std::string waiver = "waivers: [{check: unit/A.B, reason: known, until: '2026-11-30'}]\n";
  EXPECT_EQ(valid_until(waiver, Status::fail), "2026-11-30");
  EXPECT_EQ(valid_until("verdict_days: 3\n" + waiver, Status::fail), "2026-11-26");
  EXPECT_EQ(valid_until(waiver, Status::pass), "2026-12-07") << "it needs none";
}

TEST_F(SuiteTest, a_waiver_lets_neither_errors_nor_doubt_pass) {
  write_plan("waivers: [{check: unit/A.B, reason: known, until: '2026-12-31'}]\n");
  for (const Status status : {Status::error, Status::inconclusive}) {
    leave("unit", {check_of("unit", "A.B", status)});
    EXPECT_EQ(join().status, status);
  }
}

TEST_F(SuiteTest, a_gate_cannot_waive_by_itself) {
  Check waived = check_of("unit", "A.B", Status::pass);
  waived.waiver = "because";
  leave("unit", {waived});
  EXPECT_EQ(error_reason(), "verdict_foreign");
}

TEST_F(SuiteTest, a_waiver_that_meets_no_failure_is_said) {
  write_plan("waivers: [{check: 'quality/accuracy[lang=zh]', reason: known, until: '2026-12-31'}]\n");
  EXPECT_THAT(join().warnings, ElementsAre(HasSubstr("can be removed")));
  EXPECT_EQ(join().status, Status::pass);
}

TEST_F(SuiteTest, a_waived_failure_proves_nothing_beside_doubt) {
  write_plan("waivers: [{check: unit/A.B, reason: known, until: '2099-12-31'}]\n");
  leave("unit", {check_of("unit", "A.B", Status::fail)});
  leave("quality", {check_of("quality", "accuracy", Status::inconclusive)});
  EXPECT_EQ(program("--inconclusive warn"), 3);
  EXPECT_THAT(read_verdict(folder_ / "verdict.json").sentence, HasSubstr("this blocks: no check passes"));
}

}  // namespace
}  // namespace modelgate
