#include <gtest/gtest.h>

#include "tests/schemas/pipeline/variables.h"

namespace modelgate {
namespace {

using Event = Pipeline::Event;

TEST(OthersTest, nobodys_variables_are_no_platform) {
  EXPECT_EQ(pipeline_in({}), Pipeline{});
  EXPECT_EQ(pipeline_in({{"CI", "true"}}), Pipeline{});
}

TEST(OthersTest, jenkins_names_branch_change_and_tag) {
  const Environment any = {{"JENKINS_URL", "https://ci.example.com/"}, {"GIT_COMMIT", some_commit}};
  const auto with = [&](Environment more) {
    more.insert(any.begin(), any.end());
    return pipeline_in(more);
  };
  EXPECT_EQ(with({{"BRANCH_NAME", "main"}}).branch, "main");
  EXPECT_EQ(with({{"BRANCH_NAME", "main"}}).platform_name, "Jenkins");
  const Pipeline change = with({{"BRANCH_NAME", "PR-3"},
                                {"CHANGE_ID", "3"},
                                {"CHANGE_TARGET", "release/1"},
                                {"CHANGE_BRANCH", "fix"}});
  EXPECT_EQ(change.event, Event::merge_request);
  EXPECT_EQ(change.target, "release/1");
  EXPECT_EQ(change.branch, "fix");
  EXPECT_EQ(change.request, "3");
  EXPECT_EQ(with({{"TAG_NAME", "v1"}, {"BRANCH_NAME", "v1"}}).tag, "v1");
}

TEST(OthersTest, azure_writes_whole_refs) {
  EXPECT_EQ(pipeline_in({{"TF_BUILD", "True"}, {"BUILD_SOURCEBRANCH", "refs/heads/main"}}).branch, "main");
  const Pipeline tag = pipeline_in({{"TF_BUILD", "True"}, {"BUILD_SOURCEBRANCH", "refs/tags/v1"}});
  EXPECT_EQ(tag.event, Event::tag);
  EXPECT_EQ(tag.tag, "v1");
  const Pipeline request = pipeline_in({{"TF_BUILD", "True"},
                                        {"BUILD_SOURCEBRANCH", "refs/pull/3/merge"},
                                        {"SYSTEM_PULLREQUEST_PULLREQUESTID", "3"},
                                        {"SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/release/1"}});
  EXPECT_EQ(request.event, Event::merge_request);
  EXPECT_EQ(request.target, "release/1");
}

TEST(OthersTest, buildkite_says_false_where_there_is_no_request) {
  const Pipeline branch = pipeline_in({{"BUILDKITE", "true"},
                                       {"BUILDKITE_BRANCH", "main"},
                                       {"BUILDKITE_PULL_REQUEST", "false"},
                                       {"BUILDKITE_COMMIT", some_commit}});
  EXPECT_EQ(branch.event, Event::branch);
  EXPECT_EQ(branch.request, "");
  EXPECT_EQ(branch.commit, some_commit);
  const Pipeline request = pipeline_in({{"BUILDKITE", "true"},
                                        {"BUILDKITE_BRANCH", "fix"},
                                        {"BUILDKITE_PULL_REQUEST", "3"},
                                        {"BUILDKITE_PULL_REQUEST_BASE_BRANCH", "main"}});
  EXPECT_EQ(request.event, Event::merge_request);
  EXPECT_EQ(request.target, "main");
}

TEST(OthersTest, circle_and_bitbucket_name_branch_and_tag) {
  EXPECT_EQ(pipeline_in({{"CIRCLECI", "true"}, {"CIRCLE_BRANCH", "main"}}).branch, "main");
  EXPECT_EQ(pipeline_in({{"CIRCLECI", "true"}, {"CIRCLE_TAG", "v1"}}).tag, "v1");
  EXPECT_EQ(pipeline_in({{"BITBUCKET_BUILD_NUMBER", "3"}, {"BITBUCKET_BRANCH", "main"}}).branch, "main");
  EXPECT_EQ(pipeline_in({{"BITBUCKET_BUILD_NUMBER", "3"},
                         {"BITBUCKET_BRANCH", "fix"},
                         {"BITBUCKET_PR_ID", "4"},
                         {"BITBUCKET_PR_DESTINATION_BRANCH", "main"}})
                .target,
            "main");
}

}  // namespace
}  // namespace modelgate
