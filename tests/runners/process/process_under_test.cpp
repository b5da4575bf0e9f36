// Does on request what a supervisor must cope with: process_under_test MODE [NUMBER]

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "runners/process/process.h"

extern char** environ;

namespace {

using namespace modelgate;

int say(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
  return 0;
}

[[noreturn]] void stay() {
  for (;;) ::pause();
}

int crash(int signal) {
  ::signal(signal, SIG_DFL);
  std::raise(signal);
  return 0;
}

int flood(long bytes) {
  const std::string block(1 << 16, 'x');
  std::fputs("begin\n", stdout);
  for (long left = bytes; left > 0; left -= static_cast<long>(block.size()))
    std::fwrite(block.data(), 1, block.size(), stdout);
  std::fputs("\nend\n", stdout);
  return std::fputs("done\n", stderr) < 0;
}

int allocate(long mebibytes) {
  const std::vector<char> memory(static_cast<std::size_t>(mebibytes) << 20, 1);
  say("allocated");
  stay();
}

/// As many children as asked for, each of which reads what the parent has written.
int share(long mebibytes, int children) {
  const std::vector<char> memory(static_cast<std::size_t>(mebibytes) << 20, 1);
  for (int i = 0; i < children; ++i)
    if (::fork() == 0) {
      long sum = 0;
      for (std::size_t k = 0; k < memory.size(); k += 1024) sum += memory[k];
      return say(std::to_string(sum));
    }
  while (::wait(nullptr) > 0) {
  }
  return say("shared");
}

/// A daemon as it is done since the seventies: two forks, a session of its own, no streams.
int daemonise(bool parent_stays) {
  int ready[2];
  if (::pipe2(ready, O_CLOEXEC) != 0) return 1;
  if (const pid_t first = ::fork(); first != 0) {
    ::waitpid(first, nullptr, 0);
  } else {
    ::setsid();
    if (::fork() != 0) ::_exit(0);
    ::signal(SIGTERM, SIG_IGN);
    ::signal(SIGHUP, SIG_IGN);
    for (int number = 0; number < 3; ++number) ::close(number);
    const pid_t self = ::getpid();
    if (::write(ready[1], &self, sizeof self) < 0) ::_exit(1);
    stay();
  }
  pid_t daemon = 0;
  if (::read(ready[0], &daemon, sizeof daemon) != sizeof daemon) return 1;
  say(std::to_string(daemon));
  if (parent_stays) stay();
  return 0;
}

int list_descriptors() {
  for (int number = 0; number < 4096; ++number)
    if (::fcntl(number, F_GETFD) >= 0) say(std::to_string(number));
  return 0;
}

int list_signals() {
  sigset_t blocked;
  ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action {};
    if (sigismember(&blocked, number) == 1) say("blocked " + std::to_string(number));
    if (::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN)
      say("ignored " + std::to_string(number));
  }
  return 0;
}

/// Supervises a process that ignores TERM, and tells the numbers of both and how it ended; then once more.
int supervise() {
  watch_interrupts();
  say(std::to_string(::getpid()));
  Supervisor supervisor;
  ProcessSpec spec;
  spec.argv = {"/proc/self/exe", "ignore-term"};
  spec.grace = std::chrono::minutes(5);
  spec.on_stdout_line = [](std::string_view line) { say(std::string(line)); };
  supervisor.start(spec);
  say(name_of(supervisor.wait()->second.ending));
  supervisor.start(spec);
  return say(name_of(supervisor.wait()->second.ending));
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  const long number = argc > 2 ? std::atol(argv[2]) : 0;
  const std::map<std::string, std::function<int()>> modes = {
      {"exit", [&] { return static_cast<int>(number); }},
      {"crash", [&] { return crash(static_cast<int>(number)); }},
      {"flood", [&] { return flood(number); }},
      {"allocate", [&] { return allocate(number); }},
      {"share", [&] { return share(number, 4); }},
      {"daemon", [] { return daemonise(false); }},
      {"daemon-stay", [] { return daemonise(true); }},
      {"descriptors", list_descriptors},
      {"signals", list_signals},
      {"environment",
       [] {
         for (char** entry = environ; *entry != nullptr; ++entry) say(*entry);
         return 0;
       }},
      {"arguments",
       [&] {
         for (int i = 2; i < argc; ++i) say(argv[i]);
         return 0;
       }},
      {"session", [] { return say(std::to_string(::getsid(0) == ::getpid())); }},
      {"folder",
       [] {
         char path[4096];
         return say(::getcwd(path, sizeof path));
       }},
      {"stay",
       [] {
         say(std::to_string(::getpid()));
         stay();
         return 0;
       }},
      {"ignore-term",
       [] {
         ::signal(SIGTERM, SIG_IGN);
         say(std::to_string(::getpid()));
         stay();
         return 0;
       }},
      {"close-streams",
       [] {
         say("closing");
         ::close(STDOUT_FILENO);
         ::close(STDERR_FILENO);
         stay();
         return 0;
       }},
      {"spin",
       [] {
         for (;;) std::atomic_signal_fence(std::memory_order_seq_cst);
         return 0;
       }},
      {"spin-in-child",
       [] {
         if (::fork() == 0)
           for (;;) std::atomic_signal_fence(std::memory_order_seq_cst);
         stay();
         return 0;
       }},
      {"supervise", supervise},
  };
  const auto found = modes.find(mode);
  return found == modes.end() ? 64 : found->second();
}
