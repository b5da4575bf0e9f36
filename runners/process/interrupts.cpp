#include "runners/process/interrupts.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>

#include "runners/process/process.h"

namespace modelgate {
namespace {

// What the handler touches; lock-free, as a handler needs it.
std::atomic<bool> seen{false};
std::atomic<int> event{-1};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

extern "C" void remember_interrupt(int) {
  const int saved = errno;
  seen = true;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t ignored = ::write(event, &one, sizeof one);
  errno = saved;
}

}  // namespace

void watch_interrupts() {
  if (event >= 0) return;
  event = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  sigset_t watched;
  sigemptyset(&watched);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    // Who starts us by nohup, or in the background of a script, wants us to ignore these.
    const bool ignored = ::sigaction(number, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
    if (ignored && number != SIGTERM) continue;
    struct sigaction action {};
    action.sa_handler = remember_interrupt;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(number, &action, nullptr);
    sigaddset(&watched, number);
  }
  ::pthread_sigmask(SIG_UNBLOCK, &watched, nullptr);
}

bool interrupted() { return seen; }

int interrupt_descriptor() { return event; }

}  // namespace modelgate
