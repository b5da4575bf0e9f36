#include "runners/plan/destination.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <map>

#include "runners/process/process.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using Environment = std::map<std::string, std::string>;

Destination by(const Environment& environment, const fs::path& folder = "/") {
  return destination_of(folder, pipeline_of([&](const std::string& name) {
                          const auto found = environment.find(name);
                          return found == environment.end() ? std::string() : found->second;
                        }));
}
Destination branch(const std::string& name) { return {name, ""}; }
Destination tag(const std::string& name) { return {"", name}; }
const Destination unknown;

TEST(DestinationTest, of_gitlab_is_the_target_of_a_merge_request_or_else_the_pipelines_branch) {
  EXPECT_EQ(by({{"GITLAB_CI", "true"},
                {"CI_MERGE_REQUEST_IID", "7"},
                {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "release/1"},
                {"CI_COMMIT_REF_NAME", "fix"}}),
            branch("release/1"));
  EXPECT_EQ(by({{"CI_COMMIT_BRANCH", "feature/x"}, {"CI_COMMIT_REF_NAME", "feature/x"}}),
            branch("feature/x"));
  EXPECT_EQ(by({{"CI_COMMIT_REF_NAME", "feature/x"}}), branch("feature/x"));
  EXPECT_EQ(by({{"CI_COMMIT_TAG", "v1"}, {"CI_COMMIT_REF_NAME", "v1"}}), tag("v1"));
  EXPECT_EQ(by({{"CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME", "main"}, {"CI_COMMIT_BRANCH", "fix"}}),
            branch("main"));
  EXPECT_EQ(by({{"CI_MERGE_REQUEST_IID", "7"}, {"CI_COMMIT_REF_NAME", "fix"}}), unknown)
      << "the source says nothing of the target";
}

TEST(DestinationTest, of_github_is_the_base_of_a_pull_request_or_queue_or_else_the_branch_or_tag) {
  EXPECT_EQ(by({{"GITHUB_BASE_REF", "release/1"}, {"GITHUB_REF_NAME", "7/merge"}}), branch("release/1"));
  EXPECT_EQ(by({{"GITHUB_REF_NAME", "main"}, {"GITHUB_REF_TYPE", "branch"}, {"GITHUB_BASE_REF", ""}}),
            branch("main"));
  EXPECT_EQ(by({{"GITHUB_REF_NAME", "v1"}, {"GITHUB_REF_TYPE", "tag"}}), tag("v1"));
  EXPECT_EQ(by({{"GITHUB_REF_NAME", "v1"}, {"GITHUB_REF", "refs/tags/v1"}}), tag("v1"));
  EXPECT_EQ(by({{"GITHUB_REF_NAME", "gh-readonly-queue/release/2/pr-12-0a1b2c"}}), branch("release/2"));
  EXPECT_EQ(by({{"GITHUB_REF_NAME", "gh-readonly-queue/odd"}}), unknown);
  EXPECT_EQ(by({{"GITHUB_REF_NAME", "7/merge"}, {"GITHUB_REF", "refs/pull/7/merge"}}), unknown);
  EXPECT_EQ(by({{"GITHUB_REF_NAME", "7/merge"}}), unknown);
  EXPECT_EQ(by({{"GITHUB_REF_NAME", "feature/merge"}}), branch("feature/merge"));
}

TEST(DestinationTest, is_told_by_the_system_that_runs_the_pipeline) {
  const Environment both = {{"CI_COMMIT_BRANCH", "main"}, {"GITHUB_REF_NAME", "release/1"}};
  EXPECT_EQ(by(both), branch("main"));
  Environment on_github = both;
  on_github["GITHUB_ACTIONS"] = "true";
  EXPECT_EQ(by(on_github), branch("release/1"));
}

TEST(DestinationTest, that_is_no_name_of_a_branch_is_not_known) {
  for (const std::string& name :
       {std::string("-x"), std::string("a b"), std::string("a..b"), std::string("a\nb"),
        std::string("\x1b[2J"), std::string("\xff"), std::string(300, 'x'),
        std::string("refs/merge-requests/1/head"), std::string(".x"), std::string("a/.x"), std::string("/a"),
        std::string("a/"), std::string("a*")})
    for (const char* variable : {"CI_COMMIT_BRANCH", "GITHUB_REF_NAME", "GITHUB_BASE_REF"})
      EXPECT_EQ(by({{variable, name}}), unknown) << variable << "=" << name;
  EXPECT_EQ(by({{"CI_COMMIT_BRANCH", "mañana/客服"}}), branch("mañana/客服"));
  EXPECT_FALSE(by({{"CI_COMMIT_TAG", "\x1b[2J"}}).tag.empty()) << "a tag blocks, whatever it is called";
}

TEST(DestinationTest, is_the_branch_that_is_checked_out_where_nothing_else_says) {
  const TemporaryFolder folder;
  folder.with(".git/HEAD", "ref: refs/heads/main\n");
  EXPECT_EQ(by({}, folder.path()), branch("main"));
  EXPECT_EQ(by({{"CI_COMMIT_BRANCH", "other"}}, folder.path()), branch("other"));
}

TEST(DestinationTest, without_a_repository_is_not_known) {
  // "/" holds no repository on any machine that builds this.
  EXPECT_EQ(by({}), unknown);
}

TEST(DestinationTest, becomes_options_of_the_suite) {
  using ::testing::ElementsAre;
  using ::testing::IsEmpty;
  EXPECT_THAT(options_of(branch("main")), ElementsAre("--branch=main"));
  EXPECT_THAT(options_of(tag("v1")), ElementsAre("--tag=v1"));
  EXPECT_THAT(options_of(unknown), IsEmpty());
}

}  // namespace
}  // namespace modelgate
