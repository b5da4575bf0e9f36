#include "runners/pairs/pair_processor.h"

#include <gtest/gtest.h>
#include <sched.h>

#include "runners/process/process.h"

namespace modelgate {
namespace {

/// What a process that is started now may run on, as nproc counts it.
std::string processors_of_a_child() {
  ProcessSpec spec;
  spec.argv = {"nproc"};
  return run_process(spec).out.text;
}

int current_count() {
  cpu_set_t set;
  CPU_ZERO(&set);
  ::sched_getaffinity(0, sizeof set, &set);
  return CPU_COUNT(&set);
}

TEST(PairProcessorTest, binds_what_is_started_to_one_processor_and_frees_it_again) {
  const int before = current_count();
  {
    PairProcessor processor;
    EXPECT_EQ(static_cast<int>(processor.processors()), before);
    processor.bind(0);
    EXPECT_EQ(processors_of_a_child(), "1\n");
  }
  EXPECT_EQ(current_count(), before);
  EXPECT_EQ(processors_of_a_child(), std::to_string(before) + "\n");
}

TEST(PairProcessorTest, takes_another_processor_for_the_next_pair_and_the_same_for_the_same) {
  PairProcessor processor;
  std::vector<int> used;
  for (const int pair : {0, 0, 1, 1}) {
    processor.bind(pair);
    used.push_back(::sched_getcpu());
  }
  EXPECT_EQ(used[0], used[1]);
  EXPECT_EQ(used[2], used[3]);
  if (processor.processors() > 1) {
    EXPECT_NE(used[0], used[2]);
  }
}

}  // namespace
}  // namespace modelgate
