#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>

#include "under_test.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

TEST(Endings, tells_an_exit_code) {
  const ProcessOutcome outcome = run_process(under_test({"exit", "3"}));
  EXPECT_EQ(outcome.ending, Ending::exited);
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_FALSE(outcome.succeeded());
  EXPECT_EQ(outcome.sentence(), "exited with code 3");
}

TEST(Endings, only_exit_code_zero_is_a_success) {
  EXPECT_TRUE(run_process(under_test({"exit", "0"})).succeeded());
  EXPECT_FALSE(ProcessOutcome{}.succeeded());
  for (const Ending ending : {Ending::signalled, Ending::timed_out, Ending::out_of_memory, Ending::cpu_limit,
                              Ending::not_started, Ending::interrupted}) {
    ProcessOutcome outcome;
    outcome.ending = ending;
    outcome.exit_code = 0;
    EXPECT_FALSE(outcome.succeeded()) << name_of(ending);
  }
}

TEST(Endings, tells_the_signal_that_killed_it_by_name) {
  const ProcessOutcome outcome = run_process(under_test({"crash", std::to_string(SIGTERM)}));
  EXPECT_EQ(outcome.ending, Ending::signalled);
  EXPECT_EQ(outcome.signal, SIGTERM);
  EXPECT_FALSE(outcome.core_dumped);
  EXPECT_EQ(outcome.sentence(), "was killed by SIGTERM");
  EXPECT_THAT(run_process(under_test({"crash", std::to_string(SIGABRT)})).sentence(),
              HasSubstr("was killed by SIGABRT"));
}

TEST(Endings, somebody_elses_kill_is_a_signal_and_not_a_time_out) {
  const ProcessOutcome outcome = run_process(under_test({"crash", std::to_string(SIGKILL)}));
  EXPECT_EQ(outcome.ending, Ending::signalled);
  EXPECT_EQ(outcome.sentence(), "was killed by SIGKILL");
}

TEST(Endings, a_process_that_does_not_end_is_asked_to_and_told_apart) {
  ProcessSpec spec = under_test({"stay"});
  spec.timeout = std::chrono::milliseconds(50);
  spec.grace = std::chrono::minutes(5);
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_EQ(outcome.ending, Ending::timed_out);
  EXPECT_EQ(outcome.sentence(), "did not end within 0.05 s");
}

TEST(Endings, a_process_that_ignores_the_request_is_killed_after_the_grace) {
  ProcessSpec spec = under_test({"ignore-term"});
  spec.timeout = std::chrono::seconds(60);
  spec.grace = std::chrono::milliseconds(20);
  Supervisor supervisor;
  Supervisor::Id id = 0;
  spec.on_stdout_line = [&](std::string_view) { supervisor.stop(id); };
  id = supervisor.start(spec);
  EXPECT_EQ(supervisor.wait()->second.ending, Ending::timed_out);
}

TEST(Endings, a_stopped_process_can_be_asked_to_end) {
  ProcessSpec spec = under_test({"stay"});
  spec.grace = std::chrono::minutes(5);
  Supervisor supervisor;
  Supervisor::Id id = 0;
  spec.on_stdout_line = [&](std::string_view pid) {
    ::kill(std::stoi(std::string(pid)), SIGSTOP);
    supervisor.stop(id);
  };
  id = supervisor.start(spec);
  EXPECT_EQ(supervisor.wait()->second.ending, Ending::timed_out);
}

TEST(Endings, an_end_that_other_code_asked_for_first_is_no_success) {
  Supervisor supervisor;
  ProcessSpec spec = under_test({"stay"});
  pid_t pid = 0;
  spec.on_stdout_line = [&](std::string_view line) {
    pid = std::stoi(std::string(line));
    ::kill(pid, SIGKILL);
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED);
  };
  supervisor.start(spec);
  const ProcessOutcome outcome = supervisor.wait()->second;
  EXPECT_FALSE(outcome.succeeded());
  EXPECT_EQ(outcome.sentence(), "ended in a way that was not seen");
}

TEST(Endings, what_ended_by_itself_before_it_was_asked_to_is_told_so) {
  Supervisor supervisor;
  ProcessSpec spec = under_test({"stay"});
  Supervisor::Id id = 0;
  spec.on_stdout_line = [&](std::string_view line) {
    const pid_t pid = std::stoi(std::string(line));
    ::kill(pid, SIGKILL);
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT);
    supervisor.stop(id);
  };
  id = supervisor.start(spec);
  EXPECT_EQ(supervisor.wait()->second.ending, Ending::signalled);
}

TEST(Endings, processes_run_side_by_side_and_come_back_as_they_end) {
  Supervisor supervisor;
  ProcessSpec first = under_test({"stay"});
  const auto stays = supervisor.start(first);
  const auto ends = supervisor.start(under_test({"exit", "5"}));
  EXPECT_EQ(supervisor.running(), 2);
  const auto one = supervisor.wait();
  ASSERT_TRUE(one.has_value());
  EXPECT_EQ(one->first, ends);
  EXPECT_EQ(one->second.exit_code, 5);
  supervisor.stop(stays);
  EXPECT_EQ(supervisor.wait()->first, stays);
  EXPECT_EQ(supervisor.running(), 0);
  EXPECT_FALSE(supervisor.wait().has_value());
}

TEST(Endings, waiting_ends_at_the_deadline_and_the_child_goes_on) {
  Supervisor supervisor;
  supervisor.start(under_test({"stay"}));
  EXPECT_FALSE(supervisor.wait(std::chrono::steady_clock::now() + std::chrono::milliseconds(20)).has_value());
  EXPECT_EQ(supervisor.running(), 1);
}

TEST(Endings, the_supervisors_end_is_that_of_its_children) {
  pid_t pid = 0;
  {
    Supervisor supervisor;
    ProcessSpec spec = under_test({"ignore-term"});
    spec.grace = std::chrono::milliseconds(20);
    const auto told = std::make_shared<bool>(false);
    spec.on_stdout_line = [&, told](std::string_view line) { pid = std::stoi(std::string(line)); };
    supervisor.start(spec);
    while (pid == 0) supervisor.wait(std::chrono::steady_clock::now() + std::chrono::milliseconds(5));
  }
  EXPECT_EQ(::kill(pid, 0), -1);
}

}  // namespace
}  // namespace modelgate
