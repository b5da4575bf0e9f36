#include "runners/plan/results_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

// Tells a results folder from a folder that somebody named by mistake, whose content must not be removed.
constexpr char marker[] = ".modelgate-results";
constexpr char marker_text[] = "Results of `modelgate run`, which removes them and writes them anew.\n";

void remove_old(const fs::path& old) {
  std::error_code failure;
  fs::remove_all(old, failure);
  if (failure) throw infrastructure_error(old.string(), "cannot be removed: " + failure.message());
}

/// The marker, open and locked; -1 if another holds it. The system takes the lock back when we end, however
/// that comes.
int locked_marker(const fs::path& root) {
  const fs::path path = root / marker;
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file < 0)
    throw infrastructure_error(path.string(), std::string("cannot be written: ") + std::strerror(errno));
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    return -1;
  }
  if (::lseek(file, 0, SEEK_END) == 0) [[maybe_unused]]
    const ssize_t ignored = ::write(file, marker_text, sizeof marker_text - 1);
  return file;
}

}  // namespace

void ResultsFolder::forget_verdict() const {
  std::error_code ignored;
  if (!fs::exists(root / marker, ignored)) return;
  const int lock = locked_marker(root);
  if (lock < 0) return;  // it is not ours to forget
  for (const fs::path& old : {verdict(), junit(), summary(), job()}) fs::remove(old, ignored);
  ::close(lock);
}

HeldResults::HeldResults(const ResultsFolder& folder, const Verdict& verdict) {
  std::error_code failure;
  fs::create_directories(folder.root, failure);
  if (failure) throw infrastructure_error(folder.root.string(), "cannot be created: " + failure.message());
  if (!fs::exists(folder.root / marker, failure) && !fs::is_empty(folder.root, failure))
    throw usage_error(folder.root.string(), "is not empty and was not written by modelgate",
                      "Name another folder with --output; nothing was changed.");
  lock_ = locked_marker(folder.root);
  if (lock_ < 0)
    throw infrastructure_error(folder.root.string(), "another `modelgate run` is writing there",
                               "Wait for it, or name another folder with --output.");
  try {
    write_file(folder.verdict(), to_json(verdict));
    for (const fs::path& old : {folder.job(), folder.junit(), folder.summary(), folder.looks(), folder.runs(),
                                folder.gate_verdicts(), folder.examples(), folder.root / "measurements",
                                folder.logs(), folder.baseline(), folder.history()})
      remove_old(old);
  } catch (...) {
    ::close(lock_);
    throw;
  }
}

HeldResults::~HeldResults() { ::close(lock_); }

Verdict unfinished_verdict(const Plan& plan, const Subject& candidate, const std::string& sentence) {
  Verdict verdict;
  verdict.gate = "suite";
  verdict.gate_version = product_version();
  verdict.created = utc_now();
  verdict.status = Status::error;
  verdict.sentence = sentence;
  verdict.candidate = candidate;
  verdict.alpha_fail = plan.alpha_fail;
  verdict.alpha_pass = plan.alpha_pass;
  verdict.plan_digest = plan.digest;
  Check check;
  check.gate = "suite";
  check.name = "run";
  check.status = Status::error;
  check.reason = "not_finished";
  check.sentence = sentence;
  check.needs = "a run that gets to its end";
  verdict.checks.push_back(check);
  return verdict;
}

}  // namespace modelgate
