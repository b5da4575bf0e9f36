// modelgate-run-gtest as a program: what it says and returns, and how it ends.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>

#include "schemas/documents/measurements.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("run-gtest ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  pid_t start(std::vector<std::string> words) {
    words.insert(words.begin(), MODELGATE_BIN_DIR "/modelgate-run-gtest");
    const pid_t child = ::fork();
    if (child != 0) return child;
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const int file = ::open((folder_ / "said").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  static int ended(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  int run(const std::vector<std::string>& words) { return ended(start(words)); }
  std::string said() const { return read_file(folder_ / "said"); }
  std::vector<std::string> with(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"--candidate", TEST_PROGRAMS, "--output", (folder_ / "out").string()};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  fs::path folder_;
};

TEST_F(ProgramTest, returns_zero_when_all_was_measured_even_if_tests_failed) {
  EXPECT_EQ(run(with({"--program={subject}/gtest_nasty_tests", "--filter=Plain.*"})), 0);
  EXPECT_EQ(said(), "");
}

TEST_F(ProgramTest, returns_two_for_what_makes_no_sense) {
  EXPECT_EQ(run(with({})), 2);
  EXPECT_EQ(run(with({"--program="})), 2);
  EXPECT_EQ(run(with({"--program={subjct}/x"})), 2);
  EXPECT_THAT(said(), HasSubstr("{subject}"));
  EXPECT_EQ(run(with({"--program=x", "--shards=-1"})), 2);
  EXPECT_EQ(run(with({"--program=x", "--test-timeout-seconds=nan"})), 2);
  EXPECT_EQ(run(with({"--program=x", "--argument=--gtest_filter=A"})), 2);
  EXPECT_EQ(run({"--candidate", "/no/such/folder", "--output", "out", "--program", "x"}), 2);
}

TEST_F(ProgramTest, returns_four_and_writes_a_document_when_nothing_could_be_measured) {
  EXPECT_EQ(run(with({"--program={subject}/no such program"})), 4);
  EXPECT_FALSE(read_measurements(folder_ / "out" / "candidate.json").problems.empty());
}

TEST_F(ProgramTest, returns_four_when_the_document_cannot_be_written) {
  std::vector<std::string> words = with({"--program={subject}/gtest_nasty_tests", "--filter=Plain.passes"});
  write_file(folder_ / "file", "");
  words[3] = (folder_ / "file").string();
  EXPECT_EQ(run(words), 4);
}

TEST_F(ProgramTest, an_interrupt_stops_the_tests_and_leaves_documents_that_say_so) {
  const fs::path begun = folder_ / "begun";
  const pid_t child = start(with({"--program={subject}/gtest_strange_program", "--argument=--how=test-waits",
                                  "--argument=--file=" + begun.string(), "--baseline", TEST_PROGRAMS}));
  while (!fs::exists(begun)) ::usleep(1000);
  const auto before = std::chrono::steady_clock::now();
  ::kill(child, SIGINT);
  EXPECT_EQ(ended(child), 4);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
  for (const char* name : {"candidate.json", "baseline.json"}) {
    const Measurements document = read_measurements(folder_ / "out" / name);
    ASSERT_FALSE(document.problems.empty()) << name;
    EXPECT_EQ(document.problems[0].code, "interrupted") << name;
  }
}

}  // namespace
}  // namespace modelgate
