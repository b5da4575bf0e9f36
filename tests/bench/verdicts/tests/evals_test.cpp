#include "tests/bench/verdicts/evals.h"

#include <gtest/gtest.h>

namespace modelgate {
namespace {

// By hand: 700 and 660 of 1,000, z = 0.04/√(0.68·0.32·2/1000) = 1.917; 657: z = 2.059.
TEST(Evals, know_the_unpaired_z_test) {
  EXPECT_FALSE(worse_by_unpaired_z(700, 660, 1000));
  EXPECT_TRUE(worse_by_unpaired_z(700, 657, 1000));
  EXPECT_FALSE(worse_by_unpaired_z(657, 700, 1000));
}

// 0.7 ± 0.0284 begins at 0.6716; 0.64 ± 0.02975 ends at 0.66975, 0.643 ± 0.0297 at 0.6727.
TEST(Evals, know_when_two_intervals_do_not_overlap) {
  EXPECT_TRUE(worse_by_intervals(700, 640, 1000));
  EXPECT_FALSE(worse_by_intervals(700, 643, 1000));
  EXPECT_FALSE(worse_by_intervals(640, 700, 1000));
}

TEST(Evals, give_every_rule_the_same_answers_and_lose_none) {
  Settings settings;
  settings.eval_runs = 400;
  const std::vector<EvalResult> results = run_evals(settings);
  for (const EvalResult& one : results)
    EXPECT_EQ(one.failed.hits + one.passed.hits + one.inconclusive.hits, 400) << one.rule << " " << one.drop;
  settings.threads = 1;
  const std::vector<EvalResult> again = run_evals(settings);
  for (std::size_t i = 0; i < results.size(); ++i) EXPECT_EQ(results[i].failed, again[i].failed);
}

TEST(Evals, see_a_drop_that_unpaired_rules_miss) {
  Settings settings;
  settings.eval_runs = 2000;
  for (const EvalResult& one : run_evals(settings)) {
    if (one.drop != 3) continue;
    if (one.rule == our_evals && one.margin == 0) {
      EXPECT_GT(one.failed.share(), 0.85);
    }
    if (one.rule == unpaired_z) {
      EXPECT_LT(one.failed.share(), 0.2);
    }
  }
}

}  // namespace
}  // namespace modelgate
