#include "runners/process/running_child.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

namespace modelgate {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds sampling_interval{20};

/// Reads what is there, at most `most` bytes; closes the stream at its end.
void drain(Descriptor& stream, KeptStream& kept, std::size_t most) {
  std::array<char, 1 << 16> buffer;
  while (stream.is_open() && most > 0) {
    const ssize_t got = ::read(stream.number(), buffer.data(), std::min(buffer.size(), most));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return stream.close();
    kept.add({buffer.data(), static_cast<std::size_t>(got)});
    if (static_cast<std::size_t>(got) < std::min(buffer.size(), most)) return;  // the pipe is empty
    most -= static_cast<std::size_t>(got);
  }
}

}  // namespace

RunningChild::RunningChild(ProcessSpec asked_for)
    : spec(std::move(asked_for)),
      kept_out(spec.kept_bytes, spec.stdout_file, spec.on_stdout_line),
      kept_err(spec.kept_bytes, spec.stderr_file, nullptr) {}

void RunningChild::set_alarms() {
  if (spec.timeout.count() > 0) timeout_at = started + spec.timeout;
  if (spec.memory_limit_bytes > 0 || spec.cpu_seconds_limit > 0) sample_at = started + sampling_interval;
}

bool RunningChild::has_ended() const {
  siginfo_t info{};
  const auto pid = static_cast<id_t>(process.pid);
  return ::waitid(P_PID, pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0;
}

void RunningChild::ask_to_end(Ending ending, milliseconds grace) {
  const Clock::time_point latest = Clock::now() + grace;
  if (asked) {
    if (kill_at) kill_at = std::min(*kill_at, latest);
    return;
  }
  if (has_ended()) return;  // by itself, and is told so
  asked = ending;
  ::kill(-process.pid, SIGTERM);
  // A stopped process acts on nothing else.
  ::kill(-process.pid, SIGCONT);
  kill_at = latest;
}

void RunningChild::watch_use() {
  const Clock::time_point begin = Clock::now();
  const auto table = process_table();
  const TreeUse use = use_of_tree(process.pid, table);
  std::int64_t bytes = use.resident_bytes;
  const std::int64_t most = spec.memory_limit_bytes;
  // Workers that were forked share most of their memory: count exactly before anything is killed, and twice,
  // because shares grow while others end.
  for (int i = 0; i < 2 && most > 0 && bytes > most; ++i) bytes = proportional_bytes_of_tree(process.pid);
  peak_bytes = std::max(peak_bytes, bytes);
  if (most > 0 && bytes > most && asked != Ending::out_of_memory) {
    // No grace: it would be spent on using yet more.
    if (!asked) asked = Ending::out_of_memory;
    kill_at = begin;
  } else if (spec.cpu_seconds_limit > 0 && !asked &&
             use.cpu_seconds >= static_cast<double>(spec.cpu_seconds_limit)) {
    ask_to_end(Ending::cpu_limit, spec.grace);
  }
  // Where there are many processes, looking at them must not disturb what is measured.
  const Clock::time_point end = Clock::now();
  sample_at = end + std::max<Clock::duration>(sampling_interval, 20 * (end - begin));
}

void RunningChild::read_out(std::size_t most) { drain(process.out, kept_out, most); }
void RunningChild::read_err(std::size_t most) { drain(process.err, kept_err, most); }

}  // namespace modelgate
