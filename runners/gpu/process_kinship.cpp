#include "runners/gpu/process_kinship.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <string>

namespace modelgate {
namespace {

// The number of the host's own list of processes, the same in every kernel.
constexpr ino_t list_of_host = 0xEFFFFFFC;

bool is_in_list_of_host() {
  struct stat list {};
  return ::stat("/proc/self/ns/pid", &list) != 0 || list.st_ino == list_of_host;
}

/// 0 if there is no such process, or nothing is told of it.
std::int64_t parent_of(std::int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(file, line);
  // The name in it may hold anything, so what follows the last ')' counts.
  const std::size_t end = line.rfind(')');
  long long parent = 0;
  char state = 0;
  if (end == std::string::npos || std::sscanf(line.c_str() + end + 1, " %c %lld", &state, &parent) != 2)
    return 0;
  return parent;
}

bool descends_from_us(std::int64_t pid) {
  const std::int64_t self = ::getpid();
  constexpr int deepest = 64;
  for (int depth = 0; depth < deepest && pid > 1; ++depth) {
    if (pid == self) return true;
    pid = parent_of(pid);
  }
  return false;
}

bool is_there(std::int64_t pid) { return ::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM; }

}  // namespace

ProcessKinship::ProcessKinship() : numbers_are_of_host_(is_in_list_of_host()) {}

void ProcessKinship::begin_turn() { ++turn_; }

void ProcessKinship::learn_strangers(const GpuSample& sample) {
  if (sample.processes)
    for (const GpuProcess& process : *sample.processes)
      if (!descends_from_us(process.pid)) known_[process.pid] = Kin::foreign;
  if (sample.activity)
    for (const GpuActivity& activity : *sample.activity)
      if (!descends_from_us(activity.pid)) known_[activity.pid] = Kin::foreign;
}

void ProcessKinship::learn(const GpuSample& sample) {
  if (sample.processes)
    for (const GpuProcess& process : *sample.processes) learn(process.pid);
  if (sample.activity)
    for (const GpuActivity& activity : *sample.activity) learn(activity.pid);
}

void ProcessKinship::learn(std::int64_t pid) {
  const auto found = known_.find(pid);
  if (found != known_.end() && found->second != Kin::unknown) return;
  Kin kin = Kin::unknown;
  if (descends_from_us(pid))
    kin = Kin::ours;
  else if (numbers_are_of_host_ && is_there(pid))
    kin = Kin::foreign;
  if (kin == Kin::unknown) {
    // The driver may tell of a process when its turn is over. None of ours sees a third one.
    std::set<std::int64_t>& turns = turns_[pid];
    turns.insert(turn_);
    if (turns.size() > 2) kin = Kin::foreign;
  }
  known_[pid] = kin;
}

Kin ProcessKinship::of(std::int64_t pid) const {
  const auto found = known_.find(pid);
  return found == known_.end() ? Kin::unknown : found->second;
}

}  // namespace modelgate
