#include <gmock/gmock.h>

#include "under_test.h"

namespace modelgate {
namespace {

TEST(Limits, what_uses_too_much_memory_is_killed_and_told_apart) {
  ProcessSpec spec = under_test({"allocate", "300"});
  spec.memory_limit_bytes = 100 << 20;
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_EQ(outcome.ending, Ending::out_of_memory);
  EXPECT_EQ(outcome.sentence(), "used more than 100 MiB of memory");
  EXPECT_GT(outcome.peak_memory_bytes, 100 << 20);
}

TEST(Limits, memory_is_that_of_the_whole_tree) {
  ProcessSpec spec;
  const std::string allocate = std::string("'") + PROCESS_UNDER_TEST + "' allocate 60 & ";
  spec.argv = {"/bin/sh", "-c", allocate + allocate + allocate + "wait"};
  spec.timeout = std::chrono::seconds(60);
  spec.memory_limit_bytes = 120 << 20;
  EXPECT_EQ(run_process(spec).ending, Ending::out_of_memory);
}

TEST(Limits, memory_that_forked_workers_share_counts_once) {
  ProcessSpec spec = under_test({"share", "60"});
  spec.memory_limit_bytes = 150 << 20;
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_TRUE(outcome.succeeded()) << outcome.sentence();
}

TEST(Limits, what_stays_within_its_limits_is_left_alone) {
  ProcessSpec spec = under_test({"flood", "1000000"});
  spec.memory_limit_bytes = 200 << 20;
  spec.cpu_seconds_limit = 30;
  EXPECT_TRUE(run_process(spec).succeeded());
}

TEST(Limits, what_uses_too_much_processor_time_is_told_apart) {
  ProcessSpec spec = under_test({"spin"});
  spec.cpu_seconds_limit = 1;
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_EQ(outcome.ending, Ending::cpu_limit);
  EXPECT_EQ(outcome.sentence(), "used more than 1 s of processor time");
}

TEST(Limits, processor_time_is_that_of_the_whole_tree) {
  ProcessSpec spec = under_test({"spin-in-child"});
  spec.cpu_seconds_limit = 1;
  EXPECT_EQ(run_process(spec).ending, Ending::cpu_limit);
}

}  // namespace
}  // namespace modelgate
