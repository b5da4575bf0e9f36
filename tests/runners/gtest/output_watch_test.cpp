#include "runners/gtest/output_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runners/gtest/batch_result.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

ListedTest listed(const std::string& suite, const std::string& test) {
  ListedTest one;
  one.name = suite + "." + test;
  one.suite = suite;
  one.file = "t.cpp";
  one.line = 1;
  return one;
}

/// The output of a program, line by line, and what is concluded from it.
class OutputWatchTest : public ::testing::Test {
 protected:
  OutputWatchTest()
      : list_({listed("A", "one"), listed("A", "two"), listed("B", "one"), listed("B", "two")}) {}

  void bar(const std::string& rest) { line("\033[0;32m[==========] \033[m" + rest); }
  void rule(const std::string& rest) { line("\033[0;32m[----------] \033[m" + rest); }
  void run(const std::string& name) { line("\033[0;32m[ RUN      ] \033[m" + name); }
  void ok(const std::string& name) { line("\033[0;32m[       OK ] \033[m" + name + " (2 ms)"); }
  void failed(const std::string& name) { line("\033[0;31m[  FAILED  ] \033[m" + name + " (2 ms)"); }
  void line(const std::string& text) { watch_.line(text); }
  void begin() {
    bar("Running 4 tests from 2 test suites.");
    rule("Global test environment set-up.");
  }
  void suite_a_passes() {
    rule("2 tests from A");
    for (const char* name : {"A.one", "A.two"}) run(name), ok(name);
    rule("2 tests from A (4 ms total)");
  }

  BatchResult killed() {
    BatchEnd end;
    end.outcome.ending = Ending::signalled;
    end.outcome.signal = 11;
    return conclude_batch(list_, watch_, end);
  }
  BatchResult exited(int code, bool returned = true) {
    BatchEnd end;
    end.outcome.ending = Ending::exited;
    end.outcome.exit_code = code;
    end.returned = returned;
    return conclude_batch(list_, watch_, end);
  }
  static std::vector<std::pair<std::size_t, CaseStatus>> statuses(const BatchResult& result) {
    std::vector<std::pair<std::size_t, CaseStatus>> all;
    for (const auto& [test, one] : result.cases) all.emplace_back(test, one.status);
    return all;
  }

  TestList list_;
  OutputWatch watch_{list_, {0, 1, 2, 3}};
};

TEST_F(OutputWatchTest, tells_every_outcome_of_a_program_that_ends_well) {
  begin();
  suite_a_passes();
  rule("2 tests from B");
  run("B.one");
  line("t.cpp:7: Failure");
  line("Expected this");
  failed("B.one");
  run("B.two");
  line("t.cpp:9: Skipped");
  line("\033[0;32m[  SKIPPED ] \033[mB.two (0 ms)");
  rule("2 tests from B (2 ms total)");
  rule("Global test environment tear-down");
  bar("4 tests from 2 test suites ran. (6 ms total)");
  const BatchResult result = exited(1);
  EXPECT_THAT(statuses(result), ElementsAre(Pair(0, CaseStatus::passed), Pair(1, CaseStatus::passed),
                                            Pair(2, CaseStatus::failed), Pair(3, CaseStatus::skipped)));
  EXPECT_EQ(result.cases[2].second.message, "t.cpp:7: Failure\nExpected this");
  EXPECT_EQ(result.cases[2].second.line, 7);
  EXPECT_DOUBLE_EQ(result.cases[0].second.seconds, 0.002);
  EXPECT_THAT(result.problems, IsEmpty());
}

TEST_F(OutputWatchTest, blames_the_test_that_ran_when_the_process_died) {
  begin();
  rule("2 tests from A");
  run("A.one");
  ok("A.one");
  run("A.two");
  line("so far so good");
  const BatchResult result = killed();
  EXPECT_THAT(statuses(result), ElementsAre(Pair(0, CaseStatus::passed), Pair(1, CaseStatus::crashed)));
  EXPECT_EQ(result.cases[1].second.message, "the process was killed by SIGSEGV.\nso far so good");
  EXPECT_THAT(result.again, ElementsAre(2, 3));
}

TEST_F(OutputWatchTest, blames_the_test_before_when_it_died_between_two) {
  begin();
  rule("2 tests from A");
  run("A.one");
  ok("A.one");
  const BatchResult result = killed();
  EXPECT_THAT(statuses(result), ElementsAre(Pair(0, CaseStatus::crashed)));
  EXPECT_THAT(result.again, ElementsAre(1, 2, 3));
}

TEST_F(OutputWatchTest, blames_a_whole_suite_whose_set_up_died) {
  begin();
  suite_a_passes();
  rule("2 tests from B");
  const BatchResult result = killed();
  EXPECT_THAT(statuses(result), ElementsAre(Pair(0, CaseStatus::passed), Pair(1, CaseStatus::passed),
                                            Pair(2, CaseStatus::crashed), Pair(3, CaseStatus::crashed)));
  EXPECT_THAT(result.again, IsEmpty());
}

TEST_F(OutputWatchTest, blames_nobody_for_a_death_before_the_first_or_after_the_last_test) {
  EXPECT_THAT(killed().cases, IsEmpty());
  EXPECT_THAT(killed().again, IsEmpty());
  ASSERT_EQ(killed().problems.size(), 1u);
  EXPECT_EQ(killed().problems[0].code, "crashed");
  begin();
  suite_a_passes();
  rule("2 tests from B");
  for (const char* name : {"B.one", "B.two"}) run(name), ok(name);
  rule("2 tests from B (4 ms total)");
  rule("Global test environment tear-down");
  const BatchResult result = killed();
  EXPECT_THAT(statuses(result), ElementsAre(Pair(0, CaseStatus::passed), Pair(1, CaseStatus::passed),
                                            Pair(2, CaseStatus::passed), Pair(3, CaseStatus::passed)));
  ASSERT_EQ(result.problems.size(), 1u);
  EXPECT_THAT(result.problems[0].sentence, HasSubstr("after its last test"));
}

TEST_F(OutputWatchTest, an_exit_in_a_test_is_not_its_pass) {
  begin();
  rule("2 tests from A");
  run("A.one");
  const BatchResult result = exited(0, false);
  EXPECT_THAT(statuses(result), ElementsAre(Pair(0, CaseStatus::crashed)));
  EXPECT_THAT(result.cases[0].second.message, HasSubstr("exit(0)"));
  EXPECT_THAT(result.again, ElementsAre(1, 2, 3));
}

TEST_F(OutputWatchTest, what_ends_well_and_says_nothing_of_a_test_leaves_it_open) {
  begin();
  suite_a_passes();
  bar("4 tests from 2 test suites ran. (6 ms total)");
  const BatchResult result = exited(0);
  EXPECT_THAT(result.unseen, ElementsAre(2, 3));
  EXPECT_THAT(result.again, IsEmpty());
}

TEST_F(OutputWatchTest, an_exit_code_that_no_test_explains_is_a_problem) {
  begin();
  suite_a_passes();
  rule("2 tests from B");
  for (const char* name : {"B.one", "B.two"}) run(name), ok(name);
  bar("4 tests from 2 test suites ran. (6 ms total)");
  EXPECT_THAT(exited(0).problems, IsEmpty());
  ASSERT_EQ(exited(23).problems.size(), 1u);
  EXPECT_THAT(exited(23).problems[0].sentence,
              HasSubstr("exited with code 23 although none of its tests failed"));
}

TEST_F(OutputWatchTest, the_worst_outcome_of_a_name_counts) {
  begin();
  run("A.one");
  failed("A.one");
  run("A.one");
  ok("A.one");
  EXPECT_THAT(statuses(exited(1)), ElementsAre(Pair(0, CaseStatus::failed)));
}

TEST_F(OutputWatchTest, lines_about_tests_that_did_not_start_or_are_not_ours_change_nothing) {
  begin();
  rule("2 tests from A");
  run("A.one");
  ok("B.two");
  ok("Z.none");
  run("Z.none");
  const BatchResult result = killed();
  EXPECT_THAT(statuses(result), ElementsAre(Pair(0, CaseStatus::crashed)));
}

TEST_F(OutputWatchTest, hostile_lines_are_survived) {
  begin();
  for (const std::string& text :
       {std::string(1 << 20, '\033'), std::string("\0\0\0", 3), std::string(1000, '\xff'),
        std::string("\033[0;32m[----------] \033[m from "), std::string("\033[0;32m[----------] \033[m"),
        std::string("\033[0;32m[==========] \033[mRunning 99999999999999999999999 tests"),
        std::string("\033[0;31m[  FAILED  ] \033[m: SetUpTestSuite or TearDownTestSuite"),
        std::string("\033[0;32m[       OK ] \033[m (0 ms)")})
    line(text);
  run("A.one");
  EXPECT_THAT(statuses(killed()), ElementsAre(Pair(0, CaseStatus::crashed)));
}

TEST_F(OutputWatchTest, a_flood_is_kept_in_bounded_memory_with_its_assertion) {
  begin();
  run("A.one");
  for (int i = 0; i < 100000; ++i) line("a line that nobody will read");
  line("t.cpp:7: Failure");
  for (int i = 0; i < 100000; ++i) line("another line");
  failed("A.one");
  const BatchResult result = exited(1);
  EXPECT_LT(result.cases[0].second.message.size(), 32u * 1024);
  EXPECT_THAT(result.cases[0].second.message, HasSubstr("t.cpp:7: Failure"));
  EXPECT_THAT(result.cases[0].second.message, HasSubstr("bytes left out"));
  EXPECT_EQ(result.cut, 1u);
}

TEST_F(OutputWatchTest, after_a_freeze_nothing_is_believed) {
  begin();
  run("A.one");
  watch_.freeze();
  ok("A.one");
  EXPECT_THAT(statuses(killed()), ElementsAre(Pair(0, CaseStatus::crashed)));
}

TEST(Excerpt, keeps_the_beginning_and_the_end) {
  Excerpt excerpt(4, 4);
  EXPECT_EQ(excerpt.text(), "");
  excerpt.add("abcd");
  excerpt.add("efgh");
  EXPECT_EQ(excerpt.text(), "abcdefgh");
  EXPECT_FALSE(excerpt.was_cut());
  excerpt.add("ijklmnop");
  EXPECT_EQ(excerpt.text(), "abcd\n[… 8 bytes left out …]\nmnop");
  EXPECT_TRUE(excerpt.was_cut());
  excerpt.clear();
  EXPECT_TRUE(excerpt.empty());
}

}  // namespace
}  // namespace modelgate
