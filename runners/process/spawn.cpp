#include "runners/process/spawn.h"

#include <fcntl.h>
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

#include "runners/process/becoming.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

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
    // Absolute, because the child may work in another folder.
    const fs::path candidate = fs::absolute(fs::path(path.substr(begin, end - begin)) / name);
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
    in = spec.stdin_descriptor < 0
             ? above_streams(::open(input.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY))
             : Descriptor(::fcntl(spec.stdin_descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
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
