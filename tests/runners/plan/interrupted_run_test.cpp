#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "project.h"
#include "schemas/tool/files.h"

extern char** environ;

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// Starts `modelgate run` on a model that does not end, and waits until the model runs.
class InterruptedRun : public ::testing::Test {
 protected:
  void start() {
    project_.write_candidate(0, stays_for_ever);
    // Whatever loses its parent becomes ours, so that we see when all have ended. No Supervisor here: it
    // would kill them itself.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    run_ = spawn_run();
    model_ = static_cast<pid_t>(std::stol(project_.handshake()));
  }

  pid_t spawn_run() {
    const std::string program = MODELGATE_BIN_DIR "/modelgate";
    const std::string plan = (project_.folder() / "modelgate.yaml").string();
    const std::string output = project_.results().string();
    const char* argv[] = {program.c_str(), "run",      "--first-release", "--plan",
                          plan.c_str(),    "--output", output.c_str(),    nullptr};
    pid_t pid = -1;
    EXPECT_EQ(::posix_spawn(&pid, program.c_str(), nullptr, nullptr, const_cast<char**>(argv), environ), 0);
    return pid;
  }

  /// The run's end, after everything that it started has ended too.
  int wait_for_all() {
    int status_of_run = 0, status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, 0)) > 0;)
      if (pid == run_) status_of_run = status;
    EXPECT_EQ(::kill(model_, 0), -1);
    return status_of_run;
  }

  Project project_;
  pid_t run_ = 0, model_ = 0;
};

class InterruptedRunBySignal : public InterruptedRun, public ::testing::WithParamInterface<int> {};

TEST_P(InterruptedRunBySignal, stops_everything_and_leaves_an_error) {
  start();
  ::kill(run_, GetParam());
  const int status = wait_for_all();
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 4);
  EXPECT_EQ(project_.verdict().status, Status::error);
  EXPECT_THAT(project_.verdict().sentence, HasSubstr("interrupted while measuring model"));
  EXPECT_THAT(read_file(project_.results() / "junit.xml"), HasSubstr("errors=\"1\""));
}

INSTANTIATE_TEST_SUITE_P(by, InterruptedRunBySignal, ::testing::Values(SIGINT, SIGTERM, SIGHUP),
                         [](const auto& info) { return std::string(::sigabbrev_np(info.param)); });

TEST_F(InterruptedRun, that_is_killed_leaves_no_process_and_nothing_that_passes) {
  start();
  ::kill(run_, SIGKILL);
  const int status = wait_for_all();
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(project_.verdict().status, Status::error);
  EXPECT_THAT(read_file(project_.results() / "junit.xml"), HasSubstr("errors=\"1\""));
}

TEST_F(InterruptedRun, another_run_keeps_out_of_its_folder) {
  start();
  int status = 0;
  const pid_t second = spawn_run();
  ASSERT_EQ(::waitpid(second, &status, 0), second);
  EXPECT_EQ(WEXITSTATUS(status), 4);
  EXPECT_TRUE(fs::exists(project_.results() / "logs" / "run-model.out")) << "the first run's logs are gone";
  ::kill(run_, SIGTERM);
  wait_for_all();
  EXPECT_THAT(project_.verdict().sentence, HasSubstr("interrupted"));
}

}  // namespace
}  // namespace modelgate
