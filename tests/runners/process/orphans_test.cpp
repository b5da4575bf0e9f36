#include <gmock/gmock.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "under_test.h"

namespace modelgate {
namespace {

bool is_alive(pid_t pid) { return ::kill(pid, 0) == 0 || errno != ESRCH; }

pid_t number_in(const std::string& text) {
  return static_cast<pid_t>(std::strtol(text.c_str(), nullptr, 10));
}

TEST(Orphans, a_daemon_that_left_the_session_dies_with_the_child_that_made_it) {
  const ProcessOutcome outcome = run_process(under_test({"daemon"}));
  EXPECT_TRUE(outcome.succeeded());
  const pid_t daemon = number_in(outcome.out.text);
  ASSERT_GT(daemon, 1);
  EXPECT_FALSE(is_alive(daemon));
}

TEST(Orphans, a_daemon_dies_when_the_child_that_made_it_is_stopped) {
  Supervisor supervisor;
  Supervisor::Id id = 0;
  pid_t daemon = 0;
  ProcessSpec spec = under_test({"daemon-stay"});
  spec.on_stdout_line = [&](std::string_view line) {
    daemon = number_in(std::string(line));
    supervisor.stop(id);
  };
  id = supervisor.start(spec);
  EXPECT_EQ(supervisor.wait()->second.ending, Ending::timed_out);
  ASSERT_GT(daemon, 1);
  EXPECT_FALSE(is_alive(daemon));
}

TEST(Orphans, what_is_left_in_the_background_of_a_shell_dies) {
  ProcessSpec spec;
  spec.argv = {"/bin/sh", "-c", "sleep 1000 & echo $!"};
  EXPECT_FALSE(is_alive(number_in(run_process(spec).out.text)));
}

TEST(Orphans, the_daemon_of_a_child_that_still_runs_is_left_alone) {
  Supervisor supervisor;
  pid_t daemon = 0;
  ProcessSpec spec = under_test({"daemon-stay"});
  spec.on_stdout_line = [&](std::string_view line) {
    daemon = number_in(std::string(line));
    supervisor.start(under_test({"exit", "0"}));
  };
  const auto stays = supervisor.start(spec);
  EXPECT_TRUE(supervisor.wait()->second.succeeded());
  ASSERT_GT(daemon, 1);
  EXPECT_TRUE(is_alive(daemon));
  supervisor.stop(stays);
  supervisor.wait();
  EXPECT_FALSE(is_alive(daemon));
}

TEST(Orphans, a_process_that_other_code_of_ours_started_is_left_alone) {
  std::FILE* other = ::popen("cat", "w");
  ASSERT_NE(other, nullptr);
  run_process(under_test({"daemon"}));
  EXPECT_EQ(::pclose(other), 0);
}

TEST(Orphans, another_supervisors_child_is_left_alone) {
  Supervisor one;
  const auto id = one.start(under_test({"stay"}));
  run_process(under_test({"daemon"}));
  EXPECT_FALSE(one.wait(std::chrono::steady_clock::now()).has_value());
  EXPECT_EQ(one.running(), 1);
  one.stop(id);
  EXPECT_EQ(one.wait()->second.ending, Ending::timed_out);
}

TEST(Orphans, a_child_dies_when_the_supervising_process_is_killed) {
  // The orphan becomes ours, so that we see how it ended; no Supervisor of ours may be there to kill it.
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t supervising = ::fork();
  if (supervising == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::execl(PROCESS_UNDER_TEST, PROCESS_UNDER_TEST, "supervise", nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  std::FILE* said = ::fdopen(ends[0], "r");
  int supervisor = 0, child = 0;
  ASSERT_EQ(std::fscanf(said, "%d %d", &supervisor, &child), 2);
  ::kill(supervising, SIGKILL);
  ASSERT_EQ(::waitpid(supervising, nullptr, 0), supervising);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  std::fclose(said);
}

}  // namespace
}  // namespace modelgate
