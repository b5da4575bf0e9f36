#include "runners/gpu/process_kinship.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace modelgate {
namespace {

GpuSample with(std::int64_t pid) {
  GpuSample sample;
  sample.processes = {{pid, 1024}};
  return sample;
}

/// A child that waits until it is told to end.
class Child {
 public:
  Child() {
    if (::pipe(ends_) != 0) return;
    pid_ = ::fork();
    if (pid_ != 0) return;
    char byte = 0;
    ::close(ends_[1]);
    (void)!::read(ends_[0], &byte, 1);
    ::_exit(0);
  }
  ~Child() { end(); }
  void end() {
    if (pid_ <= 0) return;
    ::close(ends_[1]);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  pid_t pid() const { return pid_; }

 private:
  int ends_[2] = {-1, -1};
  pid_t pid_ = 0;
};

TEST(process_kinship, we_and_our_children_are_ours_also_when_they_have_ended) {
  ProcessKinship kinship(true);
  Child child;
  const pid_t pid = child.pid();
  kinship.learn(with(::getpid()));
  kinship.learn(with(pid));
  child.end();
  kinship.learn(with(pid));
  EXPECT_EQ(kinship.of(::getpid()), Kin::ours);
  EXPECT_EQ(kinship.of(pid), Kin::ours);
}

TEST(process_kinship, another_process_of_the_machine_is_foreign) {
  ProcessKinship kinship(true);
  kinship.learn(with(1));
  EXPECT_EQ(kinship.of(1), Kin::foreign);
}

TEST(process_kinship, who_ended_before_we_could_look_is_not_called_foreign) {
  ProcessKinship kinship(true);
  pid_t pid = 0;
  {
    const Child child;
    pid = child.pid();
  }
  kinship.learn(with(pid));
  kinship.begin_turn();
  kinship.learn(with(pid));
  EXPECT_EQ(kinship.of(pid), Kin::unknown);
  EXPECT_EQ(kinship.of(12345), Kin::unknown);
}

TEST(process_kinship, who_was_on_the_device_before_us_is_foreign_in_a_container_too) {
  ProcessKinship kinship(false);
  kinship.learn_strangers(with(1));
  EXPECT_EQ(kinship.of(1), Kin::foreign);
}

TEST(process_kinship, in_a_container_a_number_of_the_host_is_foreign_in_its_third_turn_and_not_before) {
  ProcessKinship kinship(false);
  for (int turn = 0; turn < 2; ++turn) {
    kinship.begin_turn();
    for (int sample = 0; sample < 10; ++sample) kinship.learn(with(645400));
    EXPECT_EQ(kinship.of(645400), Kin::unknown) << turn;
  }
  kinship.begin_turn();
  kinship.learn(with(645400));
  EXPECT_EQ(kinship.of(645400), Kin::foreign);
}

}  // namespace
}  // namespace modelgate
