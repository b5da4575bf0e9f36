#include "runners/revision/asking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runners/revision/git.h"
#include "tests/runners/revision/repository.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Answer shell(const std::string& script, const AskingLimits& limits = {}) {
  return ask({"/bin/sh", "-c", script}, "/", {}, limits);
}

TEST(AskingTest, says_in_one_line_what_went_wrong) {
  EXPECT_EQ(shell("echo hint: x >&2; echo 'fatal: no such thing' >&2; echo more >&2; exit 128").problem,
            "no such thing");
  EXPECT_EQ(shell("echo first >&2; echo last >&2; exit 1").problem, "last");
  EXPECT_EQ(shell("exit 3").problem, "/bin/sh exited with code 3");
  EXPECT_THAT(shell("printf 'fatal: \\033[2J' >&2; exit 1").problem, Not(HasSubstr("\x1b")));
  EXPECT_EQ(shell("true").problem, "");
}

TEST(AskingTest, an_answer_that_is_too_long_is_none) {
  AskingLimits limits;
  limits.bytes = 1000;
  const Answer answer = shell("head -c 1001 /dev/zero", limits);
  EXPECT_FALSE(answer.succeeded);
  EXPECT_THAT(answer.problem, HasSubstr("more than 1000 bytes"));
  EXPECT_TRUE(shell("head -c 1000 /dev/zero", limits).succeeded);
}

TEST(AskingTest, a_program_that_does_not_end_is_stopped) {
  AskingLimits limits;
  limits.time = std::chrono::milliseconds(50);
  const Answer answer = shell("sleep 1000", limits);
  EXPECT_TRUE(answer.is_late);
  EXPECT_FALSE(answer.succeeded);
}

TEST(AskingTest, a_program_that_is_not_there_is_missing) {
  const Answer answer = ask({"modelgate-no-such-program"}, "/", {}, {});
  EXPECT_TRUE(answer.is_missing);
  EXPECT_THAT(answer.problem, HasSubstr("no such program"));
}

TEST(AskingTest, credentials_in_an_address_are_not_told) {
  EXPECT_EQ(without_credentials("unable to access 'https://bot:glpat-secret@gitlab.example/x.git/': no"),
            "unable to access 'https://***@gitlab.example/x.git/': no");
  EXPECT_EQ(without_credentials("https://a@b/c and ssh://git:w@d:22/e"),
            "https://***@b/c and ssh://***@d:22/e");
  EXPECT_EQ(without_credentials("https://a:p@ss@b/"), "https://***@b/");
  for (const char* plain : {"", "://", "https://host/a@b", "file:///x/y@z", "mail me@example.org", "a://"})
    EXPECT_EQ(without_credentials(plain), plain);
}

TEST(GitTest, passes_on_what_reaches_a_server_and_nothing_that_names_a_repository) {
  const TemporaryFolder folder;
  const ProgramsFirst programs(folder / "bin", {{"git", "env"}});
  const SetVariable agent("SSH_AUTH_SOCK", "/agent"), proxy("https_proxy", "http://proxy:1"),
      count("GIT_CONFIG_COUNT", "1"), key("GIT_CONFIG_KEY_0", "safe.directory"),
      value("GIT_CONFIG_VALUE_0", "*"), folder_of_hook("GIT_DIR", "/elsewhere"),
      index("GIT_INDEX_FILE", "/elsewhere/index"), terminal("SSH_ASKPASS", "/usr/bin/ask"),
      token("GITHUB_TOKEN", "ghp_secret");
  const std::string seen = Git(folder.path()).ask({"x"}).text;
  for (const char* line : {"SSH_AUTH_SOCK=/agent\n", "https_proxy=http://proxy:1\n", "GIT_CONFIG_COUNT=1\n",
                           "GIT_CONFIG_KEY_0=safe.directory\n", "GIT_CONFIG_VALUE_0=*\n",
                           "GIT_TERMINAL_PROMPT=0\n", "LC_ALL=C.UTF-8\n"})
    EXPECT_THAT(seen, HasSubstr(line));
  for (const char* name : {"GIT_DIR=", "GIT_INDEX_FILE=", "SSH_ASKPASS=", "GITHUB_TOKEN"})
    EXPECT_THAT(seen, Not(HasSubstr(name)));
}

TEST(GitTest, runs_no_hook_and_no_monitor_of_the_repository) {
  const TemporaryFolder folder;
  const Repository repository(folder / "a");
  repository.commit("file");
  const std::filesystem::path sign = folder / "ran";
  const ProgramsFirst planted(folder / "hooks", {{"monitor", "touch '" + sign.string() + "'"},
                                                 {"reference-transaction", "touch '" + sign.string() + "'"}});
  repository.git({"config", "core.hooksPath", (folder / "hooks").string()});
  repository.git({"config", "core.fsmonitor", (folder / "hooks" / "monitor").string()});
  std::filesystem::remove(sign);
  const Git git(repository.folder());
  EXPECT_TRUE(git.ask({"status", "--porcelain"}).succeeded);
  EXPECT_TRUE(git.ask({"update-ref", "refs/heads/other", "HEAD"}).succeeded);
  EXPECT_FALSE(std::filesystem::exists(sign));
}

}  // namespace
}  // namespace modelgate
