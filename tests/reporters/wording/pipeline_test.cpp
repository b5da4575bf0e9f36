#include "reporters/wording/pipeline.h"

#include <gmock/gmock.h>

#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

PipelineRecord record_of(const std::string& platform, const std::string& event, const std::string& branch) {
  PipelineRecord record;
  record.platform = platform;
  record.event = event;
  record.branch = branch;
  return record;
}

std::string told(const PipelineRecord& record) {
  Verdict verdict = verdict_of({});
  verdict.pipeline = record;
  return pipeline_text(verdict);
}

TEST(PipelineText, says_where_and_for_which_change_a_verdict_was_made) {
  PipelineRecord record;
  record.platform = "GitLab CI";
  record.event = "merge request";
  record.request = "12";
  record.branch = "feature/x";
  record.target = "main";
  EXPECT_EQ(told(record), "merge request 12, feature/x into main, GitLab CI");
  record.fork = record.merged_result = true;
  record.target_commit = "8d3c1f0a7be24655c9e0d4f2b1a6837e5d90c214";
  record.merge_base = "0123456789abcdef0123456789abcdef01234567";
  EXPECT_EQ(
      told(record),
      "merge request 12, feature/x into main (from a fork; source and target merged), GitLab CI; target at "
      "8d3c1f0a, merge base 01234567");
}

TEST(PipelineText, tells_branches_tags_and_queues_apart) {
  EXPECT_EQ(told(record_of("GitHub Actions", "branch", "main")), "branch main, GitHub Actions");
  EXPECT_EQ(told(record_of("Jenkins", "schedule", "main")), "schedule, branch main, Jenkins");
  PipelineRecord tag = record_of("GitHub Actions", "tag", ""),
                 queue = record_of("GitHub Actions", "merge queue", "");
  tag.tag = "v1.1.0";
  queue.target = "main";
  EXPECT_EQ(told(tag), "tag v1.1.0, GitHub Actions");
  EXPECT_EQ(told(queue), "merge queue, into main, GitHub Actions");
}

TEST(PipelineText, says_that_no_branch_is_checked_out) {
  PipelineRecord record;
  record.detached = true;
  EXPECT_EQ(told(record), "on no branch (detached HEAD), outside of CI");
  record.platform = "Jenkins";
  EXPECT_EQ(told(record), "on no branch (detached HEAD), Jenkins");
}

TEST(PipelineText, of_a_developers_machine_says_so) {
  PipelineRecord record = record_of("", "", "feature/x");
  EXPECT_EQ(told(record), "branch feature/x, outside of CI");
  record.merge_base = "0123456789";
  EXPECT_EQ(told(record), "branch feature/x, outside of CI; merge base 01234567");
  EXPECT_EQ(pipeline_text(verdict_of({})), "");
}

}  // namespace
}  // namespace modelgate
