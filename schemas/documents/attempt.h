#pragma once

#include <string>
#include <vector>

namespace modelgate {

/// What happened to one test.
enum class CaseStatus {
  passed,
  failed,   ///< An assertion did not hold.
  skipped,  ///< The test said so itself, or is disabled.
  crashed,  ///< Ended its process: a signal, or a call of exit.
  timed_out,
  not_run,  ///< Listed, but no outcome was seen.
};

std::string name_of(CaseStatus status);

/// One of several runs of one test.
struct Attempt {
  CaseStatus status = CaseStatus::not_run;
  double seconds = 0;
  std::string message;  ///< Why it did not pass; may be empty.

  bool operator==(const Attempt&) const = default;
};

/// True if the last attempt passed and one before it did not: failed, crashed, timed out, or has no outcome.
bool is_flaky(const std::vector<Attempt>& attempts);

}  // namespace modelgate
