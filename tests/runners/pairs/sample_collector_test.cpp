#include "runners/pairs/sample_collector.h"

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

}  // namespace
}  // namespace modelgate
