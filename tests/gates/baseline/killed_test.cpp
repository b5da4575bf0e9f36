// The program is killed before each of the system calls by which it changes something, one after the other.
// Whatever the moment, the store shows a version wholly or not at all, and the next attempt succeeds.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <set>

#include "gates/baseline/greens.h"
#include "gates/baseline/store.h"
#include "gates/baseline/verification.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "tests/gates/baseline/store_fixture.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

bool changes_something(std::uint64_t call) {
  static const std::set<std::uint64_t> calls = {
#ifdef SYS_mkdir
      SYS_mkdir,    SYS_rename,    SYS_unlink,   SYS_rmdir,
#endif
      SYS_mkdirat,  SYS_renameat2,
#ifdef SYS_renameat
      SYS_renameat,
#endif
      SYS_unlinkat, SYS_write,     SYS_pwrite64, SYS_ftruncate, SYS_fchmod, SYS_fsync, SYS_flock};
  return calls.contains(call);
}

enum class Ended { by_us, by_itself, not_traceable };

class KilledTest : public StoreTest {
 protected:
  /// Runs the program and kills it when it is about to make its n-th change.
  Ended kill_at(int n, std::vector<std::string> words) const {
    words.insert(words.begin(), MODELGATE_BIN_DIR "/modelgate-baseline");
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);  // the leak check cannot be traced
      const int null = ::open("/dev/null", O_RDWR);
      for (int i = 0; i <= 2; ++i) ::dup2(null, i);
      if (::ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) ::_exit(126);
      if (::chdir(folder_.c_str()) == 0) ::execv(argv[0], argv.data());
      ::_exit(127);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFSTOPPED(status)) return Ended::not_traceable;
    ::ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD);
    for (int seen = 0;;) {
      ::ptrace(PTRACE_SYSCALL, child, 0, 0);
      ::waitpid(child, &status, 0);
      if (!WIFSTOPPED(status)) return Ended::by_itself;
      __ptrace_syscall_info info{};
      if (::ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info) <= 0) {
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        return Ended::not_traceable;
      }
      if (info.op != PTRACE_SYSCALL_INFO_ENTRY || !changes_something(info.entry.nr) || ++seen < n) continue;
      ::kill(child, SIGKILL);
      ::waitpid(child, nullptr, 0);
      return Ended::by_us;
    }
  }

  /// Kills at every point in turn, each time from the beginning; `expect` looks at what is left.
  void kill_everywhere(const std::vector<std::string>& words, const std::function<void()>& begin,
                       const std::function<void()>& expect) {
    int n = 1;
    for (;; ++n) {
      begin();
      const Ended ended = kill_at(n, words);
      if (ended == Ended::not_traceable) GTEST_SKIP() << "processes cannot be traced here";
      if (ended == Ended::by_itself) break;
      SCOPED_TRACE("killed before change " + std::to_string(n));
      expect();
      if (HasFatalFailure()) return;
    }
    EXPECT_GT(n, 20) << "it was not killed while it wrote";
  }

  std::vector<std::string> versions() const {
    std::vector<std::string> names;
    try {
      for (const Version& version : Store::open(store()).versions())
        names.push_back(version.name + " " + name_of(version.stage));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage) << error.what();  // there is no store yet
    }
    return names;
  }

  void expect_sound() const {
    const std::vector<std::string> names = versions();
    if (names.empty()) return;
    for (const Damage& damage : verify(Store::open(store()), {}).damages)
      ADD_FAILURE() << damage.file << " " << damage.words;
  }

  void expect_nothing_left_behind() const { EXPECT_TRUE(fs::is_empty(store() / "incoming")); }
};

TEST_F(KilledTest, a_save_shows_wholly_or_not_at_all) {
  make_folder("d", {{"a", "x"}, {"b.exe", std::string(600'000, 'y')}});
  kill_everywhere(
      {"save", "d", "--version", "v1"}, [&] { fs::remove_all(store()); },
      [&] {
        const std::vector<std::string> left = versions();
        EXPECT_TRUE(left.empty() || left == std::vector<std::string>{"v1 saved"});
        expect_sound();
        ASSERT_EQ(code("save d --version v1"), 0);
        EXPECT_EQ(versions(), std::vector<std::string>{"v1 saved"});
        expect_sound();
        expect_nothing_left_behind();
      });
}

TEST_F(KilledTest, a_promotion_happens_wholly_or_not_at_all) {
  make_folder("d", {{"a", "x"}});
  save("v1", {{"a", "x"}});
  const Verdict verdict = passing_verdict("v1");
  write_verdict(verdict);
  fs::copy(store(), folder_ / "saved store", fs::copy_options::recursive);
  kill_everywhere(
      {"promote", "v1", "--verdict", "verdict.json"},
      [&] {
        fs::remove_all(store());
        fs::copy(folder_ / "saved store", store(), fs::copy_options::recursive);
      },
      [&] {
        const std::vector<std::string> left = versions();
        EXPECT_TRUE(left == std::vector<std::string>{"v1 saved"} ||
                    left == std::vector<std::string>{"v1 released"});
        expect_sound();
        ASSERT_EQ(code("promote v1 --verdict verdict.json"), 0);
        EXPECT_EQ(versions(), std::vector<std::string>{"v1 released"});
        expect_sound();
        // The next that writes clears away.
        ASSERT_EQ(code("save d --version v1"), 0);
        expect_nothing_left_behind();
        EXPECT_FALSE(fs::exists(store() / "saved" / "v1.json"));
      });
}

TEST_F(KilledTest, a_green_is_marked_wholly_or_not_at_all) {
  make_folder("d", {{"a", "x"}});
  save("v1", {{"a", "x"}});
  write_verdict(passing_verdict("v1"));
  fs::copy(store(), folder_ / "saved store", fs::copy_options::recursive);
  kill_everywhere(
      {"green", "v1", "--branch", "main", "--verdict", "verdict.json"},
      [&] {
        fs::remove_all(store());
        fs::copy(folder_ / "saved store", store(), fs::copy_options::recursive);
      },
      [&] {
        EXPECT_THAT(green_numbers(Store::open(store())),
                    ::testing::AnyOf(std::vector<std::int64_t>{}, std::vector<std::int64_t>{1}));
        expect_sound();
        ASSERT_EQ(code("green v1 --branch main --verdict verdict.json"), 0);
        EXPECT_EQ(green_numbers(Store::open(store())), std::vector<std::int64_t>{1});
        EXPECT_EQ(versions(), std::vector<std::string>{"v1 saved"});
        expect_sound();
        // The next that writes clears away.
        ASSERT_EQ(code("save d --version v1"), 0);
        expect_nothing_left_behind();
      });
}

TEST_F(KilledTest, leftovers_of_any_kind_are_harmless) {
  save("v1", {{"a", "x"}});
  write_file(store() / "incoming" / "123-0", "half a fi");
  write_file(store() / "incoming" / "v9.json", "{}");
  EXPECT_EQ(code("verify"), 0);
  EXPECT_EQ(versions(), std::vector<std::string>{"v1 saved"});
  save("v2", {{"a", "y"}});
  expect_nothing_left_behind();
}

}  // namespace
}  // namespace modelgate
