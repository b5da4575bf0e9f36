#include "runners/gtest/batches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace modelgate {
namespace {

using ::testing::ElementsAre;

ListedTest listed(const std::string& suite, const std::string& test) {
  ListedTest one;
  one.name = suite + "." + test;
  one.suite = suite;
  return one;
}

TestList list_of(const std::vector<std::pair<std::string, int>>& suites, std::size_t name_length = 4) {
  std::vector<ListedTest> tests;
  for (const auto& [suite, count] : suites)
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(i);
      tests.push_back(
          listed(suite, std::string(name_length - std::min(name_length, number.size()), 't') + number));
    }
  return TestList(std::move(tests));
}

Batches::Tests all_of(const TestList& list) {
  Batches::Tests all(list.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

std::vector<std::size_t> sizes(const std::vector<Batches::Tests>& batches) {
  std::vector<std::size_t> all;
  for (const auto& batch : batches) all.push_back(batch.size());
  return all;
}

/// Every test once, in order.
Batches::Tests joined(const std::vector<Batches::Tests>& batches) {
  Batches::Tests all;
  for (const auto& batch : batches) all.insert(all.end(), batch.begin(), batch.end());
  return all;
}

TEST(Batches, keep_suites_whole_where_they_fit) {
  const TestList list = list_of({{"A", 3}, {"B", 2}, {"C", 3}});
  const Batches batches(list, all_of(list), true);
  const auto divided = batches.divide(all_of(list), 2);
  EXPECT_THAT(sizes(divided), ElementsAre(5, 3));
  EXPECT_EQ(batches.filter_of(divided[0]), "A.*:B.*");
  EXPECT_EQ(joined(divided), all_of(list));
}

TEST(Batches, split_a_suite_that_is_larger_than_its_share) {
  const TestList list = list_of({{"A", 6}});
  const Batches batches(list, all_of(list), true);
  const auto divided = batches.divide(all_of(list), 3);
  EXPECT_THAT(sizes(divided), ElementsAre(2, 2, 2));
  EXPECT_EQ(batches.filter_of(divided[1]), "A.ttt2:A.ttt3");
}

TEST(Batches, keep_a_suite_of_thousands_whole_because_its_names_would_cost_more) {
  const TestList list = list_of({{"A", 10000}}, 30);
  const Batches batches(list, all_of(list), true);
  EXPECT_THAT(sizes(batches.divide(all_of(list), 4)), ElementsAre(10000));
}

TEST(Batches, divide_names_that_are_too_long_for_one_command_line) {
  const TestList list = list_of({{"A", 100}}, 5000);
  const Batches batches(list, all_of(list), false);
  const auto divided = batches.divide(all_of(list), 1);
  EXPECT_GT(divided.size(), 4u);
  for (const auto& batch : divided) EXPECT_LE(batches.filter_of(batch).size(), longest_filter);
  EXPECT_EQ(joined(divided), all_of(list));
}

TEST(Batches, are_fewer_than_the_processes_for_few_tests_and_none_for_none) {
  const TestList list = list_of({{"A", 1}, {"B", 1}});
  const Batches batches(list, all_of(list), true);
  EXPECT_THAT(sizes(batches.divide(all_of(list), 64)), ElementsAre(1, 1));
  EXPECT_TRUE(batches.divide({}, 4).empty());
}

TEST(Batches, name_every_test_where_the_list_is_not_complete_or_a_suite_not_whole) {
  const TestList list = list_of({{"A", 2}, {"B", 2}});
  EXPECT_EQ(Batches(list, all_of(list), false).filter_of({0, 1}), "A.ttt0:A.ttt1");
  EXPECT_EQ(Batches(list, all_of(list), true).filter_of({1, 2, 3}), "A.ttt1:B.*");
}

TEST(Batches, write_what_googletest_would_read_as_a_pattern_with_question_marks) {
  const TestList list({listed("A-B", "x:*?")});
  EXPECT_EQ(Batches(list, {0}, false).filter_of({0}), "A?B.x???");
  EXPECT_EQ(Batches(list, {0}, true).filter_of({0}), "A?B.*");
}

TEST(TestList, counts_tests_of_one_name) {
  const TestList list({listed("A", "x"), listed("A", "y"), listed("A", "x")});
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].registered, 2);
  EXPECT_EQ(list.find("A.y"), 1u);
  EXPECT_EQ(list.find("A.z"), TestList::none);
}

}  // namespace
}  // namespace modelgate
