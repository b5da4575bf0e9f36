#pragma once

#include <sys/types.h>

#include <string>

#include "runners/process/descriptor.h"
#include "runners/process/process.h"

namespace modelgate {

/// A process that was started. Internal to runners/process.
struct Spawned {
  pid_t pid = -1;
  Descriptor ending;        ///< A pidfd: readable when the process has ended. Not open on kernels before 5.3.
  Descriptor out, err;      ///< The ends to read from; not open when it has our streams.
  std::string start_error;  ///< Why there is no process: "no such program: x".
};

/// Starts a process in a session of its own, as its own subreaper, which dies when this thread does. Nothing
/// of ours is open in it but stdin, stdout and stderr, no signal is blocked or ignored. Errors: kind
/// infrastructure if stdin's file cannot be read.
Spawned spawn(const ProcessSpec& spec);

}  // namespace modelgate
