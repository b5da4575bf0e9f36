// `modelgate run --changed` and the hook, in a repository of Git.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "project.h"
#include "schemas/tool/files.h"
#include "tests/runners/revision/repository.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class ChangedRun : public ::testing::Test {
 protected:
  ChangedRun() {
    fs::remove_all(project_.folder() / ".git");
    project_.release_baseline();
    fs::remove_all(project_.results());
    fs::remove(project_.folder() / "handshake");
    repository_.emplace(project_.folder());
    repository_->write(".gitignore", "gate-results/\n.modelgate/\n");
    repository_->commit("README.md");
    repository_->git({"checkout", "-q", "-b", "change"});
  }
  const Repository& repository() const { return *repository_; }
  ProcessOutcome changed(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"run", "--changed"});
    return project_.modelgate(more);
  }
  bool has_verdict() const { return fs::exists(project_.results() / "verdict.json"); }

  Project project_;
  std::optional<Repository> repository_;
};

TEST_F(ChangedRun, judges_nothing_where_only_documents_changed_and_leaves_no_verdict) {
  repository().commit("README.md", "more\n");
  repository().write("docs/deep/x.svg", "x");
  const ProcessOutcome outcome = changed();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
  EXPECT_THAT(outcome.err.text, HasSubstr("nothing that concerns a gate changed since"));
  EXPECT_THAT(outcome.err.text, HasSubstr("(2 files)"));
  EXPECT_FALSE(has_verdict());
}

TEST_F(ChangedRun, judges_a_candidate_that_changed_committed_or_not) {
  project_.write_candidate(60);
  EXPECT_EQ(changed().exit_code, 1);
  repository().git({"add", "-A"});
  repository().git({"commit", "-q", "-m", "worse"});
  EXPECT_EQ(changed().exit_code, 1);
  ASSERT_TRUE(project_.verdict().pipeline);
  EXPECT_EQ(project_.verdict().pipeline->merge_base, repository().git({"rev-parse", "main"}));
  EXPECT_EQ(project_.verdict().pipeline->branch, "change");
}

TEST_F(ChangedRun, judges_a_candidate_that_git_ignores_whatever_else_changed) {
  repository().git({"rm", "-q", "-r", "--cached", "out"});
  repository().commit(".gitignore", "gate-results/\n.modelgate/\nout/\n");
  repository().git({"branch", "-f", "main"});
  project_.write_candidate(60);
  repository().commit("README.md", "more\n");
  const ProcessOutcome outcome = changed();
  EXPECT_EQ(outcome.exit_code, 1) << outcome.err.text;
  EXPECT_THAT(outcome.err.text, HasSubstr("Git does not see all of what is judged"));
}

TEST_F(ChangedRun, does_not_judge_the_same_state_again) {
  project_.write_candidate(8);
  ASSERT_EQ(changed().exit_code, 0);
  const Verdict first = project_.verdict();
  EXPECT_THAT(first.warnings, Not(Contains(HasSubstr("not again"))));
  ASSERT_EQ(changed().exit_code, 0);
  const Verdict second = project_.verdict();
  EXPECT_EQ(second.created, first.created);
  EXPECT_THAT(second.warnings, Contains(HasSubstr("not again")));
  EXPECT_FALSE(fs::exists(project_.results() / "measurements"));

  repository().commit("README.md", "other words\n");
  ASSERT_EQ(changed().exit_code, 0);
  EXPECT_THAT(project_.verdict().warnings, Contains(HasSubstr("not again"))) << "documents are no part of it";
}

TEST_F(ChangedRun, judges_again_when_anything_that_counts_is_another) {
  project_.write_candidate(8);
  const auto is_judged_again = [&](const std::string& what) {
    EXPECT_EQ(changed().exit_code, 0) << what;
    for (const std::string& warning : project_.verdict().warnings)
      if (warning.find("not again") != std::string::npos) return false;
    return true;
  };
  EXPECT_TRUE(is_judged_again("first"));
  EXPECT_FALSE(is_judged_again("same"));
  project_.write_candidate(9);
  EXPECT_TRUE(is_judged_again("another candidate"));
  repository().write("tools/x.py", "1\n");
  EXPECT_TRUE(is_judged_again("a new file"));
  repository().write("tools/x.py", "2\n");
  EXPECT_TRUE(is_judged_again("what it holds"));
  repository().commit("tools/x.py", "2\n");
  is_judged_again("committed");
  EXPECT_FALSE(is_judged_again("same"));
  const std::string plan = read_file(project_.folder() / "modelgate.yaml");
  write_file(project_.folder() / "modelgate.yaml", plan + "\n");
  EXPECT_TRUE(is_judged_again("the plan"));
  EXPECT_EQ(changed({"--only", "again"}).exit_code, 0);
  EXPECT_THAT(project_.verdict().warnings, Not(Contains(HasSubstr("not again")))) << "other gates";
}

TEST_F(ChangedRun, judges_again_what_a_link_leads_to_out_of_sight) {
  project_.write_candidate(8);
  fs::create_symlink(project_.folder() / ".modelgate" / "elsewhere", project_.folder() / "notes.txt");
  write_file(project_.folder() / ".modelgate" / "elsewhere", "1");
  repository().git({"add", "-A"});
  repository().git({"commit", "-q", "-m", "link"});
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(changed().exit_code, 0);
    EXPECT_THAT(project_.verdict().warnings, Not(Contains(HasSubstr("not again"))));
  }
}

TEST_F(ChangedRun, is_not_divided_into_shards) {
  const ProcessOutcome outcome = changed({"--shard", "1/2"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err.text, HasSubstr("--only chooses gates"));
}

TEST_F(ChangedRun, does_not_keep_what_does_not_pass) {
  project_.write_candidate(60);
  EXPECT_EQ(changed().exit_code, 1);
  EXPECT_EQ(changed().exit_code, 1);
  EXPECT_TRUE(fs::exists(project_.results() / "measurements")) << "it was judged again";
}

TEST_F(ChangedRun, judges_all_where_git_cannot_tell_what_changed) {
  repository().git({"branch", "-D", "main"});
  repository().commit("README.md", "more\n");
  const ProcessOutcome outcome = changed();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
  ASSERT_TRUE(has_verdict());
  EXPECT_EQ(project_.verdict().checks.size(), 3u);
  EXPECT_THAT(project_.verdict().warnings, Contains(HasSubstr("could not be told")));
}

TEST_F(ChangedRun, leaves_out_gates_that_nothing_concerns) {
  std::string plan = read_file(project_.folder() / "modelgate.yaml");
  plan.replace(plan.find("again: {gate: quality,"), 22, "again: {gate: quality, changes: [\"src/*\"],");
  write_file(project_.folder() / "modelgate.yaml", plan);
  repository().git({"add", "-A"});
  repository().git({"commit", "-q", "-m", "plan"});
  repository().git({"branch", "-f", "main"});
  repository().commit("tools/x.py");
  EXPECT_EQ(changed().exit_code, 0);
  EXPECT_THAT(project_.verdict().left_out, Contains("again"));
  repository().commit("src/x.py");
  EXPECT_EQ(changed().exit_code, 0);
  EXPECT_TRUE(project_.verdict().left_out.empty());
}

TEST_F(ChangedRun, leaves_no_gate_out_that_judges_by_what_git_ignores) {
  std::string plan = read_file(project_.folder() / "modelgate.yaml");
  plan.replace(plan.find("again: {gate: quality,"), 22, "again: {gate: quality, changes: [\"src/*\"],");
  write_file(project_.folder() / "modelgate.yaml", plan);
  repository().git({"rm", "-q", "-r", "--cached", "out"});
  repository().write(".gitignore", "gate-results/\n.modelgate/\nout/\n");
  repository().git({"add", "-A"});
  repository().git({"commit", "-q", "-m", "plan"});
  repository().git({"branch", "-f", "main"});
  repository().commit("tools/x.py");
  const ProcessOutcome outcome = changed();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
  EXPECT_THAT(outcome.err.text, HasSubstr("Git does not see all of what is judged"));
  EXPECT_TRUE(project_.verdict().left_out.empty()) << "the candidate may be another";
}

TEST_F(ChangedRun, a_hook_is_installed_once_and_removed_and_no_other_is_touched) {
  const fs::path hook = project_.folder() / ".git" / "hooks" / "pre-push";
  EXPECT_EQ(project_.modelgate({"hook", "status"}).exit_code, 1);
  EXPECT_EQ(project_.modelgate({"hook", "install"}).exit_code, 0);
  struct stat status {};
  ASSERT_EQ(::stat(hook.c_str(), &status), 0);
  EXPECT_TRUE((status.st_mode & 0111) != 0);
  EXPECT_EQ(project_.modelgate({"hook", "status"}).exit_code, 0);
  EXPECT_EQ(project_.modelgate({"hook", "install"}).exit_code, 0) << "again";
  EXPECT_EQ(project_.modelgate({"hook", "remove"}).exit_code, 0);
  EXPECT_FALSE(fs::exists(hook));
  EXPECT_EQ(project_.modelgate({"hook", "remove"}).exit_code, 0) << "there is none";

  write_file(hook, "#!/bin/sh\nexit 0\n");
  for (const char* action : {"install", "remove"}) {
    const ProcessOutcome outcome = project_.modelgate({"hook", action});
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_EQ(read_file(hook), "#!/bin/sh\nexit 0\n");
  }
  EXPECT_EQ(project_.modelgate({"hook", "status"}).exit_code, 1);
  fs::remove(hook);
  fs::create_symlink("elsewhere", hook);
  EXPECT_EQ(project_.modelgate({"hook", "install"}).exit_code, 2) << "a link is somebody's";
}

TEST_F(ChangedRun, a_hook_judges_what_is_pushed_and_nothing_where_branches_are_only_removed) {
  std::string plan = read_file(project_.folder() / "modelgate.yaml");
  write_file(project_.folder() / "modelgate.yaml", plan + "hook: {gates: [again]}\n");
  project_.write_candidate(60);
  const auto hook = [&](const std::string& lines) {
    write_file(project_.folder() / "lines", lines);
    ProcessSpec spec = project_.command("modelgate", {"hook", "run"});
    spec.stdin_file = project_.folder() / "lines";
    return run_process(std::move(spec));
  };
  const std::string zeros(40, '0'), commit = repository().head();
  EXPECT_EQ(hook("(delete) " + zeros + " refs/heads/x " + commit + "\n").exit_code, 0);
  const ProcessOutcome pushed = hook("refs/heads/change " + commit + " refs/heads/change " + zeros + "\n");
  EXPECT_EQ(pushed.exit_code, 1);
  EXPECT_THAT(pushed.out.text, HasSubstr("accuracy")) << "the table says what is wrong";
  EXPECT_EQ(hook("(delete) " + zeros + " refs/heads/x " + commit + "\nrefs/heads/change " + commit +
                 " refs/heads/change " + zeros + "\n")
                .exit_code,
            1);
  EXPECT_EQ(hook("").exit_code, 1) << "called by hand";
  project_.write_candidate(8);
  const ProcessOutcome passed = hook("");
  EXPECT_EQ(passed.exit_code, 0);
  EXPECT_EQ(passed.out.text, "") << "of what passes a line is enough";
  EXPECT_THAT(passed.err.text, HasSubstr("modelgate: "));
  repository().write(".gitignore", "gate-results/\n");
  EXPECT_THAT(repository().git({"status", "--porcelain", "--", ".modelgate/hook", ".modelgate/kept"}), "")
      << "what a hook leaves is no change";
  fs::remove(project_.folder() / "modelgate.yaml");
  EXPECT_EQ(hook("").exit_code, 0) << "a branch from before there was a plan";
}

TEST_F(ChangedRun, a_hook_says_where_what_it_judges_is_not_what_is_pushed) {
  repository().write("src/x.cpp", "1\n");
  const std::string first = repository().commit("src/x.cpp");
  const std::string second = repository().commit("src/y.cpp");
  project_.write_candidate(8);
  repository().git({"add", "-A"});
  repository().git({"commit", "-q", "-m", "candidate"});
  const auto hook = [&](const std::string& object) {
    write_file(project_.folder() / ".git" / "lines",
               "refs/heads/change " + object + " refs/heads/change " + std::string(40, '0') + "\n");
    ProcessSpec spec = project_.command("modelgate", {"hook", "run"});
    spec.stdin_file = project_.folder() / ".git" / "lines";
    return run_process(std::move(spec)).err.text;
  };
  const std::string plan = read_file(project_.folder() / "modelgate.yaml");
  write_file(project_.folder() / "modelgate.yaml", plan + "hook: {gates: [again]}\n");
  repository().git({"commit", "-q", "-a", "-m", "hook"});
  EXPECT_THAT(hook(repository().head()), Not(HasSubstr("judged")));
  EXPECT_THAT(hook(first), HasSubstr("is checked out here and judged"));
  repository().write("src/x.cpp", "2\n");
  EXPECT_THAT(hook(repository().head()), HasSubstr("files here are modified and not committed"));
  const Verdict verdict = read_verdict(project_.folder() / ".modelgate" / "hook" / "verdict.json");
  EXPECT_THAT(verdict.warnings, Contains(HasSubstr("not as they are pushed")));
}

TEST_F(ChangedRun, a_hook_that_takes_too_long_is_given_up_as_an_error) {
  std::string plan = read_file(project_.folder() / "modelgate.yaml");
  write_file(project_.folder() / "modelgate.yaml", plan + "hook: {gates: [again], seconds: 0.2}\n");
  project_.write_candidate(8, "sleep 100");
  EXPECT_EQ(project_.modelgate({"hook", "run"}).exit_code, 4);
}

}  // namespace
}  // namespace modelgate
