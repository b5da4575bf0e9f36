#include "gates/unit/flakiness.h"

#include <algorithm>

namespace modelgate {
namespace {

// A test may have eleven attempts, and a report thousands of tests.
constexpr std::size_t most_of_an_attempt = 2048;

bool proves_nothing(CaseStatus status) {
  return status == CaseStatus::skipped || status == CaseStatus::not_run;
}

/// The attempt that counts instead of the last; nullptr if that does.
const Attempt* attempt_that_counts(const Case& test) {
  if (!proves_nothing(test.status)) return nullptr;
  const auto last = std::find_if(test.attempts.rbegin(), test.attempts.rend(),
                                 [](const Attempt& attempt) { return !proves_nothing(attempt.status); });
  return last == test.attempts.rend() ? nullptr : &*last;
}

}  // namespace

CaseStatus judged_status(const Case& test) {
  const Attempt* const attempt = attempt_that_counts(test);
  return attempt == nullptr ? test.status : attempt->status;
}

Case as_judged(const Case& test) {
  Case judged = test;
  if (const Attempt* const attempt = attempt_that_counts(test)) {
    judged.status = attempt->status;
    judged.message = attempt->message;
  }
  return judged;
}

FailureText hidden_failure(const Case& test) {
  if (!is_flaky(test.attempts)) return {};
  Case failed = test;
  for (const Attempt& attempt : test.attempts) {
    if (attempt.status == CaseStatus::passed || attempt.status == CaseStatus::skipped) continue;
    failed.message = attempt.message.empty() ? "(" + name_of(attempt.status) + ")" : attempt.message;
    break;
  }
  return failure_text(failed);
}

std::vector<Attempt> shown_attempts(const Case& test) {
  std::vector<Attempt> attempts = test.attempts;
  for (Attempt& attempt : attempts) {
    Case one;
    one.message = std::move(attempt.message);
    attempt.message = failure_text(one, most_of_an_attempt).details;
  }
  return attempts;
}

std::string attempts_in_words(const Case& test) {
  if (test.attempts.empty()) return "";
  const std::string count = std::to_string(test.attempts.size());
  return is_flaky(test.attempts) ? " only at attempt " + count : " (" + count + " attempts)";
}

}  // namespace modelgate
