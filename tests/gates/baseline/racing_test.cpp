// Several real processes at once. All of them wait for a lock that the test holds until the last has started.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "gates/baseline/lock.h"
#include "schemas/tool/files.h"
#include "tests/gates/baseline/store_fixture.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr int racers = 8;

class RacingTest : public StoreTest {
 protected:
  pid_t start(std::vector<std::string> words) const {
    words.insert(words.begin(), MODELGATE_BIN_DIR "/modelgate-baseline");
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const std::string folder = folder_.string(), err = (folder_ / "racers.err").string();
    const pid_t child = ::fork();
    if (child == 0) {
      const int null = ::open("/dev/null", O_RDWR),
                log = ::open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
      ::dup2(null, 0);
      ::dup2(null, 1);
      ::dup2(log, 2);
      if (::chdir(folder.c_str()) == 0) ::execv(argv[0], argv.data());
      ::_exit(127);
    }
    return child;
  }

  static int wait_for(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  /// Starts them all behind the lock, lets them go, and counts the exit codes.
  std::map<int, int> race(const std::vector<std::vector<std::string>>& commands) const {
    std::vector<pid_t> children;
    {
      const StoreLock held(*Folder::find(store()), 0);
      for (const std::vector<std::string>& command : commands) children.push_back(start(command));
    }
    std::map<int, int> codes;
    for (const pid_t child : children) ++codes[wait_for(child)];
    return codes;
  }
};

TEST_F(RacingTest, many_may_save_the_same_at_once) {
  save("v0", {{"a", "x"}});
  make_folder("d", {{"a", std::string(100'000, 'y')}, {"b", "z"}});
  EXPECT_EQ(race(std::vector<std::vector<std::string>>(racers, {"save", "d", "--version", "v1"})),
            (std::map<int, int>{{0, racers}}));
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(RacingTest, of_many_that_save_different_files_as_one_version_one_does) {
  save("v0", {{"a", "x"}});
  std::vector<std::vector<std::string>> commands;
  for (int i = 0; i < racers; ++i) {
    const std::string name = "d" + std::to_string(i);
    make_folder(name, {{"a", "content " + name}});
    commands.push_back({"save", name, "--version", "v1"});
  }
  EXPECT_EQ(race(commands), (std::map<int, int>{{0, 1}, {2, racers - 1}}));
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(RacingTest, many_may_save_different_versions_at_once) {
  save("v0", {{"a", "x"}});
  std::vector<std::vector<std::string>> commands;
  for (int i = 1; i <= racers; ++i) {
    const std::string name = "d" + std::to_string(i);
    make_folder(name, {{"shared", "by all"}, {"own", name}});
    commands.push_back({"save", name, "--version", "v" + std::to_string(i)});
  }
  EXPECT_EQ(race(commands), (std::map<int, int>{{0, racers}}));
  const std::string out = program("list").out;
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1 + 1 + racers);
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(RacingTest, of_many_judged_against_the_same_release_one_is_released) {
  release("v1.0.0", {{"a", "x"}});
  std::vector<std::vector<std::string>> commands;
  for (int i = 1; i <= racers; ++i) {
    const std::string version = "v1.0." + std::to_string(i), verdict = version + ".verdict";
    save(version, {{"a", version}});
    write_verdict(passing_verdict(version), verdict);
    commands.push_back({"promote", version, "--verdict", verdict});
  }
  EXPECT_EQ(race(commands), (std::map<int, int>{{0, 1}, {2, racers - 1}}));
  EXPECT_EQ(std::distance(fs::directory_iterator(store() / "releases"), {}), 2);
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(RacingTest, many_may_promote_by_the_same_verdict_at_once) {
  save("v1", {{"a", "x"}});
  write_verdict(passing_verdict("v1"));
  EXPECT_EQ(
      race(std::vector<std::vector<std::string>>(racers, {"promote", "v1", "--verdict", "verdict.json"})),
      (std::map<int, int>{{0, racers}}));
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(RacingTest, many_may_check_out_while_others_save) {
  release("v1", {{"a", std::string(300'000, 'x')}, {"b", "y"}});
  make_folder("d", {{"a", "new"}});
  std::vector<std::vector<std::string>> commands;
  for (int i = 0; i < racers; ++i)
    commands.push_back(i % 2 == 0
                           ? std::vector<std::string>{"checkout", "v1", "--to", "out" + std::to_string(i)}
                           : std::vector<std::string>{"save", "d", "--version", "v" + std::to_string(i + 2)});
  EXPECT_EQ(race(commands), (std::map<int, int>{{0, racers}}));
  for (int i = 0; i < racers; i += 2)
    EXPECT_EQ(list_files(folder_ / ("out" + std::to_string(i))), manifest("releases", "v1").files);
}

TEST_F(RacingTest, of_many_that_check_out_to_one_place_each_succeeds_or_says_why_not) {
  release("v1", {{"a", std::string(300'000, 'x')}, {"b", "y"}});
  std::map<int, int> codes =
      race(std::vector<std::vector<std::string>>(racers, {"checkout", "v1", "--to", "out"}));
  EXPECT_GE(codes[0], 1);
  EXPECT_EQ(codes[0] + codes[4], racers) << read_file(folder_ / "racers.err");
  EXPECT_EQ(list_files(folder_ / "out"), manifest("releases", "v1").files);
  EXPECT_FALSE(fs::exists(folder_ / ".out.modelgate-checkout"));
}

TEST_F(RacingTest, who_does_not_wait_is_told_who_is_writing) {
  save("v0", {{"a", "x"}});
  make_folder("d", {{"a", "y"}});
  const StoreLock held(*Folder::find(store()), 0);
  const Outcome outcome = program("save d --version v1 --wait 0");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err,
              HasSubstr("process " + std::to_string(::getpid()) + " is still writing into this store"));
  EXPECT_EQ(code("list"), 0) << "reading needs no lock";
}

TEST_F(RacingTest, a_lock_ends_with_the_process_that_held_it) {
  save("v0", {{"a", "x"}});
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t holder = ::fork();
  if (holder == 0) {
    const StoreLock held(*Folder::find(store()), 0);
    (void)!::write(ready[1], "x", 1);
    for (;;) ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  make_folder("d", {{"a", "y"}});
  EXPECT_EQ(code("save d --version v1 --wait 0"), 4);
  ::kill(holder, SIGKILL);
  ::waitpid(holder, nullptr, 0);
  EXPECT_EQ(code("save d --version v1 --wait 0"), 0);
  ::close(ready[0]);
  ::close(ready[1]);
}

}  // namespace
}  // namespace modelgate
