// modelgate-run-bench as a program: how it returns, and how it ends.

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

class BenchProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("run-bench ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  pid_t start(const std::vector<std::string>& more) {
    std::vector<std::string> words = {MODELGATE_BIN_DIR "/modelgate-run-bench",
                                      "--candidate=" TEST_PROGRAMS,
                                      "--baseline=" TEST_PROGRAMS,
                                      "--output=" + (folder_ / "out").string(),
                                      "--pairs=2",
                                      "--min-time-seconds=0.0001",
                                      "--keep-disturbed"};
    words.insert(words.end(), more.begin(), more.end());
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
  int run(const std::vector<std::string>& more) { return ended(start(more)); }
  std::string said() const { return read_file(folder_ / "said"); }

  fs::path folder_;
};

TEST_F(BenchProgramTest, returns_zero_and_says_nothing_when_all_was_measured) {
  EXPECT_EQ(run({"--program={subject}/bench_benchmarks", "--filter=add/8"}), 0);
  EXPECT_EQ(said(), "");
}

TEST_F(BenchProgramTest, returns_two_for_what_makes_no_sense) {
  EXPECT_EQ(run({}), 2);
  EXPECT_EQ(run({"--program="}), 2);
  EXPECT_EQ(run({"--program={subject/x"}), 4) << "a brace that begins no word is text";
  EXPECT_EQ(run({"--program={subjects}/x"}), 2);
  EXPECT_EQ(run({"--program=x", "--repetitions=0"}), 2);
  EXPECT_EQ(run({"--program=x", "--min-time-seconds=-1"}), 2);
  EXPECT_EQ(run({"--program=x", "--seed=-1"}), 2);
  EXPECT_EQ(run({"--program=x", "--argument=--benchmark_out=/tmp/x"}), 2);
  EXPECT_THAT(said(), HasSubstr("--benchmark_out"));
}

TEST_F(BenchProgramTest, returns_four_when_nothing_could_be_measured) {
  EXPECT_EQ(run({"--program={subject}/no such program"}), 4);
}

TEST_F(BenchProgramTest, an_interrupt_stops_the_benchmarks_and_leaves_documents_that_say_so) {
  const fs::path begun = folder_ / "begun";
  const pid_t child = start({"--program={subject}/bench_benchmarks", "--argument=--how=waits",
                             "--argument=--file=" + begun.string()});
  while (!fs::exists(begun)) ::usleep(1000);
  const auto before = std::chrono::steady_clock::now();
  ::kill(child, SIGTERM);
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
