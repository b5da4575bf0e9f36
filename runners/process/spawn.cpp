#include "runners/process/spawn.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

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

/// The child's part, in our memory (vfork): only calls that are safe after a signal, and no return.
[[noreturn]] void become(const Orders& orders) {
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

/// Moves a descriptor out of the way of the three streams, which may be closed in our process.
Descriptor above_streams(int number) {
  if (number < 0 || number > STDERR_FILENO) return Descriptor(number);
  const Descriptor low(number);
  return Descriptor(::fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

struct Pipe {
  Descriptor read, write;
  bool open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    read = above_streams(ends[0]);
    write = above_streams(ends[1]);
    return read.is_open() && write.is_open();
  }
  /// For a stream: we never wait for it, and the process seldom waits for us.
  bool open_for_stream() {
    if (!open()) return false;
    ::fcntl(write.number(), F_SETPIPE_SZ, 1 << 18);
    return ::fcntl(read.number(), F_SETFL, O_NONBLOCK) == 0;
  }
};

std::map<std::string, std::string> environment_for(const ProcessSpec& spec) {
  std::map<std::string, std::string> environment = spec.environment;
  for (const char* name : {"PATH", "HOME", "LANG", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES"})
    if (const char* value = std::getenv(name)) environment.emplace(name, value);
  return environment;
}

/// Finds the program as execvp would; an empty path and the reason if there is none.
std::string find_in_path(const std::string& name, const std::string& path, std::string& why_not) {
  why_not = "no such program: " + name;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const fs::path candidate = fs::path(end > begin ? path.substr(begin, end - begin) : ".") / name;
    struct stat status {};
    if (::stat(candidate.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
      if (::access(candidate.c_str(), X_OK) == 0) return candidate;
      why_not = "permission denied: " + candidate.string();
    }
    begin = end + 1;
  }
  return "";
}

std::string reason_of(const Failure& failure, const ProcessSpec& spec, const std::string& program) {
  const std::string said = std::strerror(failure.number);
  if (failure.stage == Stage::folder) return "cannot work in " + spec.folder.string() + ": " + said;
  if (failure.stage == Stage::streams) return "cannot connect its streams: " + said;
  std::error_code ignored;
  const fs::path path = spec.folder.empty() ? fs::path(program) : spec.folder / program;
  switch (failure.number) {
    case ENOENT:
      if (fs::exists(path, ignored))
        return "what should run it (its interpreter, or its dynamic loader) is missing: " + program;
      [[fallthrough]];
    case ENOTDIR:
      return "no such program: " + program;
    case EACCES:
      if (fs::is_directory(path, ignored)) return "it is a folder: " + program;
      return "permission denied: " + program;
    case ENOEXEC:
      return "neither a program for this machine nor a script with '#!': " + program;
    case E2BIG:
      return "its arguments and environment are too long: " + program;
    default:
      return said + ": " + program;
  }
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Starts the child and waits until it is the program. Signals are held back: a handler of ours that ran in
/// the child would run in our memory.
pid_t start_child(const Orders& orders) {
  sigset_t all, before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t pid = ::vfork();
  if (pid == 0) become(orders);
  const int failure = errno;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = failure;
  return pid;
}

bool holds_zero(const std::string& text) { return text.find('\0') != std::string::npos; }

}  // namespace

Spawned spawn(const ProcessSpec& spec) {
  Spawned result;
  const auto refused = [&](const std::string& why) {
    result.start_error = why;
    return std::move(result);
  };
  if (spec.argv.empty() || spec.argv.front().empty()) return refused("no program is named");

  std::vector<std::string> argv = spec.argv, environment;
  for (const auto& [name, value] : environment_for(spec)) environment.push_back(name + "=" + value);
  if (std::any_of(argv.begin(), argv.end(), holds_zero) ||
      std::any_of(environment.begin(), environment.end(), holds_zero))
    return refused("an argument or variable holds a zero byte");

  std::string program = argv.front();
  if (program.find('/') == std::string::npos) {
    const auto variables = environment_for(spec);
    const auto path = variables.find("PATH");
    std::string why_not;
    program = find_in_path(program, path == variables.end() ? "/usr/bin:/bin" : path->second, why_not);
    if (program.empty()) return refused(why_not);
  }

  Pipe out, err, report;
  Descriptor in;
  if (!spec.inherit_streams) {
    const fs::path input = spec.stdin_file.empty() ? fs::path("/dev/null") : spec.stdin_file;
    in = above_streams(::open(input.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!in.is_open())
      throw infrastructure_error(input.string(), std::string("cannot be read: ") + std::strerror(errno));
    if (!out.open_for_stream() || !err.open_for_stream()) return refused(std::strerror(errno));
  }
  if (!report.open()) return refused(std::strerror(errno));

  const std::vector<char*> argv_pointers = pointers_to(argv), environment_pointers = pointers_to(environment);
  const Orders orders{.program = program.c_str(),
                      .argv = argv_pointers.data(),
                      .environment = environment_pointers.data(),
                      .folder = spec.folder.empty() ? nullptr : spec.folder.c_str(),
                      .in = in.number(),
                      .out = out.write.number(),
                      .err = err.write.number(),
                      .report = report.write.number(),
                      .parent = ::getpid(),
                      .signal_on_parent_death = spec.term_on_parent_death ? SIGTERM : SIGKILL,
                      .cpu_seconds = static_cast<rlim_t>(std::max<std::int64_t>(spec.cpu_seconds_limit, 0))};
  const pid_t pid = start_child(orders);
  if (pid < 0) return refused(std::strerror(errno));

  // Nothing in the pipe: it was closed by exec, so the program runs.
  report.write.close();
  Failure failure{};
  ssize_t got = 0;
  do got = ::read(report.read.number(), &failure, sizeof failure);
  while (got < 0 && errno == EINTR);
  if (got == static_cast<ssize_t>(sizeof failure)) {
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    return refused(reason_of(failure, spec, program));
  }

  result.pid = pid;
  // A pidfd is made close-on-exec.
  result.ending = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  result.out = std::move(out.read);
  result.err = std::move(err.read);
  return result;
}

}  // namespace modelgate
