#include "tests/bench/verdicts/row_looks.h"

#include <gtest/gtest.h>

#include "tests/bench/verdicts/eval_rows.h"

namespace modelgate {
namespace {

Settings small_settings() {
  Settings settings;
  settings.eval_runs = settings.effect_runs = 300;
  return settings;
}

TEST(RowLooks, lose_no_run_and_are_the_same_on_any_number_of_threads) {
  Settings settings = small_settings();
  const RowLooksResult result = compare_row_looks({250, 500, 1000}, 3, 0, settings);
  for (const auto* plan : {&result.sequential, &result.fixed})
    for (const auto& [effect, answers] : *plan)
      EXPECT_EQ(answers.failed.hits + answers.passed.hits + answers.inconclusive.hits, 300) << effect;
  settings.threads = 1;
  const RowLooksResult again = compare_row_looks({250, 500, 1000}, 3, 0, settings);
  EXPECT_EQ(result.fixed_rows, again.fixed_rows);
  for (const auto& [effect, answers] : result.sequential) {
    EXPECT_EQ(answers.failed, again.sequential.at(effect).failed);
    EXPECT_EQ(answers.mean_samples, again.sequential.at(effect).mean_samples);
  }
}

TEST(RowLooks, end_early_where_the_case_is_clear) {
  const RowLooksResult result = compare_row_looks({250, 500, 1000}, 4, 0, small_settings());
  EXPECT_LT(result.sequential.at(3).mean_samples, 400);
  EXPECT_GT(result.sequential.at(3).failed.hits, 290);
  EXPECT_GT(result.sequential.at(1).mean_samples, 900);
  EXPECT_EQ(result.fixed.at(3).mean_samples, static_cast<double>(result.fixed_rows));
}

TEST(EvalRows, are_drawn_on_where_the_last_look_ended) {
  RandomStream at_once(1, 2), in_two(1, 2);
  EvalTable whole, grown;
  draw_rows(at_once, 0.03, 1000, whole);
  draw_rows(in_two, 0.03, 250, grown);
  EXPECT_EQ(grown.rows(), 250);
  draw_rows(in_two, 0.03, 1000, grown);
  EXPECT_EQ(grown, whole);
  EXPECT_EQ(answers_of(whole).size(), 1000u);
}

}  // namespace
}  // namespace modelgate
