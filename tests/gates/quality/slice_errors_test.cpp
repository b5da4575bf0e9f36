// How often a verdict over many slices errs. Measured with MODELGATE_REPETITIONS=2000: of 20 slices at
// exactly the margin 3.25 % of the verdicts block, and 63.2 % would if each check stood by itself; where one
// of 20 loses exactly the margin and the others nothing, 4.95 % pass.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "gates/decision/decision.h"
#include "gates/statistics/proportion_interval.h"
#include "gates/statistics/random.h"
#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

constexpr int slices = 20;

/// Rows of each slice; how often the candidate loses one, and how often it gains one.
struct Truth {
  int rows = 100;
  double lost = 0, gained = 0;
};

Verdict verdict_of(std::uint64_t seed, const std::vector<Truth>& truths, const std::string& check) {
  RandomStream random(seed, 0);
  std::string before, now;
  int id = 0;
  for (std::size_t s = 0; s < truths.size(); ++s)
    for (int i = 0; i < truths[s].rows; ++i, ++id) {
      const double luck = random.unit();
      const bool is_lost = luck<truths[s].lost, is_gained = luck> 1 - truths[s].gained;
      const std::string label = id % 2 ? "x" : "y", other = id % 2 ? "y" : "x";
      const std::string begin = "{\"id\": " + std::to_string(id) + ", \"label\": \"" + label +
                                "\", \"part\": " + std::to_string(s) + ", \"prediction\": \"";
      before += begin + (is_gained ? other : label) + "\"}\n";
      now += begin + (is_lost ? other : label) + "\"}\n";
    }
  const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  const auto folder = std::filesystem::path(::testing::TempDir()) / "quality slice errors" / test;
  write_file(folder / "old.jsonl", before);
  write_file(folder / "new.jsonl", now);
  const QualityDemands demands = demanding({check});
  const RowRequest request = request_of(demands);
  const AnswerFile baseline = read_answer_file(folder / "old.jsonl", request, 1),
                   candidate = read_answer_file(folder / "new.jsonl", request, 1);
  Verdict verdict;
  judge_quality(&baseline, candidate, demands, verdict);
  conclude(verdict);
  return verdict;
}

/// 200, unless more are asked for.
int repetitions() {
  const char* asked = std::getenv("MODELGATE_REPETITIONS");
  return asked != nullptr ? std::atoi(asked) : 200;
}

TEST(SliceErrorsTest, many_slices_at_the_margin_block_no_more_often_than_one_check_may) {
  int blocked = 0, blocked_alone = 0;
  for (int i = 1; i <= repetitions(); ++i) {
    const Verdict verdict =
        verdict_of(static_cast<std::uint64_t>(i), std::vector<Truth>(slices, {100, 0.05, 0.05}),
                   "accuracy margin=0pp by=part");
    ASSERT_EQ(verdict.checks.size(), static_cast<std::size_t>(slices));
    blocked += verdict.status == Status::fail;
    blocked_alone += std::any_of(verdict.checks.begin(), verdict.checks.end(),
                                 [](const Check& check) { return check.p_regression.value_or(1) <= 0.05; });
  }
  RecordProperty("blocked", blocked);
  RecordProperty("blocked_without_correction", blocked_alone);
  EXPECT_LE(clopper_pearson(blocked, repetitions(), 0.05).lower, 0.05) << blocked;
  EXPECT_GT(clopper_pearson(blocked_alone, repetitions(), 0.05).lower, 0.3)
      << "so that there is something to correct: " << blocked_alone;
}

TEST(SliceErrorsTest, one_slice_that_loses_the_margin_is_hidden_by_no_number_of_others) {
  std::vector<Truth> truths(slices, {100, 0, 0});
  truths[7] = {400, 0.10, 0.05};
  int passed = 0, others_passed = 0;
  for (int i = 1; i <= repetitions(); ++i) {
    const Verdict verdict = verdict_of(static_cast<std::uint64_t>(i), truths, "accuracy margin=5pp by=part");
    passed += verdict.status == Status::pass;
    others_passed += std::count_if(verdict.checks.begin(), verdict.checks.end(), [](const Check& check) {
                       return check.status == Status::pass;
                     }) >= slices - 1;
  }
  RecordProperty("passed", passed);
  EXPECT_LE(clopper_pearson(passed, repetitions(), 0.05).lower, 0.05) << passed;
  EXPECT_EQ(others_passed, repetitions()) << "it is the one slice alone that keeps the verdict from passing";
}

TEST(SliceErrorsTest, a_slice_that_loses_far_more_than_the_margin_is_found_among_many) {
  std::vector<Truth> truths(slices, {200, 0.05, 0.05});
  truths[7] = {200, 0.25, 0.05};
  int blocked = 0;
  for (int i = 1; i <= repetitions(); ++i) {
    const Verdict verdict = verdict_of(static_cast<std::uint64_t>(i), truths, "accuracy margin=5pp by=part");
    blocked += verdict.status == Status::fail && verdict.checks.front().slice.at("part") == "7" &&
               verdict.checks.front().status == Status::fail;
  }
  RecordProperty("found", blocked);
  EXPECT_GT(clopper_pearson(blocked, repetitions(), 0.05).lower, 0.8) << blocked;
}

}  // namespace
}  // namespace modelgate
