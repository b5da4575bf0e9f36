#include "runners/process/ending.h"

#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <cstring>

namespace modelgate {
namespace {

/// "5 s", "0.25 s"
std::string in_seconds(std::chrono::milliseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(time.count()) / 1000);
  std::string said = text;
  said.erase(said.find_last_not_of('0') + 1);
  if (said.back() == '.') said.pop_back();
  return said + " s";
}

std::string in_mebibytes(std::int64_t bytes) {
  return bytes < (1 << 20) ? std::to_string(bytes) + " bytes" : std::to_string(bytes >> 20) + " MiB";
}

/// Why a process ended that nobody asked to: by itself, or because the kernel held it to a limit.
Ending own_ending(const ProcessOutcome& outcome, std::int64_t cpu_limit,
                  const std::function<bool()>& killed_for_memory) {
  if (outcome.exit_code >= 0) return Ending::exited;
  const bool killed = outcome.signal == SIGKILL;
  const bool at_cpu_limit = outcome.user_seconds + outcome.system_seconds >= static_cast<double>(cpu_limit);
  if (cpu_limit > 0 && (outcome.signal == SIGXCPU || (killed && at_cpu_limit))) return Ending::cpu_limit;
  return killed && killed_for_memory() ? Ending::out_of_memory : Ending::signalled;
}

/// The limit that a process broke; empty where it was the machine's, or the supervisor's own decision.
std::string broken_limit(const ProcessSpec& spec, Ending ending, bool was_asked) {
  if (ending == Ending::timed_out && spec.timeout.count() > 0) return in_seconds(spec.timeout);
  if (ending == Ending::cpu_limit) return in_seconds(std::chrono::seconds(spec.cpu_seconds_limit));
  if (ending == Ending::out_of_memory && was_asked) return in_mebibytes(spec.memory_limit_bytes);
  return "";
}

}  // namespace

void tell_ending(int status, const ProcessSpec& spec, std::optional<Ending> asked,
                 const std::function<bool()>& killed_for_memory, ProcessOutcome& outcome) {
  if (WIFEXITED(status)) {
    outcome.exit_code = WEXITSTATUS(status);
  } else {
    outcome.signal = WTERMSIG(status);
    outcome.core_dumped = WCOREDUMP(status);
  }
  outcome.ending = asked ? *asked : own_ending(outcome, spec.cpu_seconds_limit, killed_for_memory);
  outcome.limit = broken_limit(spec, outcome.ending, asked.has_value());
}

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

}  // namespace modelgate
