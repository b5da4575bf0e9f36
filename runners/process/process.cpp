#include "runners/process/process.h"

#include <cstring>

namespace modelgate {

std::string name_of(Ending ending) {
  switch (ending) {
    case Ending::exited:
      return "exited";
    case Ending::signalled:
      return "signalled";
    case Ending::timed_out:
      return "timed_out";
    case Ending::out_of_memory:
      return "out_of_memory";
    case Ending::cpu_limit:
      return "cpu_limit";
    case Ending::not_started:
      return "not_started";
    case Ending::interrupted:
      return "interrupted";
  }
  return "";
}

std::string ProcessOutcome::sentence() const {
  const auto limited = [&](const std::string& with, const std::string& without) {
    return limit.empty() ? without : with;
  };
  switch (ending) {
    case Ending::exited:
      return exit_code < 0 ? "ended in a way that was not seen"
                           : "exited with code " + std::to_string(exit_code);
    case Ending::signalled: {
      const char* name = ::sigabbrev_np(signal);
      return "was killed by " +
             (name == nullptr ? "signal " + std::to_string(signal) : std::string("SIG") + name) +
             (core_dumped ? " (core dumped)" : "");
    }
    case Ending::timed_out:
      return limited("did not end within " + limit, "did not end and was stopped");
    case Ending::out_of_memory:
      return limited("used more than " + limit + " of memory",
                     "was killed by the system, which ran out of memory");
    case Ending::cpu_limit:
      return limited("used more than " + limit + " of processor time", "used too much processor time");
    case Ending::not_started:
      return "could not be started: " + start_error;
    case Ending::interrupted:
      return "was interrupted";
  }
  return "";
}

ProcessOutcome run_process(ProcessSpec spec) {
  Supervisor supervisor;
  supervisor.start(std::move(spec));
  return std::move(supervisor.wait()->second);
}

}  // namespace modelgate
