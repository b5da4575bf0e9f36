#include "gates/suite/suite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Check check_of(const std::string& gate, const std::string& name, Status status,
               std::optional<double> p_regression = std::nullopt) {
  Check check;
  check.gate = gate;
  check.name = name;
  check.status = status;
  check.reason = "test";
  check.sentence = name + " is " + name_of(status);
  check.p_regression = p_regression;
  return check;
}

class SuiteTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("suite ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    write_plan("");
    expectation_.candidate.digest = "sha256:candidate";
    expectation_.baseline.digest = "sha256:baseline";
    expectation_.today = "2026-11-23";
    leave("unit", {check_of("unit", "A.B", Status::pass)});
    leave("quality", {check_of("quality", "accuracy", Status::pass, 0.9)});
  }

  void write_plan(const std::string& more) {
    write_file(folder_ / "modelgate.yaml", R"(schema: modelgate/plan
version: 1
name: m
candidate: out
runs:
  tests: {runner: gtest, program: "{subject}/t"}
  model: {runner: exec, command: [x], input: rows.jsonl}
gates:
  unit: {from: tests}
  quality: {from: model, checks: ["accuracy margin=1pp"]}
)" + more);
  }

  /// A plan whose quality gate declares this check instead.
  void declare_check(const std::string& check) {
    write_plan("");
    std::string text = read_file(folder_ / "modelgate.yaml");
    const std::string usual = "accuracy margin=1pp";
    write_file(folder_ / "modelgate.yaml", text.replace(text.find(usual), usual.size(), check));
  }

  Verdict gate_verdict(const std::string& gate, const std::vector<Check>& checks) {
    Verdict verdict;
    verdict.gate = gate;
    verdict.gate_version = "0.1.0";
    verdict.created = "2026-11-23T20:00:00Z";
    verdict.candidate = {Role::candidate, "m", "v2", "", "sha256:candidate"};
    verdict.baseline = Subject{Role::baseline, "m", "v1", "", "sha256:baseline"};
    verdict.checks = checks;
    verdict.status = worst(checks);
    verdict.sentence = "as its checks";
    return verdict;
  }

  void leave(const std::string& gate, const std::vector<Check>& checks) { leave(gate_verdict(gate, checks)); }
  void leave(const Verdict& verdict) {
    write_file(folder_ / "verdicts" / (verdict.gate + ".json"), to_json(verdict));
  }

  Verdict join() {
    return join_verdicts(read_plan(folder_ / "modelgate.yaml"), folder_ / "verdicts", expectation_);
  }

  /// The reason of the first check that is an error.
  std::string error_reason() {
    const Verdict verdict = join();
    EXPECT_EQ(verdict.status, Status::error);
    for (const Check& check : verdict.checks)
      if (check.status == Status::error) return check.reason;
    return "";
  }

  /// The exit code of the program itself.
  int program(const std::string& options = "") {
    const std::string command = "'" + std::string(MODELGATE_BIN_DIR) + "/modelgate-gate-suite' --plan '" +
                                (folder_ / "modelgate.yaml").string() + "' --verdicts '" +
                                (folder_ / "verdicts").string() + "' --candidate-digest sha256:candidate" +
                                " --baseline-digest sha256:baseline " + options + " --output '" +
                                (folder_ / "verdict.json").string() + "' 2>/dev/null";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  fs::path folder_;
  Expectation expectation_;
};

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

TEST_F(SuiteTest, a_declared_check_that_was_not_decided_is_an_error) {
  leave("quality", {check_of("quality", "recall(x)", Status::pass)});
  EXPECT_EQ(error_reason(), "check_missing");
}

TEST_F(SuiteTest, a_declared_limit_and_a_declared_slice_must_be_decided_too) {
  declare_check("accuracy margin=1pp min=0.8");
  EXPECT_EQ(error_reason(), "check_missing");
  leave("quality", {check_of("quality", "accuracy min", Status::pass)});
  EXPECT_EQ(error_reason(), "check_missing");
  leave("quality",
        {check_of("quality", "accuracy", Status::pass), check_of("quality", "accuracy min", Status::pass)});
  EXPECT_EQ(join().status, Status::pass);

  declare_check("accuracy margin=1pp by=lang");
  EXPECT_EQ(error_reason(), "check_missing");
  Check slice = check_of("quality", "accuracy", Status::pass);
  slice.slice = {{"channel", "mail"}};
  leave("quality", {slice});
  EXPECT_EQ(error_reason(), "check_missing");
  slice.slice = {{"lang", "zh"}};
  leave("quality", {slice});
  EXPECT_EQ(join().status, Status::pass);

  declare_check("accuracy margin=1pp");
  EXPECT_EQ(error_reason(), "check_missing") << "a slice is not the whole";
}

TEST_F(SuiteTest, a_declared_crossing_must_be_decided_by_all_of_its_fields) {
  declare_check("accuracy margin=1pp by=lang*channel");
  Check slice = check_of("quality", "accuracy", Status::pass);
  slice.slice = {{"lang", "zh"}};
  leave("quality", {slice});
  EXPECT_EQ(error_reason(), "check_missing");
  slice.slice = {{"channel", "mail"}, {"lang", "zh"}};
  leave("quality", {slice});
  EXPECT_EQ(join().status, Status::pass);
}

TEST_F(SuiteTest, the_slices_of_a_gate_are_declared_for_each_of_its_checks) {
  declare_check("accuracy margin=1pp\"], slices: [lang, \"length[0,10]");
  const auto leave_by = [&](const std::vector<std::map<std::string, std::string>>& slices) {
    std::vector<Check> checks;
    for (const auto& name : slices) {
      checks.push_back(check_of("quality", "accuracy", Status::pass));
      checks.back().slice = name;
    }
    leave("quality", checks);
  };
  leave_by({{}});
  EXPECT_EQ(error_reason(), "check_missing");
  leave_by({{}, {{"lang", "zh"}}});
  EXPECT_EQ(error_reason(), "check_missing");
  leave_by({{}, {{"lang", "zh"}}, {{"length", "10 and above"}}});
  EXPECT_EQ(join().status, Status::pass);
  declare_check("accuracy margin=1pp\"], slices: [\"length[10,0]");
  EXPECT_THROW(join(), Error);
  declare_check("accuracy margin=1pp\"], expect_slices: [\"lang=zh");
  EXPECT_THROW(join(), Error) << "no check is by lang";
}

TEST_F(SuiteTest, a_declared_check_may_name_a_class_of_several_words) {
  declare_check("recall(lost card) margin=1pp");
  leave("quality", {check_of("quality", "recall(lost", Status::pass)});
  EXPECT_EQ(error_reason(), "check_missing");
  leave("quality", {check_of("quality", "recall(lost card)", Status::pass)});
  EXPECT_EQ(join().status, Status::pass);
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

TEST_F(SuiteTest, a_waived_failure_proves_nothing_beside_doubt) {
  write_plan("waivers: [{check: unit/A.B, reason: known, until: '2099-12-31'}]\n");
  leave("unit", {check_of("unit", "A.B", Status::fail)});
  leave("quality", {check_of("quality", "accuracy", Status::inconclusive)});
  EXPECT_EQ(program("--inconclusive warn"), 3);
  EXPECT_THAT(read_verdict(folder_ / "verdict.json").sentence, HasSubstr("this blocks: no check passes"));
}

}  // namespace
}  // namespace modelgate
