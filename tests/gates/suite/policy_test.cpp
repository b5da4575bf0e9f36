#include "gates/suite/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/documents/status_code.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

Plan plan(std::optional<InconclusiveAction> said = std::nullopt) {
  Plan plan;
  plan.inconclusive = said;
  plan.release_branches = {"release/*", "release-*", "releases/*"};
  return plan;
}

/// "warn: because"
std::string decided(const Plan& plan, const PolicyFacts& facts) {
  const InconclusivePolicy policy = policy_of(plan, facts);
  return name_of(policy.action) + ": " + policy.because;
}

TEST(PolicyTest, blocks_on_release_branches_and_warns_elsewhere) {
  for (const char* branch : {"release/1", "release/2024/q1", "release-1.0", "releases/x"})
    EXPECT_THAT(decided(plan(), {"", branch, ""}),
                HasSubstr("block: branch " + std::string(branch) + " is a release"));
  for (const char* branch :
       {"main", "feature/release/1", "Release/1", "release", "hotfix/release-1", "releasex/1"})
    EXPECT_EQ(decided(plan(), {"", branch, ""}),
              "warn: branch " + std::string(branch) + " is no release branch");
}

TEST(PolicyTest, blocks_for_tags_and_where_the_branch_is_not_known) {
  EXPECT_EQ(decided(plan(), {"", "", "v1"}), "block: tag v1 is a release");
  EXPECT_EQ(decided(plan(), {"", "main", "v1"}), "block: tag v1 is a release");
  EXPECT_EQ(decided(plan(), {}), "block: it is not known for which branch the change is");
}

TEST(PolicyTest, is_what_was_asked_for_before_what_the_plan_says_before_the_branch) {
  for (const auto said : {InconclusiveAction::block, InconclusiveAction::warn})
    for (const char* branch : {"", "main", "release/1"}) {
      EXPECT_EQ(decided(plan(said), {"", branch, ""}), name_of(said) + ": the plan says so");
      EXPECT_EQ(decided(plan(said), {"warn", branch, "v1"}), "warn: --inconclusive warn was given");
      EXPECT_EQ(decided(plan(said), {"block", branch, ""}), "block: --inconclusive block was given");
    }
  EXPECT_EQ(policy_of(plan(), {"nonsense", "main", ""}).action, InconclusiveAction::block);
}

TEST(PolicyTest, knows_the_plans_own_release_branches) {
  Plan own = plan();
  own.release_branches = {"main", "v[0-9]*"};
  EXPECT_EQ(decided(own, {"", "main", ""}), "block: branch main is a release branch (main)");
  EXPECT_EQ(decided(own, {"", "v2/x", ""}), "block: branch v2/x is a release branch (v[0-9]*)");
  EXPECT_EQ(policy_of(own, {"", "release/1", ""}).action, InconclusiveAction::warn);
}

Verdict verdict_of(const std::vector<Status>& statuses) {
  Verdict verdict;
  for (const Status status : statuses) {
    verdict.checks.emplace_back();
    verdict.checks.back().status = status;
  }
  verdict.status = worst(verdict.checks);
  verdict.sentence = "said";
  return verdict;
}

TEST(PolicyTest, is_recorded_in_every_verdict_and_said_where_it_counts) {
  using enum Status;
  const auto sentence = [](const std::vector<Status>& statuses, InconclusiveAction action) {
    Verdict verdict = verdict_of(statuses);
    const Status before = verdict.status;
    apply_policy(verdict, {action, "so it is"});
    EXPECT_EQ(verdict.status, before);
    EXPECT_EQ(verdict.inconclusive->because, "so it is");
    return verdict.sentence;
  };
  using enum InconclusiveAction;
  EXPECT_EQ(sentence({pass, inconclusive}, warn), "said; this does not block: so it is");
  EXPECT_EQ(sentence({pass, inconclusive}, block), "said; this blocks: so it is");
  EXPECT_EQ(sentence({inconclusive, not_compared}, warn), "said; this blocks: no check passes");
  for (const auto& statuses :
       std::vector<std::vector<Status>>{{pass}, {fail, inconclusive}, {error, inconclusive}})
    for (const InconclusiveAction action : {block, warn}) EXPECT_EQ(sentence(statuses, action), "said");
}

}  // namespace
}  // namespace modelgate
