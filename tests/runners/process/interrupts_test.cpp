#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>
#include <utility>
#include <vector>

#include "under_test.h"

namespace modelgate {
namespace {

class Interrupts : public ::testing::TestWithParam<int> {};

TEST_P(Interrupts, stop_children_that_ignore_the_request_and_start_no_more) {
  Supervisor supervisor;
  ProcessSpec spec = under_test({"supervise"});
  std::vector<pid_t> pids;  // of what supervises, and of its child
  int signal = GetParam();
  spec.on_stdout_line = [&](std::string_view line) {
    if (pids.size() < 2) pids.push_back(static_cast<pid_t>(std::stoi(std::string(line))));
    if (pids.size() == 2) ::kill(pids.front(), std::exchange(signal, 0));
  };
  supervisor.start(spec);
  const ProcessOutcome outcome = supervisor.wait()->second;
  EXPECT_TRUE(outcome.succeeded()) << outcome.sentence();
  // Its child's grace was five minutes.
  ASSERT_EQ(pids.size(), 2u);
  EXPECT_THAT(outcome.out.text,
              ::testing::EndsWith(std::to_string(pids[1]) + "\ninterrupted\ninterrupted\n"));
  EXPECT_EQ(::kill(pids[1], 0), -1);
}

INSTANTIATE_TEST_SUITE_P(signals, Interrupts, ::testing::Values(SIGINT, SIGTERM, SIGHUP),
                         [](const auto& info) { return std::string(::sigabbrev_np(info.param)); });

}  // namespace
}  // namespace modelgate
