#include <gtest/gtest.h>

#include "tests/schemas/pipeline/variables.h"

namespace modelgate {
namespace {

using Event = Pipeline::Event;

const Environment any = {{"GITLAB_CI", "true"},
                         {"CI_COMMIT_SHA", some_commit},
                         {"CI_PROJECT_ID", "17"},
                         {"CI_API_V4_URL", "https://gitlab.example.com/api/v4"},
                         {"CI_SERVER_URL", "https://gitlab.example.com"},
                         {"CI_JOB_URL", "https://gitlab.example.com/g/p/-/jobs/9"}};

Pipeline with(Environment more) {
  more.insert(any.begin(), any.end());
  return pipeline_in(more);
}

Environment request(const std::string& kind) {
  return {{"CI_PIPELINE_SOURCE", "merge_request_event"},   {"CI_MERGE_REQUEST_IID", "7"},
          {"CI_MERGE_REQUEST_EVENT_TYPE", kind},           {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "fix"},
          {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"}, {"CI_MERGE_REQUEST_PROJECT_ID", "17"},
          {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "17"},    {"CI_COMMIT_REF_NAME", "fix"}};
}

TEST(GitlabTest, tells_where_it_runs) {
  const Pipeline pipeline = with({{"CI_COMMIT_BRANCH", "main"}, {"CI_PIPELINE_SOURCE", "push"}});
  EXPECT_EQ(pipeline.platform, Pipeline::Platform::gitlab);
  EXPECT_EQ(pipeline.platform_name, "GitLab CI");
  EXPECT_EQ(pipeline.event, Event::branch);
  EXPECT_EQ(pipeline.branch, "main");
  EXPECT_EQ(pipeline.commit, some_commit);
  EXPECT_EQ(pipeline.head_commit, some_commit);
  EXPECT_EQ(pipeline.project, "17");
  EXPECT_EQ(pipeline.api_url, "https://gitlab.example.com/api/v4");
  EXPECT_EQ(pipeline.job_url, "https://gitlab.example.com/g/p/-/jobs/9");
}

TEST(GitlabTest, of_a_detached_merge_request_pipeline_the_checked_out_commit_is_the_head) {
  const Pipeline pipeline = with(request("detached"));
  EXPECT_EQ(pipeline.event, Event::merge_request);
  EXPECT_EQ(pipeline.request, "7");
  EXPECT_EQ(pipeline.branch, "fix");
  EXPECT_EQ(pipeline.target, "main");
  EXPECT_EQ(pipeline.head_commit, some_commit);
  EXPECT_FALSE(pipeline.merged_result);
  EXPECT_FALSE(pipeline.fork);
}

TEST(GitlabTest, tells_where_a_change_began_and_the_projects_own_branch) {
  Environment detached = request("detached");
  detached["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = base_commit;
  detached["CI_DEFAULT_BRANCH"] = "develop";
  EXPECT_EQ(with(detached).base_commit, base_commit);
  EXPECT_EQ(with(detached).default_branch, "develop");
  detached["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = "--upload-pack=x";
  detached["CI_DEFAULT_BRANCH"] = "-x";
  EXPECT_EQ(with(detached).base_commit, "");
  EXPECT_EQ(with(detached).default_branch, "");
}

TEST(GitlabTest, of_a_merged_result_the_checked_out_commit_is_not_the_head) {
  Environment merged = request("merged_result");
  EXPECT_EQ(with(merged).head_commit, "") << "a status for the merged commit would be seen by nobody";
  merged["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = head_commit;
  merged["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"] = base_commit;
  const Pipeline pipeline = with(merged);
  EXPECT_TRUE(pipeline.merged_result);
  EXPECT_EQ(pipeline.event, Event::merge_request);
  EXPECT_EQ(pipeline.head_commit, head_commit);
  EXPECT_EQ(pipeline.target_commit, base_commit);
}

TEST(GitlabTest, a_merge_train_is_a_queue) {
  const Pipeline pipeline = with(request("merge_train"));
  EXPECT_EQ(pipeline.event, Event::merge_queue);
  EXPECT_EQ(pipeline.target, "main");
  EXPECT_TRUE(pipeline.merged_result);
}

TEST(GitlabTest, a_request_from_another_project_is_of_a_fork) {
  Environment fork = request("detached");
  fork["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"] = "99";
  fork["CI_PROJECT_ID"] = "99";  // where its pipeline runs
  const Pipeline pipeline = with(fork);
  EXPECT_TRUE(pipeline.fork);
  EXPECT_EQ(pipeline.project, "17") << "where the request and its notes are";
}

TEST(GitlabTest, knows_tags_schedules_and_what_people_start) {
  EXPECT_EQ(with({{"CI_COMMIT_TAG", "v1"}, {"CI_COMMIT_REF_NAME", "v1"}}).event, Event::tag);
  EXPECT_EQ(with({{"CI_COMMIT_TAG", "v1"}, {"CI_PIPELINE_SOURCE", "schedule"}}).event, Event::tag);
  EXPECT_EQ(with({{"CI_COMMIT_BRANCH", "main"}, {"CI_PIPELINE_SOURCE", "schedule"}}).event, Event::schedule);
  EXPECT_EQ(with({{"CI_COMMIT_BRANCH", "main"}, {"CI_PIPELINE_SOURCE", "web"}}).event, Event::manual);
  EXPECT_EQ(with({}).event, Event::unknown);
  EXPECT_EQ(with({}).platform, Pipeline::Platform::gitlab);
}

TEST(GitlabTest, an_external_pull_request_has_a_target_too) {
  const Pipeline pipeline = with({{"CI_EXTERNAL_PULL_REQUEST_IID", "3"},
                                  {"CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME", "main"},
                                  {"CI_EXTERNAL_PULL_REQUEST_SOURCE_REPOSITORY", "me/model"},
                                  {"CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY", "team/model"},
                                  {"CI_COMMIT_BRANCH", "fix"}});
  EXPECT_EQ(pipeline.event, Event::merge_request);
  EXPECT_EQ(pipeline.target, "main");
  EXPECT_EQ(pipeline.request, "3");
  EXPECT_TRUE(pipeline.fork);
}

TEST(GitlabTest, what_is_not_what_it_should_be_is_not_taken) {
  Environment odd = request("detached");
  odd["CI_MERGE_REQUEST_IID"] = "7; rm -rf /";
  odd["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = "-x";
  const Pipeline pipeline = with(odd);
  EXPECT_EQ(pipeline.request, "");
  EXPECT_EQ(pipeline.target, "");
  EXPECT_EQ(pipeline.event, Event::merge_request);
  EXPECT_EQ(pipeline_in({{"GITLAB_CI", "true"}, {"CI_COMMIT_SHA", "--upload-pack=x"}}).commit, "");
  EXPECT_EQ(pipeline_in({{"GITLAB_CI", "true"}, {"CI_API_V4_URL", "https://x y"}}).api_url, "");
  EXPECT_EQ(pipeline_in({{"GITLAB_CI", "true"}, {"CI_API_V4_URL", "https://\x1b[2J"}}).api_url, "");
}

}  // namespace
}  // namespace modelgate
