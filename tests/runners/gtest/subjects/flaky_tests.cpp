// Tests that fail when they are run for the first time: flaky_tests --state=DIR [--fails=TIMES] [--how=WHAT]

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

std::string state, how;
int fails = 1;

/// Counts a start of something in a file of its own.
int start_of(const std::string& what) {
  int count = 0;
  std::ifstream(state + "/" + what) >> count;
  std::ofstream(state + "/" + what) << ++count;
  return count;
}

TEST(Flaky, fails) {
  const int attempt = start_of("fails");
  EXPECT_GT(attempt, fails) << "attempt " << attempt;
}
TEST(Flaky, crashes) {
  if (start_of("crashes") <= fails) std::abort();
}
TEST(Flaky, hangs) {
  while (start_of("hangs") <= fails) ::pause();
}
TEST(Flaky, fails_and_then_skips) {
  if (start_of("fails_and_then_skips") > fails) GTEST_SKIP() << "left by the first attempt";
  FAIL() << "the first attempt";
}
TEST(Flaky, passes_alone) { EXPECT_EQ(::testing::UnitTest::GetInstance()->test_to_run_count(), 1); }
TEST(Broken, fails) { FAIL() << "attempt " << start_of("broken"); }
TEST(Broken, crashes) {
  start_of("broken_crash");
  std::abort();
}
TEST(Steady, passes) { start_of("steady"); }
TEST(Steady, skips) {
  start_of("skips");
  GTEST_SKIP();
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.starts_with("--state=")) state = word.substr(8);
    if (word.starts_with("--how=")) how = word.substr(6);
    if (word.starts_with("--fails=")) fails = std::stoi(word.substr(8));
  }
  if (how == "prints-a-false-list") std::puts("Loaded.\n  weights");
  ::testing::InitGoogleTest(&argc, argv);
  auto& listeners = ::testing::UnitTest::GetInstance()->listeners();
  if (how == "prints-nothing") delete listeners.Release(listeners.default_result_printer());
  const int start = GTEST_FLAG_GET(list_tests) ? 0 : start_of("program");
  if (how == "second-start-crashes" && start == 2) std::abort();
  while (how == "second-start-hangs" && start == 2) ::pause();
  if (how == "second-start-runs-nothing" && start == 2) GTEST_FLAG_SET(filter, "Nothing");
  const int code = RUN_ALL_TESTS();
  return how == "second-start-returns-three" && start == 2 ? 3 : code;
}
