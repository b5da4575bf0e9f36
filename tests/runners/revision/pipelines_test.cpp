// What each platform checks out and says of it: a real repository, fetched as its runner fetches it, and the
// variables that it sets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "runners/revision/merge_base.h"
#include "schemas/pipeline/pipeline.h"
#include "tests/runners/revision/forked_history.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Variables = std::map<std::string, std::string>;

class PipelinesTest : public ForkedHistory {
 protected:
  /// An empty folder into which a runner has fetched one commit, so deep, under a name of its own.
  Repository fetched(const Repository& remote, const std::string& commit, int depth,
                     const std::string& name = "refs/pipelines/1") const {
    const Repository copy(folder_ / ("runner of " + commit.substr(0, 7)));
    copy.git({"remote", "add", "origin", remote.address()});
    copy.git({"fetch", "--quiet", "--no-tags", "--depth", std::to_string(depth), "origin",
              "+" + commit + ":" + name});
    copy.git({"checkout", "--quiet", "--force", "--detach", commit});
    return copy;
  }
  MergeBase base(const Repository& copy, Variables variables) const {
    const Pipeline pipeline = pipeline_of([&](const std::string& name) {
      const auto found = variables.find(name);
      return found == variables.end() ? std::string() : found->second;
    });
    return merge_base(copy.folder(), pipeline, "", {});
  }
  /// A commit that merges feature into what main is now, on no branch.
  std::string merged_result() const {
    origin_.git({"checkout", "--quiet", "--detach", "main"});
    const std::string merged = origin_.merge("feature");
    origin_.git({"update-ref", "refs/merge-requests/7/merge", merged});
    origin_.git({"checkout", "--quiet", "main"});
    return merged;
  }

  Variables gitlab(const std::string& commit) const {
    return {{"CI", "true"},
            {"GITLAB_CI", "true"},
            {"CI_COMMIT_SHA", commit},
            {"CI_PROJECT_ID", "11"},
            {"CI_PROJECT_PATH", "team/model"},
            {"CI_SERVER_URL", "https://gitlab.example.org"},
            {"CI_API_V4_URL", "https://gitlab.example.org/api/v4"},
            {"CI_DEFAULT_BRANCH", "main"}};
  }
  Variables merge_request(const std::string& commit, const std::string& kind) const {
    Variables all = gitlab(commit);
    all.insert({{"CI_PIPELINE_SOURCE", "merge_request_event"},
                {"CI_MERGE_REQUEST_IID", "7"},
                {"CI_MERGE_REQUEST_EVENT_TYPE", kind},
                {"CI_MERGE_REQUEST_PROJECT_ID", "11"},
                {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "11"},
                {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "feature"},
                {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"},
                {"CI_MERGE_REQUEST_DIFF_BASE_SHA", base_},
                {"CI_COMMIT_REF_NAME", "feature"}});
    return all;
  }
  Variables github(const std::string& commit, const std::string& event, const std::string& ref) const {
    return {{"CI", "true"},
            {"GITHUB_ACTIONS", "true"},
            {"GITHUB_EVENT_NAME", event},
            {"GITHUB_SHA", commit},
            {"GITHUB_REF", ref},
            {"GITHUB_REF_NAME", ref.substr(ref.find('/', 5) + 1)},
            {"GITHUB_REF_TYPE", ref.starts_with("refs/tags/") ? "tag" : "branch"},
            {"GITHUB_REPOSITORY", "team/model"},
            {"GITHUB_SERVER_URL", "https://github.com"},
            {"GITHUB_API_URL", "https://api.github.com"}};
  }
};

TEST_F(PipelinesTest, a_merge_request_on_gitlab) {
  for (const int depth : {1, 20}) {
    const Repository copy = fetched(origin_, feature_, depth);
    EXPECT_EQ(base(copy, merge_request(feature_, "detached")).commit, base_) << depth;
    fs::remove_all(copy.folder());
  }
}

TEST_F(PipelinesTest, a_merge_request_whose_target_gitlab_does_not_pin) {
  Variables variables = merge_request(feature_, "detached");
  variables.erase("CI_MERGE_REQUEST_DIFF_BASE_SHA");
  EXPECT_EQ(base(fetched(origin_, feature_, 1), variables).commit, base_);
}

TEST_F(PipelinesTest, a_merged_result_on_gitlab_also_after_the_target_moved_on) {
  const std::string merged = merged_result();
  Variables variables = merge_request(merged, "merged_result");
  variables["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"] = main_;
  variables["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = feature_;
  origin_.commit("m6");
  const Repository copy = fetched(origin_, merged, 1);
  const MergeBase found = base(copy, variables);
  EXPECT_EQ(found.commit, main_);
  EXPECT_THAT(found.target, HasSubstr("main at " + main_.substr(0, 12)));
  // The job is started again after the merge: the change must not be compared with itself.
  origin_.git({"merge", "--quiet", "-m", "merged", merged});
  EXPECT_EQ(base(copy, variables).commit, main_);
}

TEST_F(PipelinesTest, a_merge_train_on_gitlab_is_held_against_the_change_before_it) {
  origin_.git({"checkout", "--quiet", "-b", "other", base_});
  origin_.commit("other");
  origin_.git({"checkout", "--quiet", "--detach", "main"});
  const std::string before = origin_.merge("other");
  const std::string merged = origin_.merge("feature");
  origin_.git({"update-ref", "refs/merge-requests/7/train", merged});
  origin_.git({"checkout", "--quiet", "main"});
  Variables variables = merge_request(merged, "merge_train");
  variables["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"] = before;
  variables["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = feature_;
  EXPECT_EQ(base(fetched(origin_, merged, 1), variables).commit, before);
}

TEST_F(PipelinesTest, a_merge_request_from_a_fork_on_gitlab_does_not_go_by_the_forks_old_target) {
  const Repository fork = origin_.cloned(folder_ / "fork", {"--branch", "feature"});
  fork.git({"branch", "--force", "main", "origin/main~4"});
  fork.git({"config", "receive.denyCurrentBranch", "ignore"});
  Variables variables = merge_request(feature_, "detached");
  variables["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"] = "12";
  variables["CI_PROJECT_ID"] = "12";
  EXPECT_EQ(base(fetched(fork, feature_, 1), variables).commit, base_);
}

TEST_F(PipelinesTest, a_pull_request_on_github) {
  const std::string merged = merged_result();
  origin_.git({"update-ref", "refs/pull/7/merge", merged});
  Variables variables = github(merged, "pull_request", "refs/pull/7/merge");
  variables["GITHUB_BASE_REF"] = "main";
  variables["GITHUB_HEAD_REF"] = "feature";
  const Repository copy = fetched(origin_, merged, 1, "refs/remotes/pull/7/merge");
  EXPECT_EQ(base(copy, variables).commit, main_);
  origin_.commit("m6");
  EXPECT_EQ(base(copy, variables).commit, main_) << "what was merged, not what the branch is now";
}

TEST_F(PipelinesTest, a_pull_request_on_github_of_which_the_head_was_checked_out) {
  const std::string merged = merged_result();
  Variables variables = github(merged, "pull_request", "refs/pull/7/merge");
  variables["GITHUB_BASE_REF"] = "main";
  variables["GITHUB_HEAD_REF"] = "feature";
  EXPECT_EQ(base(fetched(origin_, feature_, 1), variables).commit, base_);
}

TEST_F(PipelinesTest, a_merge_queue_on_github) {
  const std::string merged = merged_result();
  const std::string ref = "refs/heads/gh-readonly-queue/main/pr-7-" + main_;
  origin_.git({"update-ref", ref, merged});
  EXPECT_EQ(base(fetched(origin_, merged, 1), github(merged, "merge_group", ref)).commit, main_);
}

TEST_F(PipelinesTest, a_branch_on_either) {
  EXPECT_EQ(base(fetched(origin_, feature_, 1), github(feature_, "push", "refs/heads/feature")).commit,
            base_);
  fs::remove_all(folder_ / ("runner of " + feature_.substr(0, 7)));
  Variables variables = gitlab(feature_);
  variables.insert(
      {{"CI_PIPELINE_SOURCE", "push"}, {"CI_COMMIT_BRANCH", "feature"}, {"CI_COMMIT_REF_NAME", "feature"}});
  EXPECT_EQ(base(fetched(origin_, feature_, 1), variables).commit, base_);
}

TEST_F(PipelinesTest, the_target_itself_by_push_or_by_schedule_is_held_against_the_commit_before) {
  const std::string before = origin_.git({"rev-parse", "main~1"});
  const Repository copy = fetched(origin_, main_, 1);
  for (const char* event : {"push", "schedule"}) {
    const MergeBase found = base(copy, github(main_, event, "refs/heads/main"));
    EXPECT_EQ(found.commit, before) << event;
    EXPECT_TRUE(found.is_before_head);
    Variables variables = gitlab(main_);
    variables.insert(
        {{"CI_PIPELINE_SOURCE", event}, {"CI_COMMIT_BRANCH", "main"}, {"CI_COMMIT_REF_NAME", "main"}});
    EXPECT_EQ(base(copy, variables).commit, before) << event;
  }
}

TEST_F(PipelinesTest, a_tag_is_held_against_the_commit_before) {
  const std::string before = origin_.git({"rev-parse", "main~1"});
  origin_.git({"tag", "v1.0.0"});
  const Repository copy = fetched(origin_, main_, 1, "refs/tags/v1.0.0");
  EXPECT_EQ(base(copy, github(main_, "push", "refs/tags/v1.0.0")).commit, before);
}

TEST_F(PipelinesTest, a_branch_of_a_project_whose_own_branch_is_called_otherwise) {
  origin_.git({"branch", "develop", "feature~1"});
  Variables variables = gitlab(feature_);
  variables["CI_DEFAULT_BRANCH"] = "develop";
  variables["CI_COMMIT_BRANCH"] = "feature";
  const MergeBase found = base(fetched(origin_, feature_, 1), variables);
  EXPECT_EQ(found.target, "origin/develop");
  EXPECT_EQ(found.commit, origin_.git({"rev-parse", "feature~1"}));
}

TEST_F(PipelinesTest, a_merge_queue_on_github_that_runs_again_after_it_was_merged) {
  const std::string merged = merged_result();
  const std::string ref = "refs/heads/gh-readonly-queue/main/pr-7-" + main_;
  Variables variables = github(merged, "merge_group", ref);
  variables["GITHUB_EVENT_PATH"] =
      folder_
          .with("event.json", R"({"merge_group": {"head_sha": ")" + merged + R"(", "base_sha": ")" + main_ +
                                  R"(", "base_ref": "refs/heads/main"}})")
          .string();
  origin_.git({"merge", "--quiet", merged});
  origin_.commit("m7");
  EXPECT_EQ(base(fetched(origin_, merged, 1), variables).commit, main_);
}

TEST_F(PipelinesTest, a_ci_that_says_nothing_but_that_it_is_one) {
  EXPECT_EQ(base(fetched(origin_, feature_, 1), {{"CI", "true"}, {"JENKINS_URL", "https://ci.example.org/"}})
                .commit,
            base_);
}

}  // namespace
}  // namespace modelgate
