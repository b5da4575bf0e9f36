#include "runners/bench/sample_collector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Measurements results_of(const std::vector<std::pair<std::string, std::vector<double>>>& benchmarks) {
  Measurements results;
  for (const auto& [name, values] : benchmarks)
    results.series.push_back(SampleSeries{name, "real_time", "s", Better::lower, false, {{0, 0, values}}});
  return results;
}

TEST(SampleCollector, keeps_the_values_of_each_process_apart) {
  SampleCollector collector(true);
  collector.add(results_of({{"a", {1, 2}}, {"b", {3}}}), 0, 1);
  collector.add(results_of({{"a", {4, 5}}, {"b", {6}}}), 1, 2);
  Measurements document;
  collector.tell(document);
  ASSERT_EQ(document.series.size(), 2u);
  const auto& a = std::get<SampleSeries>(document.series[0]);
  EXPECT_EQ(a.name, "a");
  EXPECT_TRUE(a.interleaved);
  EXPECT_THAT(a.processes, ElementsAre(ProcessSamples{0, 1, {1, 2}}, ProcessSamples{1, 2, {4, 5}}));
  EXPECT_THAT(document.problems, IsEmpty());
}

TEST(SampleCollector, a_benchmark_that_some_processes_lack_is_a_problem) {
  SampleCollector collector(true);
  collector.add(results_of({{"a", {1}}}), 0, 0);
  collector.add(results_of({{"a", {1}}, {"b", {1}}}), 1, 1);
  Measurements document;
  collector.tell(document);
  ASSERT_EQ(document.problems.size(), 1u);
  EXPECT_THAT(document.problems[0].sentence, HasSubstr("b: real_time was reported by 1 of 2 processes"));
}

TEST(SampleCollector, an_error_of_a_benchmark_is_told_once_with_its_pairs) {
  SampleCollector collector(true);
  Measurements results = results_of({{"a", {1}}});
  results.problems = {{"benchmark_error", "b: no weights"}, {"benchmark_error", "b: no weights"}};
  for (int pair = 0; pair < 7; ++pair) collector.add(results, pair, pair);
  Measurements document;
  collector.tell(document);
  ASSERT_EQ(document.problems.size(), 1u);
  EXPECT_EQ(document.problems[0].sentence, "b: no weights (pairs 1, 2, 3, 4, 5, … of 7)");
}

TEST(Turns, run_both_subjects_of_a_pair_next_to_each_other) {
  for (std::uint64_t seed = 1; seed < 50; ++seed) {
    const std::vector<Turn> order = turns(9, 2, seed);
    ASSERT_EQ(order.size(), 18u);
    for (std::size_t i = 0; i < order.size(); i += 2) {
      EXPECT_NE(order[i].subject, order[i + 1].subject);
      for (std::size_t k = 0; k < 2; ++k) EXPECT_EQ(order[i + k].pair, static_cast<std::int64_t>(i / 2));
    }
  }
}

TEST(Turns, toss_a_coin_for_every_pair_that_no_other_pair_foretells) {
  constexpr int seeds = 4000, pairs = 6;
  for (std::size_t a = 0; a < pairs; ++a) {
    int first = 0;
    std::vector<int> like(pairs);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      const std::vector<Turn> order = turns(pairs, 2, seed);
      first += order[2 * a].subject == 0;
      for (std::size_t b = 0; b < pairs; ++b) like[b] += order[2 * a].subject == order[2 * b].subject;
    }
    // Five standard deviations of a fair coin.
    EXPECT_NEAR(first, seeds / 2, 158) << "pair " << a;
    for (std::size_t b = 0; b < pairs; ++b) {
      if (b == a) continue;
      EXPECT_NEAR(like[b], seeds / 2, 158) << "pairs " << a << " and " << b;
    }
  }
}

TEST(Turns, repeat_with_the_seed) {
  EXPECT_EQ(turns(9, 2, 7), turns(9, 2, 7));
  EXPECT_EQ(turns(9, 2, 7).size(), 18u);
  EXPECT_EQ(turns(3, 1, 7), (std::vector<Turn>{{0, 0}, {0, 1}, {0, 2}}));
}

}  // namespace
}  // namespace modelgate
