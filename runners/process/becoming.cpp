#include "runners/process/becoming.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace modelgate {
namespace {

[[noreturn]] void give_up(const Orders& orders, Stage stage) {
  const Failure failure{stage, errno};
  [[maybe_unused]] const ssize_t ignored = ::write(orders.report, &failure, sizeof failure);
  ::_exit(127);
}

void close_all_but_streams_at_exec() {
  if (::close_range(3, ~0u, CLOSE_RANGE_CLOEXEC) == 0) return;
  // Before Linux 5.11: one by one.
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  const int last = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, 1 << 16));
  for (int number = 3; number < last; ++number)
    if (const int flags = ::fcntl(number, F_GETFD); flags >= 0) ::fcntl(number, F_SETFD, flags | FD_CLOEXEC);
}

void limit_cpu(rlim_t seconds) {
  rlimit limit{};
  ::getrlimit(RLIMIT_CPU, &limit);
  // A process at a time, so only a second net below the supervisor's, which counts the tree. The first is a
  // signal that can be caught, the second is not.
  limit.rlim_cur = std::min(seconds + 1, limit.rlim_max);
  limit.rlim_max = std::min(seconds + 2, limit.rlim_max);
  ::setrlimit(RLIMIT_CPU, &limit);
}

/// When memory is short, the kernel shall rather kill what we measure than what must tell of it.
void be_the_first_to_go() {
  const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  [[maybe_unused]] const ssize_t ignored = ::write(file, "500", 3);
  ::close(file);
}

}  // namespace

void become(const Orders& orders) {
  ::setsid();
  ::prctl(PR_SET_PDEATHSIG, orders.signal_on_parent_death);
  if (::getppid() != orders.parent) ::_exit(127);  // it died before it could be watched
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; ++number) ::sigaction(number, &action, nullptr);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  be_the_first_to_go();
  if (orders.cpu_seconds > 0) limit_cpu(orders.cpu_seconds);
  if (orders.folder != nullptr && ::chdir(orders.folder) != 0) give_up(orders, Stage::folder);
  // Ours are all above 2, so none is overwritten before it is used.
  if ((orders.in >= 0 && ::dup2(orders.in, STDIN_FILENO) < 0) ||
      (orders.out >= 0 && ::dup2(orders.out, STDOUT_FILENO) < 0) ||
      (orders.err >= 0 && ::dup2(orders.err, STDERR_FILENO) < 0))
    give_up(orders, Stage::streams);
  close_all_but_streams_at_exec();
  ::execve(orders.program, orders.argv, orders.environment);
  give_up(orders, Stage::program);
}

}  // namespace modelgate
