#include "runners/process/process_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>

#include "runners/process/descriptor.h"

namespace modelgate {
namespace {

using Table = std::map<pid_t, ProcessEntry>;

/// The beginning of a file of /proc.
std::string beginning_of(const char* path) {
  const Descriptor file(::open(path, O_RDONLY | O_CLOEXEC));
  char buffer[4096];
  const ssize_t got = file.is_open() ? ::read(file.number(), buffer, sizeof buffer) : -1;
  return got > 0 ? std::string(buffer, static_cast<std::size_t>(got)) : std::string();
}

/// Reads a line of /proc/PID/stat (proc(5)). The name in it may hold anything, so what follows the last ')'
/// counts.
std::optional<ProcessEntry> entry_from(const std::string& stat) {
  static const double ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  static const std::int64_t page = ::sysconf(_SC_PAGESIZE);
  const std::size_t end_of_name = stat.rfind(')');
  if (end_of_name == std::string::npos || end_of_name + 2 >= stat.size()) return std::nullopt;
  ProcessEntry entry;
  entry.is_dead = stat[end_of_name + 2] == 'Z' || stat[end_of_name + 2] == 'X';
  // Fields from the fourth on: parent, group, session, …
  long long fields[21] = {};
  const char* at = stat.c_str() + end_of_name + 3;
  for (long long& field : fields) {
    char* end = nullptr;
    field = std::strtoll(at, &end, 10);
    if (end == at) return std::nullopt;
    at = end;
  }
  entry.parent = static_cast<pid_t>(fields[0]);
  entry.cpu_seconds = static_cast<double>(fields[10] + fields[11] + fields[12] + fields[13]) / ticks;
  entry.resident_bytes = fields[20] * page;
  return entry;
}

std::set<pid_t>& known_children() {
  static std::set<pid_t> known;
  return known;
}

/// Processes that can never become ours, because who loses its parent goes to an ancestor: those whose
/// ancestors lead to init past us. Remembered only for so long that no number of theirs can be used anew.
class Strangers {
 public:
  void forget_from_time_to_time() {
    const auto now = std::chrono::steady_clock::now();
    if (now < until_) return;
    pids_.clear();
    until_ = now + std::chrono::seconds(1);
  }
  bool contain(pid_t pid) const { return pids_.contains(pid); }
  void learn_from(const Table& table) {
    for (const auto& entry : table)
      if (leads_past_us(entry.first, table)) pids_.insert(entry.first);
  }

 private:
  bool leads_past_us(pid_t pid, const Table& table) const {
    static constexpr int deepest = 1000;
    for (int depth = 0; depth < deepest; ++depth) {
      const auto found = table.find(pid);
      if (found == table.end()) {
        // One of our own session, or the system's, is no child of ours; one that has ended proves nothing.
        const pid_t session = ::getsid(pid);
        return session == 0 || session == ::getsid(0);
      }
      pid = found->second.parent;
      if (pid == ::getpid()) return false;
      if (pid <= 1 || contain(pid)) return true;
    }
    return false;
  }

  std::set<pid_t> pids_;
  std::chrono::steady_clock::time_point until_;
};

/// Of one process (PSS); where the kernel does not tell, all that is resident.
std::int64_t proportional_bytes(pid_t pid, const Table& table) {
  const std::string path = "/proc/" + std::to_string(pid) + "/smaps_rollup";
  const std::string text = beginning_of(path.c_str());
  if (const std::size_t at = text.find("\nPss:"); at != std::string::npos)
    return std::strtoll(text.c_str() + at + 5, nullptr, 10) * 1024;
  static const bool kernel_tells = ::access("/proc/self/smaps_rollup", F_OK) == 0;
  const bool may_look = ::access(path.c_str(), R_OK) == 0 || errno == ENOENT;
  if (kernel_tells && may_look) return 0;  // it has ended in the meantime
  const auto found = table.find(pid);
  return found == table.end() ? 0 : found->second.resident_bytes;
}

bool has_any_child() {
  siginfo_t info{};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

std::vector<pid_t> orphans_in(const Table& table) {
  const pid_t self = ::getpid();
  std::vector<pid_t> orphans;
  for (const auto& [pid, entry] : table)
    if (entry.parent == self && !known_children().contains(pid)) orphans.push_back(pid);
  return orphans;
}

}  // namespace

Table process_table() {
  // Looking at children that end in quick succession must not cost as much as they do.
  thread_local Strangers strangers;
  strangers.forget_from_time_to_time();
  Table table;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir("/proc"), ::closedir);
  if (!folder) return table;
  const pid_t our_session = ::getsid(0);
  while (const dirent* item = ::readdir(folder.get())) {
    const char* end = item->d_name + std::strlen(item->d_name);
    pid_t pid = 0;
    if (const auto [last, failure] = std::from_chars(item->d_name, end, pid);
        failure != std::errc() || last != end || strangers.contain(pid))
      continue;
    // Reading about a process costs a hundred times as much as asking for its session.
    const pid_t session = ::getsid(pid);
    if (session <= 0 || session == our_session) continue;
    char path[64];
    std::snprintf(path, sizeof path, "/proc/%d/stat", pid);
    if (const auto entry = entry_from(beginning_of(path))) table.emplace_hint(table.end(), pid, *entry);
  }
  strangers.learn_from(table);
  return table;
}

std::vector<pid_t> descendants_of(pid_t root, const Table& table) {
  std::multimap<pid_t, pid_t> children;
  for (const auto& [pid, entry] : table) children.emplace(entry.parent, pid);
  std::vector<pid_t> found = {root};
  // The table is not of one instant, so guard against a circle of numbers used anew.
  std::set<pid_t> seen = {root};
  for (std::size_t i = 0; i < found.size(); ++i)
    for (auto [child, end] = children.equal_range(found[i]); child != end; ++child)
      if (seen.insert(child->second).second) found.push_back(child->second);
  found.erase(found.begin());
  return found;
}

TreeUse use_of_tree(pid_t root, const Table& table) {
  TreeUse use;
  std::vector<pid_t> tree = descendants_of(root, table);
  tree.push_back(root);
  for (const pid_t pid : tree)
    if (const auto found = table.find(pid); found != table.end()) {
      use.cpu_seconds += found->second.cpu_seconds;
      use.resident_bytes += found->second.resident_bytes;
    }
  return use;
}

std::int64_t proportional_bytes_of_tree(pid_t root) {
  const Table table = process_table();
  std::vector<pid_t> tree = descendants_of(root, table);
  tree.push_back(root);
  std::int64_t bytes = 0;
  for (const pid_t pid : tree) bytes += proportional_bytes(pid, table);
  return bytes;
}

double delayed_seconds_of(pid_t pid) {
  // "computed waited slices", the first two in nanoseconds.
  std::ifstream file("/proc/" + std::to_string(pid) + "/schedstat");
  double computed = 0, waited = 0;
  return file >> computed >> waited ? waited / 1e9 : 0;
}

std::int64_t kernel_memory_kills() {
  std::ifstream file("/proc/vmstat");
  std::string name;
  for (std::int64_t count = 0; file >> name >> count;)
    if (name == "oom_kill") return count;
  return 0;
}

void kill_tree(pid_t root) {
  ::kill(-root, SIGKILL);
  ::kill(root, SIGKILL);
  // A process made in the meantime is its parent's orphan, and is killed as such.
  for (const pid_t pid : descendants_of(root, process_table())) ::kill(pid, SIGKILL);
}

std::mutex& KnownChild::mutex() {
  static std::mutex known_mutex;
  return known_mutex;
}

void KnownChild::enter(pid_t pid) { known_children().insert(pid); }

KnownChild::~KnownChild() {
  const std::lock_guard hold(KnownChild::mutex());
  known_children().erase(pid_);
}

void kill_orphans() {
  using Clock = std::chrono::steady_clock;
  const std::lock_guard hold(KnownChild::mutex());
  // What cannot be killed (another user's, or waiting for a disk) must not hold us up for ever.
  const Clock::time_point enough = Clock::now() + std::chrono::seconds(1);
  std::chrono::microseconds pause{100};
  // Burying an orphan makes its children our orphans.
  while (has_any_child() && Clock::now() < enough) {
    const Table table = process_table();
    const std::vector<pid_t> orphans = orphans_in(table);
    if (orphans.empty()) return;
    bool buried = false;
    for (const pid_t pid : orphans) {
      if (!table.at(pid).is_dead) {
        ::kill(pid, SIGKILL);
        for (const pid_t descendant : descendants_of(pid, table)) ::kill(descendant, SIGKILL);
      }
      buried = ::waitpid(pid, nullptr, WNOHANG) == pid || buried;
    }
    if (buried) continue;
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, std::chrono::microseconds(10'000));
  }
}

}  // namespace modelgate
