#include "tests/bench/verdicts/targets.h"

#include <gtest/gtest.h>

#include "tests/bench/verdicts/evals.h"
#include "tests/bench/verdicts/wording.h"

namespace modelgate {
namespace {

Results good_results() {
  Results results;
  results.models = {{"normal", ""}};
  for (const std::size_t checks : suite_sizes)
    results.unchanged.push_back({"normal", checks, {10}, {10, 100'000}, {3000, 100'000}, 10, 10});
  results.wrong_passes = {{"normal", 1, {10}, 1, {{4100, 100'000}, {4200, 100'000}, {91'700, 100'000}, 10}}};
  results.effects = {{"normal", 1, {10}, 2, {{19'900, 20'000}, {0, 20'000}, {100, 20'000}, 10}}};
  results.evals = {{our_evals, 0, 3, {91'000, 100'000}, {0, 100'000}, {9000, 100'000}}};
  const ThreeAnswers quick{{0, 100}, {100, 100}, {0, 100}, 11};
  results.sequential = {{"normal", 1, {10, 20, 40}, 30, {{0, quick}, {3, quick}}, {}}};
  const ThreeAnswers few_rows{{0, 100}, {100, 100}, {0, 100}, 1900},
      edge{{4000, 100'000}, {4000, 100'000}, {92'000, 100'000}, 3900};
  results.row_looks = {{{500, 4000}, 2, 4000, {{0, few_rows}, {1, edge}, {3, few_rows}}, {}}};
  return results;
}

std::size_t unmet(const Results& results) {
  std::size_t count = 0;
  for (const Target& target : targets_of(results)) count += !target.met;
  return count;
}

TEST(Targets, are_met_by_good_results) { EXPECT_EQ(unmet(good_results()), 0u); }

TEST(Targets, are_each_missed_by_what_breaks_it) {
  Results results = good_results();
  results.unchanged[3].blocked.hits = 5100;
  EXPECT_EQ(unmet(results), 1u);
  results = good_results();
  results.unchanged[0].inconclusive.hits = 10'100;
  EXPECT_EQ(unmet(results), 1u);
  results = good_results();
  results.wrong_passes[0].answers.passed.hits = 5000;
  EXPECT_EQ(unmet(results), 1u) << "the bound counts, not the share";
  results = good_results();
  results.wrong_passes[0].answers.failed.hits = 5000;
  EXPECT_EQ(unmet(results), 1u);
  results = good_results();
  results.effects[0].answers.failed.hits = 19'000;
  EXPECT_EQ(unmet(results), 1u) << "the bound counts, not the share";
  results = good_results();
  results.evals[0].failed.hits = 85'000;
  EXPECT_EQ(unmet(results), 1u);
  results = good_results();
  results.sequential[0].sequential.at(3).mean_samples = 15.1;
  EXPECT_EQ(unmet(results), 1u);
  results = good_results();
  results.row_looks[0].sequential.at(0).mean_samples = 2001;
  EXPECT_EQ(unmet(results), 1u);
  for (Rate ThreeAnswers::*rate : {&ThreeAnswers::passed, &ThreeAnswers::failed}) {
    results = good_results();
    (results.row_looks[0].sequential.at(1).*rate).hits = 5000;
    EXPECT_EQ(unmet(results), 1u) << "the bound counts, not the share";
  }
}

TEST(Targets, are_not_met_by_what_was_not_measured) {
  Results results = good_results();
  results.unchanged.clear();
  EXPECT_EQ(unmet(results), 2 * suite_sizes.size());
}

TEST(Targets, name_the_worst_noise_model) {
  Results results = good_results();
  results.unchanged.push_back({"periodic", 500, {10}, {20, 100'000}, {0, 100'000}, 10, 10});
  bool named = false;
  for (const Target& target : targets_of(results))
    named = named || target.measured.find("(20 of 100,000; periodic)") != std::string::npos;
  EXPECT_TRUE(named);
}

TEST(Wording, gives_shares_the_digits_that_say_something) {
  EXPECT_EQ(share_text(0), "0 %");
  EXPECT_EQ(share_text(0.00003), "0.003 %");
  EXPECT_EQ(share_text(0.042), "4.20 %");
  EXPECT_EQ(share_text(0.915), "91.5 %");
  EXPECT_EQ(share_text(0.9999), "99.99 %");
  EXPECT_EQ(grouped(100'000), "100,000");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(looks_text({10, 20, 40}), "looks at 10, 20 and 40 pairs");
}

}  // namespace
}  // namespace modelgate
