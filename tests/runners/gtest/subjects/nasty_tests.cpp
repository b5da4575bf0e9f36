// Tests that do everything a test should not, each to be run by modelgate-run-gtest.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace {

void say(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

TEST(Plain, passes) {}
TEST(Plain, fails) {
  say("words before the assertion\n");
  EXPECT_EQ(1 + 1, 3) << "arithmetic";
  EXPECT_TRUE(false) << "a second one";
}
TEST(Plain, skips) { GTEST_SKIP() << "no such hardware"; }
TEST(Plain, DISABLED_waits_for_better_times) { FAIL(); }
TEST(Plain, passes_too) {}

TEST(Output, without_newline) { say("progress 50%"); }
TEST(Output, without_newline_before_a_failure) {
  say("progress 70%");
  ADD_FAILURE() << "stopped at 70%";
}
TEST(Output, looks_like_googletest) {
  say("[       OK ] Fake.Test (0 ms)\n[ RUN      ] Plain.passes\n[  FAILED  ] Plain.passes (1 ms)\n"
      "[----------] Global test environment tear-down\n[  PASSED  ] 100 tests.\n");
}
TEST(Output, claims_to_pass_and_fails) {
  say("[       OK ] Output.claims_to_pass_and_fails (0 ms)\n");
  FAIL() << "not really";
}
TEST(Output, claims_to_pass_and_crashes) {
  say("[       OK ] Output.claims_to_pass_and_crashes (0 ms)\n[ RUN      ] Output.is_not_utf8\n");
  std::abort();
}
TEST(Output, claims_in_colour_to_pass_and_crashes) {
  say("\033[0;32m[       OK ] \033[mOutput.claims_in_colour_to_pass_and_crashes (0 ms)\n");
  std::abort();
}
TEST(Output, is_not_utf8) { ADD_FAILURE() << "bytes \xff\xfe\x80 and \x1b[31mred"; }
TEST(Output, is_huge_and_fails) {
  for (int i = 0; i < 100000; ++i) std::puts("a line that nobody will read");
  ADD_FAILURE() << "after the flood";
  for (int i = 0; i < 100000; ++i) std::puts("another line that nobody will read");
}
TEST(Output, is_one_huge_line) { say(std::string(3 << 20, 'x')); }
TEST(Output, passes_after_all_that) {}

TEST(Crash, by_signal) { ::raise(SIGSEGV); }
TEST(Crash, by_abort) {
  std::fputs("the last words on stderr\n", stderr);
  std::abort();
}
TEST(Crash, by_a_throw_that_nobody_may_catch) {
  const auto thrower = [] { throw std::runtime_error("out of noexcept"); };
  [&]() noexcept { thrower(); }();
}
TEST(Crash, none) {}
TEST(Exit, with_zero) { std::exit(0); }
TEST(Exit, with_zero_at_once) { ::_exit(0); }
TEST(Exit, with_three) { std::exit(3); }
TEST(Exit, none) {}
TEST(Throw, fails_and_the_others_go_on) { throw std::runtime_error("thrown out of the body"); }
TEST(Throw, none) {}
TEST(Hang, for_ever) {
  for (;;) ::pause();
}
TEST(Hang, and_ignores_sigterm) {
  ::signal(SIGTERM, SIG_IGN);
  for (;;) ::pause();
}
TEST(Hang, none) {}

TEST(Fork, leaves_a_process_behind) {
  if (::fork() == 0) {
    ::setsid();
    for (;;) ::pause();
  }
}
TEST(Fork, child_returns_into_googletest) {
  const pid_t child = ::fork();
  if (child > 0) ::waitpid(child, nullptr, 0);
}
TEST(Fork, none) {}
TEST(Stream, closes_stdout) { ::close(STDOUT_FILENO); }
TEST(Stream, none) {}

void die() {
  std::fputs("as it should\n", stderr);
  std::abort();
}
TEST(DeathTest, dies_fast) {
  GTEST_FLAG_SET(death_test_style, "fast");
  EXPECT_DEATH(die(), "as it should");
}
TEST(DeathTest, dies_threadsafe) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(die(), "as it should");
}

class Parameters : public ::testing::TestWithParam<std::string> {};
TEST_P(Parameters, fail_for_b) { EXPECT_NE(GetParam(), "b\n(2 ms)"); }
INSTANTIATE_TEST_SUITE_P(Each, Parameters, ::testing::Values("a", "b\n(2 ms)", "c, where GetParam() = 1"));

template <typename T>
class Types : public ::testing::Test {};
using Numbers = ::testing::Types<int, double>;
TYPED_TEST_SUITE(Types, Numbers);
TYPED_TEST(Types, are_small) { EXPECT_LE(sizeof(TypeParam), sizeof(int)); }

class Registered : public ::testing::Test {
 public:
  explicit Registered(bool passes) : passes_(passes) {}
  void TestBody() override { EXPECT_TRUE(passes_); }

 private:
  bool passes_;
};

void register_by_name(const char* suite, const char* test, bool passes = true) {
  ::testing::RegisterTest(suite, test, nullptr, nullptr, __FILE__, __LINE__,
                          [passes]() -> ::testing::Test* { return new Registered(passes); });
}

}  // namespace

int main(int argc, char** argv) {
  register_by_name("Names", "a b-c:d*?  # (3 ms)");
  register_by_name("Names", "twice");
  register_by_name("Names", "twice", false);
  register_by_name("Names", "na\xc3\xafve \xff");
  std::puts("Suite.\n  not_a_test");
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
