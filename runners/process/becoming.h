#pragma once

#include <sys/resource.h>
#include <sys/types.h>

namespace modelgate {

/// What could not be done in the child, as it reports it.
enum class Stage : int { folder, streams, program };
struct Failure {
  Stage stage;
  int number;  // errno
};

/// All that the child needs between vfork and exec, where nothing may be allocated.
struct Orders {
  const char* program;
  char* const* argv;
  char* const* environment;
  const char* folder;  // null: ours
  int in, out, err;    // -1: ours
  int report;
  pid_t parent;
  int signal_on_parent_death;
  rlim_t cpu_seconds;  // 0: no limit
};

/// The child's part, in our memory (vfork): only calls that are safe after a signal, and no return. What
/// fails is written to `report` as a Failure; nothing is, if the program runs. Internal to runners/process.
[[noreturn]] void become(const Orders& orders);

}  // namespace modelgate
