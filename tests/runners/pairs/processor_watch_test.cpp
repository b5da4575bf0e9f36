#include "runners/pairs/processor_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runners/pairs/reference_loop.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ProcessRun run_with(double wall_seconds, double delayed_seconds, bool is_parallel = false) {
  ProcessRun run;
  run.wall_seconds = wall_seconds;
  run.delayed_seconds = delayed_seconds;
  run.is_parallel = is_parallel;
  return run;
}

TEST(ProcessorWatch, a_process_that_waits_half_its_time_for_a_processor_is_disturbed) {
  ProcessorWatch watch;
  watch.begin_turn(0);
  EXPECT_THAT(watch.end_turn(run_with(0.1, 0.01)), IsEmpty());
  watch.begin_turn(0);
  const auto disturbances = watch.end_turn(run_with(0.1, 0.05));
  ASSERT_EQ(disturbances.size(), 1u);
  EXPECT_EQ(disturbances[0].code, "processor_shared");
  EXPECT_THAT(disturbances[0].sentence, HasSubstr("50 %"));
  EXPECT_THAT(watch.notes(), ElementsAre(HasSubstr("30.0 % of their time (at most 50 %)")));
}

TEST(ProcessorWatch, a_process_with_several_threads_stands_in_its_own_line) {
  ProcessorWatch watch;
  watch.begin_turn(0);
  EXPECT_THAT(watch.end_turn(run_with(0.1, 0.09, true)), IsEmpty());
}

TEST(ProcessorWatch, a_process_that_waits_for_its_own_threads_is_not_disturbed_but_slow) {
  ProcessorWatch watch;
  ProcessRun run = run_with(0.1, 0.05);
  run.cpu_seconds = 0.098;
  watch.begin_turn(0);
  EXPECT_THAT(watch.end_turn(run), IsEmpty());
  run.cpu_seconds = 0.05;
  watch.begin_turn(0);
  EXPECT_EQ(watch.end_turn(run).size(), 1u);
}

TEST(ProcessorWatch, a_process_of_no_time_is_not_judged) {
  ProcessorWatch watch;
  watch.begin_turn(0);
  EXPECT_THAT(watch.end_turn(run_with(0, 0)), IsEmpty());
}

TEST(ProcessorTimes, only_grow) {
  const ProcessorTimes before = processor_times();
  EXPECT_GT(before.all, 0);
  EXPECT_GE(before.all, before.stolen);
  EXPECT_GE(processor_times().all, before.all);
}

TEST(ReferenceLoop, tells_its_time_and_spread_once_it_ran_twice) {
  ReferenceLoop loop;
  EXPECT_EQ(loop.note(), "");
  loop.run();
  EXPECT_EQ(loop.note(), "");
  loop.run();
  ASSERT_EQ(loop.seconds().size(), 2u);
  EXPECT_GT(loop.seconds()[0], 0);
  EXPECT_THAT(loop.note(), HasSubstr("a reference loop between the pairs took "));
}

}  // namespace
}  // namespace modelgate
