#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

namespace modelgate {

/// A process as /proc shows it. Internal to runners/process.
struct ProcessEntry {
  pid_t parent = 0;
  bool is_dead = false;    ///< Ended, and nobody has asked how.
  double cpu_seconds = 0;  ///< With that of the children that it has waited for.
  std::int64_t resident_bytes = 0;
};

/// The processes of other sessions than ours at one moment, by number: what descends from a child is never in
/// our session, and what other code of this program started is. Without the kernel's own, and some that do
/// not descend from us.
std::map<pid_t, ProcessEntry> process_table();

/// Those that descend from `root`, without it.
std::vector<pid_t> descendants_of(pid_t root, const std::map<pid_t, ProcessEntry>& table);

/// What a tree uses, `root` included.
struct TreeUse {
  double cpu_seconds = 0;
  std::int64_t resident_bytes = 0;  ///< What several of them share counts for each.
};
TreeUse use_of_tree(pid_t root, const std::map<pid_t, ProcessEntry>& table);

/// Resident memory of a tree in which what n of them share counts 1/n for each (PSS). Costs a walk over their
/// page tables.
std::int64_t proportional_bytes_of_tree(pid_t root);

/// How long the first thread of a process was ready to compute and had no processor; also of one that has
/// ended and was not buried. 0 where the kernel does not tell.
double delayed_seconds_of(pid_t pid);

/// How often the kernel has killed for want of memory, since it was started.
std::int64_t kernel_memory_kills();

/// Kills `root`, its process group and all its descendants.
void kill_tree(pid_t root);

/// While this lives, the process is nobody's orphan: its Supervisor answers for it.
class KnownChild {
 public:
  /// `start` makes the process and returns its number, or -1.
  template <typename Start>
  explicit KnownChild(Start start) {
    const std::lock_guard hold(mutex());
    pid_ = start();
    if (pid_ > 0) enter(pid_);
  }
  ~KnownChild();
  KnownChild(const KnownChild&) = delete;
  KnownChild& operator=(const KnownChild&) = delete;

 private:
  friend void kill_orphans();
  static std::mutex& mutex();
  static void enter(pid_t pid);
  pid_t pid_ = -1;
};

/// Kills and buries what ended children left behind: processes that have become ours because we are their
/// subreaper, with all that descends from them. A child is a subreaper too, so while it lives its orphans are
/// its own, and what comes to us belonged to one that has ended.
void kill_orphans();

}  // namespace modelgate
