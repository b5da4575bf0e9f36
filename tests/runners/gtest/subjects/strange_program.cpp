// A GoogleTest program in which what is around the tests goes wrong: strange_program --how=WHAT

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

std::string how, file;

void misbehave(const std::string& where) {
  if (how == where + "-fails") ADD_FAILURE() << "in " << where;
  if (how == where + "-fails-fatally") GTEST_FAIL() << "in " << where;
  if (how == where + "-skips") GTEST_SKIP() << "no such hardware";
  if (how == where + "-crashes") std::abort();
  if (how == where + "-exits") std::exit(0);
  if (how == where + "-hangs")
    for (;;) ::pause();
}

class Guarded : public ::testing::Test {
 public:
  static void SetUpTestSuite() { misbehave("suite-set-up"); }
  static void TearDownTestSuite() { misbehave("suite-tear-down"); }
};
TEST(Before, one) {}
TEST_F(Guarded, one) {
  misbehave("test");
  if (how != "test-waits") return;
  std::ofstream{file}.put('.');
  for (;;) ::pause();
}
TEST_F(Guarded, two) {}
TEST(Other, one) {}

class Surroundings : public ::testing::Environment {
  void SetUp() override { misbehave("environment-set-up"); }
  void TearDown() override { misbehave("environment-tear-down"); }
};

class Silence : public ::testing::EmptyTestEventListener {};

/// Counts how often the program has been started, in the file that `how` names.
int starts(const std::string& file) {
  int count = 0;
  std::ifstream(file) >> count;
  std::ofstream(file) << ++count;
  return count;
}

void register_test(const std::string& name) {
  class Empty : public ::testing::Test {
    void TestBody() override {}
  };
  ::testing::RegisterTest("Changing", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          []() -> ::testing::Test* { return new Empty; });
}

}  // namespace

int main(int argc, char** argv) {
  bool returns_zero = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--how=returns-zero-always")
      returns_zero = true;
    else if (word.starts_with("--how="))
      how = word.substr(6);
    if (word.starts_with("--file=")) file = word.substr(7);
  }
  if (how == "another-list-each-time") register_test("test_" + std::to_string(starts(file)));
  if (how == "prints-a-false-list") std::puts("Loaded.\n  weights");
  ::testing::AddGlobalTestEnvironment(new Surroundings);
  ::testing::InitGoogleTest(&argc, argv);
  auto& listeners = ::testing::UnitTest::GetInstance()->listeners();
  if (how == "prints-nothing" || how == "prints-nothing-and-a-test-crashes")
    delete listeners.Release(listeners.default_result_printer());
  if (how == "prints-nothing-and-a-test-crashes") how = "test-crashes";
  const bool lists = GTEST_FLAG_GET(list_tests);
  if (!lists) misbehave("main");
  const int code = RUN_ALL_TESTS();
  if (!lists) misbehave("end");
  if (!lists && how == "returns-three") return 3;
  return returns_zero ? 0 : code;
}
