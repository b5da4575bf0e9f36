#include <gtest/gtest.h>

#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/temporary_folder.h"
#include "tests/schemas/pipeline/variables.h"

namespace modelgate {
namespace {

using Event = Pipeline::Event;

class GithubTest : public ::testing::Test {
 protected:
  Pipeline with(Environment more, const std::string& event = "") {
    if (!event.empty()) {
      write_file(folder_ / "event.json", event);
      more["GITHUB_EVENT_PATH"] = (folder_ / "event.json").string();
    }
    const Environment any = {{"GITHUB_ACTIONS", "true"},
                             {"GITHUB_SHA", some_commit},
                             {"GITHUB_REPOSITORY", "team/model"},
                             {"GITHUB_API_URL", "https://api.github.com"},
                             {"GITHUB_SERVER_URL", "https://github.com"},
                             {"GITHUB_RUN_ID", "12345"}};
    more.insert(any.begin(), any.end());
    return pipeline_in(more);
  }
  static std::string request(const std::string& source) {
    return R"({"number": 7, "pull_request": {"number": 7, "head": {"sha": ")" + head_commit +
           R"(", "ref": "fix", "repo": )" + source + R"(}, "base": {"sha": ")" + base_commit +
           R"(", "ref": "main", "repo": {"full_name": "team/model"}}}})";
  }
  const Environment pull_request_ = {{"GITHUB_EVENT_NAME", "pull_request"},
                                     {"GITHUB_REF", "refs/pull/7/merge"},
                                     {"GITHUB_REF_NAME", "7/merge"},
                                     {"GITHUB_REF_TYPE", "branch"},
                                     {"GITHUB_HEAD_REF", "fix"},
                                     {"GITHUB_BASE_REF", "main"}};
  const TemporaryFolder folder_;
};

TEST_F(GithubTest, tells_where_it_runs) {
  const Pipeline pipeline =
      with({{"GITHUB_REF_NAME", "main"}, {"GITHUB_REF_TYPE", "branch"}, {"GITHUB_EVENT_NAME", "push"}});
  EXPECT_EQ(pipeline.platform, Pipeline::Platform::github);
  EXPECT_EQ(pipeline.event, Event::branch);
  EXPECT_EQ(pipeline.branch, "main");
  EXPECT_EQ(pipeline.commit, some_commit);
  EXPECT_EQ(pipeline.head_commit, some_commit);
  EXPECT_EQ(pipeline.project, "team/model");
  EXPECT_EQ(pipeline.job_url, "https://github.com/team/model/actions/runs/12345");
}

TEST_F(GithubTest, checks_out_a_merge_of_a_pull_request_whose_statuses_are_for_its_head) {
  const Pipeline pipeline = with(pull_request_, request(R"({"full_name": "team/model"})"));
  EXPECT_EQ(pipeline.event, Event::merge_request);
  EXPECT_TRUE(pipeline.merged_result);
  EXPECT_EQ(pipeline.request, "7");
  EXPECT_EQ(pipeline.branch, "fix");
  EXPECT_EQ(pipeline.target, "main");
  EXPECT_EQ(pipeline.commit, some_commit);
  EXPECT_EQ(pipeline.head_commit, head_commit);
  EXPECT_EQ(pipeline.target_commit, base_commit);
  EXPECT_FALSE(pipeline.fork);
}

TEST_F(GithubTest, knows_a_fork_also_one_that_was_deleted) {
  EXPECT_TRUE(with(pull_request_, request(R"({"full_name": "me/model"})")).fork);
  EXPECT_TRUE(with(pull_request_, request("null")).fork);
}

TEST_F(GithubTest, without_the_events_file_knows_what_the_variables_say) {
  for (const std::string event :
       {"", "{}", "[]", "{\"pull_request\": 7}", "{\"pull_request\": {\"head\": null}}", "not JSON"}) {
    const Pipeline pipeline = with(pull_request_, event);
    EXPECT_EQ(pipeline.request, "7") << event;
    EXPECT_EQ(pipeline.target, "main") << event;
    EXPECT_EQ(pipeline.head_commit, "") << event << ": the merged commit is nobody's head";
  }
}

TEST_F(GithubTest, of_pull_request_target_the_target_is_checked_out) {
  const Pipeline pipeline = with({{"GITHUB_EVENT_NAME", "pull_request_target"},
                                  {"GITHUB_REF", "refs/heads/main"},
                                  {"GITHUB_REF_NAME", "main"},
                                  {"GITHUB_HEAD_REF", "fix"},
                                  {"GITHUB_BASE_REF", "main"}},
                                 request(R"({"full_name": "me/model"})"));
  EXPECT_EQ(pipeline.event, Event::merge_request);
  EXPECT_FALSE(pipeline.merged_result);
  EXPECT_EQ(pipeline.request, "7");
  EXPECT_TRUE(pipeline.fork);
}

TEST_F(GithubTest, a_merge_queue_knows_its_target) {
  const Environment queue = {{"GITHUB_EVENT_NAME", "merge_group"},
                             {"GITHUB_REF", "refs/heads/gh-readonly-queue/release/2/pr-12-0a1b2c"},
                             {"GITHUB_REF_NAME", "gh-readonly-queue/release/2/pr-12-0a1b2c"},
                             {"GITHUB_REF_TYPE", "branch"}};
  EXPECT_EQ(with(queue).event, Event::merge_queue);
  EXPECT_EQ(with(queue).target, "release/2");
  const Pipeline pipeline =
      with(queue, R"({"merge_group": {"head_sha": ")" + some_commit + R"(", "base_sha": ")" + base_commit +
                      R"(", "base_ref": "refs/heads/release/2"}})");
  EXPECT_EQ(pipeline.target_commit, base_commit);
  EXPECT_EQ(pipeline.head_commit, some_commit);
  EXPECT_TRUE(pipeline.merged_result);
}

TEST_F(GithubTest, knows_tags_schedules_and_what_people_start) {
  const auto named = [&](const std::string& event) {
    return with({{"GITHUB_EVENT_NAME", event}, {"GITHUB_REF_NAME", "main"}, {"GITHUB_REF_TYPE", "branch"}})
        .event;
  };
  EXPECT_EQ(named("schedule"), Event::schedule);
  EXPECT_EQ(named("workflow_dispatch"), Event::manual);
  EXPECT_EQ(named("push"), Event::branch);
  EXPECT_EQ(with({{"GITHUB_REF_NAME", "v1"}, {"GITHUB_REF_TYPE", "tag"}}).tag, "v1");
  EXPECT_EQ(with({{"GITHUB_REF_NAME", "v1"}, {"GITHUB_REF_TYPE", "tag"}}).event, Event::tag);
}

TEST_F(GithubTest, an_event_cannot_smuggle_in_what_is_no_commit) {
  const std::string head = "{\"sha\": \"$(touch x)\", \"ref\": \"a b\", \"repo\": null}";
  const Pipeline pipeline = with(
      pull_request_, "{\"pull_request\": {\"number\": 8, \"head\": " + head + ", \"base\": {\"sha\": 3}}}");
  EXPECT_EQ(pipeline.head_commit, "");
  EXPECT_EQ(pipeline.target_commit, "");
  EXPECT_EQ(pipeline.branch, "fix");
}

}  // namespace
}  // namespace modelgate
