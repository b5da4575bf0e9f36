// What joins, what is missing or does not belong, and which status and exit code comes of it.

#include <gmock/gmock.h>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "tests/gates/suite/suite_fixture.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(SuiteTest, passes_when_every_expected_check_is_there_and_passes) {
  const Verdict verdict = join();
  EXPECT_EQ(verdict.status, Status::pass);
  EXPECT_EQ(verdict.checks.size(), 2u);
  EXPECT_EQ(verdict.baseline->digest, "sha256:baseline");
  EXPECT_EQ(program(), 0);
}

TEST_F(SuiteTest, a_missing_verdict_is_an_error) {
  fs::remove(folder_ / "verdicts" / "quality.json");
  EXPECT_EQ(error_reason(), "verdict_missing");
  EXPECT_EQ(program(), 4);
}

TEST_F(SuiteTest, a_verdict_cut_off_anywhere_is_an_error) {
  const std::string whole = read_file(folder_ / "verdicts" / "quality.json");
  for (std::size_t size = 0; size + 2 < whole.size(); size += 37) {
    write_file(folder_ / "verdicts" / "quality.json", whole.substr(0, size));
    EXPECT_EQ(error_reason(), "verdict_unreadable") << size;
  }
}

TEST_F(SuiteTest, a_verdict_without_checks_is_an_error) {
  Verdict empty = gate_verdict("unit", {});
  leave(empty);
  EXPECT_EQ(error_reason(), "verdict_empty");
}

TEST_F(SuiteTest, a_verdict_whose_status_its_checks_contradict_is_an_error) {
  Verdict edited = gate_verdict("unit", {check_of("unit", "A.B", Status::fail)});
  edited.status = Status::pass;
  leave(edited);
  EXPECT_EQ(error_reason(), "verdict_foreign");
}

TEST_F(SuiteTest, a_verdict_of_another_candidate_or_baseline_is_an_error) {
  Verdict other = gate_verdict("unit", {check_of("unit", "A.B", Status::pass)});
  other.candidate.digest = "sha256:other";
  leave(other);
  EXPECT_EQ(error_reason(), "verdict_foreign");
  other.candidate.digest = "sha256:candidate";
  other.baseline->digest = "sha256:other";
  leave(other);
  EXPECT_EQ(error_reason(), "verdict_foreign");
  other.baseline.reset();
  other.first_release = true;
  leave(other);
  EXPECT_EQ(error_reason(), "verdict_foreign");
}

TEST_F(SuiteTest, a_verdict_of_another_gate_in_the_place_of_one_is_an_error) {
  fs::copy_file(folder_ / "verdicts" / "unit.json", folder_ / "verdicts" / "quality.json",
                fs::copy_options::overwrite_existing);
  EXPECT_EQ(error_reason(), "verdict_foreign");
}

TEST_F(SuiteTest, two_checks_of_one_name_are_an_error) {
  leave("unit", {check_of("unit", "A.B", Status::pass), check_of("unit", "A.B", Status::pass)});
  EXPECT_EQ(error_reason(), "check_repeated");
}

TEST_F(SuiteTest, the_worst_status_is_that_of_the_whole) {
  const std::pair<Status, int> worse[] = {{Status::inconclusive, 3}, {Status::error, 4}, {Status::fail, 1}};
  for (const auto& [status, code] : worse) {
    leave("unit", {check_of("unit", "A.B", status), check_of("unit", "A.C", Status::pass)});
    EXPECT_EQ(join().status, status);
    EXPECT_EQ(program(), code);
  }
}

TEST_F(SuiteTest, a_gate_that_compared_nothing_blocks_even_if_the_others_pass) {
  leave("unit", {check_of("unit", "A.B", Status::not_compared)});
  EXPECT_EQ(error_reason(), "nothing_compared");
  EXPECT_EQ(program(), 4);
  leave("quality", {check_of("quality", "accuracy", Status::not_compared)});
  EXPECT_EQ(error_reason(), "nothing_compared");
  leave("unit", {check_of("unit", "A.B", Status::not_compared), check_of("unit", "A.C", Status::pass)});
  leave("quality", {check_of("quality", "accuracy", Status::pass)});
  EXPECT_EQ(join().status, Status::pass);
}

TEST_F(SuiteTest, a_first_release_may_hold_comparisons_but_not_rest_on_them) {
  expectation_.first_release = true;
  const auto leave_first = [&](const std::string& gate, const std::vector<Check>& checks) {
    Verdict verdict = gate_verdict(gate, checks);
    verdict.baseline.reset();
    verdict.first_release = true;
    leave(verdict);
  };
  leave_first("unit", {check_of("unit", "A.B", Status::pass)});
  leave_first("quality", {check_of("quality", "accuracy", Status::not_compared)});
  Verdict verdict = join();
  EXPECT_EQ(verdict.status, Status::pass);
  EXPECT_TRUE(verdict.first_release);
  EXPECT_FALSE(verdict.baseline);
  EXPECT_THAT(verdict.sentence, HasSubstr("first release, no baseline"));
  leave_first("unit", {check_of("unit", "A.B", Status::not_compared)});
  EXPECT_EQ(join().status, Status::error) << "nothing at all was decided";
  verdict = gate_verdict("unit", {check_of("unit", "A.B", Status::pass)});
  verdict.first_release = true;
  leave(verdict);
  EXPECT_EQ(error_reason(), "verdict_foreign") << "a first release that names a baseline";
}

TEST_F(SuiteTest, a_verdict_that_names_no_baseline_compared_with_none) {
  Verdict verdict = gate_verdict("unit", {check_of("unit", "A.B", Status::pass)});
  verdict.baseline.reset();
  leave(verdict);
  EXPECT_EQ(error_reason(), "verdict_foreign");
  EXPECT_EQ(program(), 4);
  verdict.baseline = Subject{Role::baseline, "m", "v1", "", ""};
  leave(verdict);
  EXPECT_EQ(error_reason(), "verdict_foreign");
}

TEST_F(SuiteTest, verdicts_of_different_subjects_are_not_joined_even_if_nobody_said_which) {
  expectation_.candidate.digest = expectation_.baseline.digest = "";
  EXPECT_EQ(join().status, Status::pass);
  EXPECT_EQ(join().candidate.digest, "sha256:candidate");
  Verdict other = gate_verdict("quality", {check_of("quality", "accuracy", Status::pass)});
  other.candidate.digest = "sha256:other";
  leave(other);
  EXPECT_EQ(error_reason(), "verdict_foreign");
  other.candidate.digest = "sha256:candidate";
  other.baseline->digest = "sha256:other";
  leave(other);
  EXPECT_EQ(error_reason(), "verdict_foreign");
  // What foreign files were judged by says nothing of digests.
  other.candidate.digest = other.baseline->digest = "";
  leave(other);
  EXPECT_EQ(join().status, Status::pass);
}

TEST_F(SuiteTest, something_else_in_a_verdicts_place_is_an_error) {
  const fs::path file = folder_ / "verdicts" / "quality.json";
  fs::remove(file);
  fs::create_directory(file);
  EXPECT_EQ(error_reason(), "verdict_unreadable");
  fs::remove(file);
  fs::create_symlink("nowhere", file);
  EXPECT_EQ(error_reason(), "verdict_unreadable");
  fs::remove(file);
  fs::create_symlink("/dev/null", file);
  EXPECT_EQ(error_reason(), "verdict_unreadable");
  EXPECT_EQ(program(), 4);
}

TEST_F(SuiteTest, a_verdict_at_other_error_rates_than_the_plans_is_an_error) {
  Verdict lax = gate_verdict("quality", {check_of("quality", "accuracy", Status::pass)});
  lax.alpha_pass = 0.2;
  leave(lax);
  EXPECT_EQ(error_reason(), "verdict_foreign");
}

TEST_F(SuiteTest, every_pair_of_statuses_has_the_exit_code_of_the_worse) {
  const std::pair<Status, int> ranked[] = {
      {Status::pass, 0}, {Status::inconclusive, 3}, {Status::error, 4}, {Status::fail, 1}};
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t k = 0; k < 4; ++k) {
      leave("unit", {check_of("unit", "A.B", ranked[i].first)});
      leave("quality", {check_of("quality", "accuracy", ranked[k].first)});
      EXPECT_EQ(program(), ranked[std::max(i, k)].second)
          << name_of(ranked[i].first) << name_of(ranked[k].first);
      EXPECT_EQ(read_verdict(folder_ / "verdict.json").status, ranked[std::max(i, k)].first);
    }
}

TEST_F(SuiteTest, a_failure_that_does_not_hold_among_many_checks_is_inconclusive) {
  std::vector<Check> checks = {check_of("unit", "A.B", Status::pass)};
  leave("unit", checks);
  std::vector<Check> quality = {check_of("quality", "accuracy", Status::fail, 0.04)};
  leave("quality", quality);
  EXPECT_EQ(join().status, Status::fail);
  for (int i = 0; i < 5; ++i)
    quality.push_back(check_of("quality", "other " + std::to_string(i), Status::pass, 0.9));
  leave("quality", quality);
  EXPECT_EQ(join().status, Status::inconclusive);
}

TEST_F(SuiteTest, gates_that_were_not_asked_for_are_named) {
  expectation_.only = {"unit"};
  fs::remove(folder_ / "verdicts" / "quality.json");
  const Verdict verdict = join();
  EXPECT_EQ(verdict.status, Status::pass);
  EXPECT_THAT(verdict.left_out, ElementsAre("quality"));
  expectation_.only = {"unti"};
  EXPECT_THROW(join(), Error);
}

TEST_F(SuiteTest, the_exit_code_of_doubt_is_that_of_the_policy) {
  leave("unit", {check_of("unit", "A.B", Status::inconclusive)});
  EXPECT_EQ(program(), 3) << "the branch is not known";
  for (const auto& [options, code] :
       std::vector<std::pair<std::string, int>>{{"--branch main", 0},
                                                {"--branch release/1", 3},
                                                {"--branch=", 3},
                                                {"--tag v1", 3},
                                                {"--inconclusive warn", 0},
                                                {"--branch main --inconclusive block", 3},
                                                {"--inconclusive ignore", 2}})
    EXPECT_EQ(program(options), code) << options;
  write_plan("inconclusive: warn\n");
  EXPECT_EQ(program(), 0);
  EXPECT_EQ(read_verdict(folder_ / "verdict.json").status, Status::inconclusive);
  write_plan("inconclusive: block\n");
  EXPECT_EQ(program("--branch main"), 3);
  write_plan("inconclusive: maybe\n");
  EXPECT_EQ(program("--branch main"), 2);
}

TEST_F(SuiteTest, a_warning_lets_through_doubt_alone) {
  const std::pair<Status, int> codes[] = {{Status::pass, 0},
                                          {Status::inconclusive, 3},
                                          {Status::not_compared, 4},
                                          {Status::error, 4},
                                          {Status::fail, 1}};
  for (const auto& [status, code] : codes) {
    leave("unit", {check_of("unit", "A.B", Status::inconclusive)});
    leave("quality", {check_of("quality", "accuracy", status)});
    EXPECT_EQ(program("--inconclusive warn"), code) << name_of(status);
  }
  fs::remove(folder_ / "verdicts" / "quality.json");
  EXPECT_EQ(program("--inconclusive warn"), 4) << "what is missing is an error";
}

}  // namespace
}  // namespace modelgate
