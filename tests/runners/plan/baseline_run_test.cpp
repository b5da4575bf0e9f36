// `modelgate run --baseline WHICH`, in a real Git repository.

#include <gmock/gmock.h>

#include "project.h"
#include "schemas/tool/files.h"
#include "tests/runners/revision/repository.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class BaselineRun : public ::testing::Test {
 protected:
  BaselineRun() {
    fs::remove_all(project_.folder() / ".git");
    git_.emplace(project_.folder());
    first_ = git_->commit(".gitignore", "/out\n/gate-results\n/.modelgate\n/handshake\n");
    project_.release_baseline();
    git_->commit("second");
  }
  /// What `modelgate run` says of a candidate that answers `wrong` rows wrongly.
  ProcessOutcome run(int wrong, const std::vector<std::string>& more) {
    project_.write_candidate(wrong);
    std::vector<std::string> arguments = {"run", "--quiet"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return project_.modelgate(arguments);
  }
  /// Judges a candidate, saves it and marks it as main's last green.
  void green(const std::string& version, int wrong, const std::string& baseline) {
    for (const ProcessOutcome& outcome :
         {run(wrong, {"--baseline", baseline}),
          project_.run("modelgate-baseline", {"save", "out", "--version", version}),
          project_.run("modelgate-baseline",
                       {"green", version, "--branch", "main", "--verdict", "gate-results/verdict.json"})})
      ASSERT_TRUE(outcome.succeeded()) << outcome.sentence() << outcome.out.text << outcome.err.text;
  }
  std::string compared_with() const { return project_.verdict().baseline->version; }

  Project project_;
  std::optional<Repository> git_;
  std::string first_;
};

TEST_F(BaselineRun, takes_the_commit_from_the_working_copy) {
  EXPECT_EQ(run(8, {}).exit_code, 0);
  EXPECT_EQ(project_.verdict().candidate.commit, git_->head());
  EXPECT_FALSE(project_.verdict().candidate.modified);
  EXPECT_EQ(project_.verdict().baseline->commit, first_) << "though it was saved without one";
  git_->write("second", "changed\n");
  EXPECT_EQ(run(8, {}).exit_code, 0);
  EXPECT_TRUE(project_.verdict().candidate.modified);
}

TEST_F(BaselineRun, by_a_branch_is_its_last_green_and_latest_is_the_last_release) {
  green("v1.1.0-dev.1", 9, "latest");
  green("v1.1.0-dev.2", 8, "branch:main");
  EXPECT_EQ(compared_with(), "v1.1.0-dev.1");
  EXPECT_EQ(run(8, {"--baseline", "branch:main"}).exit_code, 0);
  EXPECT_EQ(compared_with(), "v1.1.0-dev.2");
  EXPECT_EQ(run(8, {"--baseline", "v1.1.0-dev.1"}).exit_code, 0);
  EXPECT_EQ(compared_with(), "v1.1.0-dev.1");
  for (const std::vector<std::string>& latest : {std::vector<std::string>{}, {"--baseline", "latest"}}) {
    EXPECT_EQ(run(8, latest).exit_code, 0);
    EXPECT_EQ(compared_with(), "v1.0.0");
  }
  const ProcessOutcome outcome = run(8, {"--baseline", "branch:other"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err.text,
              AllOf(HasSubstr("the branch other has no green yet"), Not(HasSubstr("--first-release"))));
  EXPECT_EQ(project_.verdict().status, Status::error);
}

TEST_F(BaselineRun, by_the_merge_base_is_what_was_kept_of_that_commit) {
  green("v1.1.0-dev.1", 9, "latest");
  git_->git({"checkout", "--quiet", "-b", "feature"});
  git_->commit("third");
  const ProcessOutcome outcome = run(8, {"--baseline", "merge-base"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
  EXPECT_EQ(compared_with(), "v1.1.0-dev.1");
  EXPECT_EQ(project_.verdict().pipeline->merge_base, git_->git({"rev-parse", "main"}));
  EXPECT_THAT(project_.verdict().warnings, Not(Contains(HasSubstr("baseline"))));
  EXPECT_EQ(run(60, {"--baseline", "merge-base:main"}).exit_code, 1) << "and it is held against it";
  EXPECT_EQ(compared_with(), "v1.1.0-dev.1");
}

TEST_F(BaselineRun, by_the_merge_base_is_a_release_rather_than_a_green_of_the_same_commit) {
  green("v2.0.0-dev.1", 9, "latest");
  ASSERT_EQ(run(9, {}).exit_code, 0);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"save", "out", "--version", "v1.1.0"},
        {"promote", "v1.1.0", "--verdict", "gate-results/verdict.json"}})
    ASSERT_TRUE(project_.run("modelgate-baseline", words).succeeded());
  git_->git({"checkout", "--quiet", "-b", "feature"});
  git_->commit("third");
  EXPECT_EQ(run(8, {"--baseline", "merge-base"}).exit_code, 0);
  EXPECT_EQ(compared_with(), "v1.1.0");
}

TEST_F(BaselineRun, by_the_merge_base_knows_a_commit_that_was_given_in_short) {
  ASSERT_EQ(run(9, {}).exit_code, 0);
  const std::string commit = git_->head().substr(0, 8);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"save", "out", "--version", "v1.1.0", "--commit", commit},
        {"promote", "v1.1.0", "--verdict", "gate-results/verdict.json"}})
    ASSERT_TRUE(project_.run("modelgate-baseline", words).succeeded());
  git_->git({"checkout", "--quiet", "-b", "feature"});
  git_->commit("third");
  EXPECT_EQ(run(8, {"--baseline", "merge-base"}).exit_code, 0);
  EXPECT_EQ(compared_with(), "v1.1.0");
}

TEST_F(BaselineRun, by_the_merge_base_is_the_nearest_before_it_and_that_is_said) {
  git_->commit("third");
  git_->commit("fourth");
  git_->git({"checkout", "--quiet", "-b", "feature"});
  git_->commit("fifth");
  EXPECT_EQ(run(8, {"--baseline", "merge-base"}).exit_code, 0);
  EXPECT_EQ(compared_with(), "v1.0.0");
  EXPECT_THAT(project_.verdict().warnings,
              Contains(HasSubstr("the baseline v1.0.0 is 3 commits behind the merge base")));
}

TEST_F(BaselineRun, by_the_merge_base_of_the_target_itself_is_said_to_be_what_lies_before) {
  green("v1.1.0-dev.1", 9, "latest");
  const ProcessOutcome outcome = run(8, {"--baseline", "merge-base"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
  EXPECT_EQ(compared_with(), "v1.0.0") << "and not with itself";
  EXPECT_THAT(project_.verdict().warnings, Contains(HasSubstr("HEAD is on main itself")));
}

TEST_F(BaselineRun, without_anything_of_the_merge_base_is_an_error_with_what_to_do) {
  git_->git({"checkout", "--quiet", "--orphan", "other"});
  git_->commit("alone");
  git_->commit("alone", "more\n");
  git_->git({"checkout", "--quiet", "-b", "feature"});
  git_->commit("change");
  for (const char* wish : {"merge-base:other", "merge-base:main", "merge-base:nothing"}) {
    const ProcessOutcome outcome = run(8, {"--baseline", wish});
    EXPECT_EQ(outcome.exit_code, 4) << wish;
    EXPECT_EQ(project_.verdict().status, Status::error) << wish;
  }
  EXPECT_THAT(run(8, {"--baseline", "merge-base:other"}).err.text,
              AllOf(HasSubstr("no release or green is in the store"), HasSubstr("modelgate-baseline green")));
  EXPECT_THAT(read_file(project_.results() / "junit.xml"), HasSubstr("errors=\"1\""));
}

TEST_F(BaselineRun, without_a_store_says_what_to_do) {
  fs::remove_all(project_.folder() / ".modelgate");
  const ProcessOutcome outcome = run(8, {"--baseline", "merge-base"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err.text, HasSubstr("--first-release"));
}

TEST_F(BaselineRun, of_a_shallow_clone_without_a_network_is_an_error_that_names_the_setting) {
  git_->git({"checkout", "--quiet", "-b", "feature"});
  git_->commit("third");
  write_file(project_.folder() / ".git" / "shallow", git_->head() + "\n");
  const ProcessOutcome outcome = run(8, {"--baseline", "merge-base"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err.text, HasSubstr("git fetch --unshallow"));
  EXPECT_EQ(project_.verdict().status, Status::error);
}

TEST_F(BaselineRun, of_a_merge_request_in_a_shallow_clone_is_fetched) {
  green("v1.1.0-dev.1", 9, "latest");
  git_->git({"checkout", "--quiet", "-b", "feature"});
  const std::string head = git_->commits(60, "change");
  project_.write_candidate(8);
  const fs::path folder = fs::path(::testing::TempDir()) / "a runner's clone";
  fs::remove_all(folder);
  git_->cloned(folder, {"--depth", "1", "--single-branch", "--branch", "feature"});
  for (const char* part : {"out", ".modelgate"})
    fs::copy(project_.folder() / part, folder / part, fs::copy_options::recursive);
  ProcessSpec spec = project_.command("modelgate", {"run", "--quiet", "--baseline", "merge-base"});
  spec.folder = folder;
  spec.environment = {{"GITLAB_CI", "true"},
                      {"CI_COMMIT_SHA", head},
                      {"CI_PIPELINE_SOURCE", "merge_request_event"},
                      {"CI_MERGE_REQUEST_IID", "7"},
                      {"CI_MERGE_REQUEST_EVENT_TYPE", "detached"},
                      {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "feature"},
                      {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"}};
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
  const Verdict verdict = read_verdict(folder / "gate-results" / "verdict.json");
  EXPECT_EQ(verdict.baseline->version, "v1.1.0-dev.1");
  EXPECT_EQ(verdict.candidate.commit, head);
  EXPECT_THAT(verdict.warnings, Not(Contains(HasSubstr("baseline"))));
  ASSERT_TRUE(verdict.pipeline);
  EXPECT_EQ(verdict.pipeline->merge_base, git_->git({"rev-parse", "main"}));
  EXPECT_EQ(verdict.pipeline->event, "merge request");
  EXPECT_EQ(verdict.pipeline->target, "main");
}

TEST_F(BaselineRun, may_be_said_by_the_plan_and_the_option_stands_above_it) {
  const std::string plan = read_file(project_.folder() / "modelgate.yaml");
  green("v1.1.0-dev.1", 9, "latest");
  write_file(project_.folder() / "modelgate.yaml", plan + "baseline: branch:main\n");
  EXPECT_EQ(run(8, {}).exit_code, 0);
  EXPECT_EQ(compared_with(), "v1.1.0-dev.1");
  EXPECT_EQ(run(8, {"--baseline", "latest"}).exit_code, 0);
  EXPECT_EQ(compared_with(), "v1.0.0");
  EXPECT_EQ(run(8, {"--first-release"}).exit_code, 0) << "which needs none";
  write_file(project_.folder() / "modelgate.yaml", plan + "baseline: branch main\n");
  const ProcessOutcome outcome = run(8, {});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err.text, HasSubstr("modelgate.yaml:10:11: 'branch main' names no baseline"));
}

TEST_F(BaselineRun, is_refused_where_it_says_nothing_that_is_known) {
  for (const char* wish : {"branch:", "merge-base:", "merge-base:--x", "branch:a b", "../v1", "tag:v1"}) {
    const ProcessOutcome outcome = run(8, {"--baseline", wish});
    EXPECT_EQ(outcome.exit_code, 2) << wish;
    EXPECT_THAT(outcome.err.text, HasSubstr("merge-base:BRANCH")) << wish;
  }
}

TEST_F(BaselineRun, is_shown_by_a_dry_run_and_by_the_doctor) {
  green("v1.1.0-dev.1", 9, "latest");
  git_->git({"checkout", "--quiet", "-b", "feature"});
  git_->commit("third");
  const ProcessOutcome dry = project_.modelgate({"run", "--dry-run", "--baseline", "merge-base"});
  EXPECT_EQ(dry.exit_code, 0) << dry.err.text;
  EXPECT_THAT(dry.out.text, HasSubstr("modelgate-baseline checkout v1.1.0-dev.1"));
  EXPECT_THAT(project_.modelgate({"doctor"}).out.text, HasSubstr("latest: v1.0.0\n"));
  const std::string plan = read_file(project_.folder() / "modelgate.yaml");
  write_file(project_.folder() / "modelgate.yaml", plan + "baseline: merge-base\n");
  EXPECT_THAT(project_.modelgate({"doctor"}).out.text, HasSubstr("merge-base: v1.1.0-dev.1\n"));
  git_->git({"branch", "--move", "main", "mainline"});
  EXPECT_THAT(project_.modelgate({"doctor"}).out.text,
              HasSubstr("merge-base: it is not known into which branch"));
}

TEST_F(BaselineRun, a_verdict_against_a_green_releases_nothing) {
  green("v1.1.0-dev.1", 9, "latest");
  EXPECT_EQ(run(8, {"--baseline", "branch:main"}).exit_code, 0);
  ASSERT_TRUE(project_.run("modelgate-baseline", {"save", "out", "--version", "v2"}).succeeded());
  const ProcessOutcome outcome =
      project_.run("modelgate-baseline", {"promote", "v2", "--verdict", "gate-results/verdict.json"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err.text, HasSubstr("modelgate run --baseline latest"));
}

}  // namespace
}  // namespace modelgate
