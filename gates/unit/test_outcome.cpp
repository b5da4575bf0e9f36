#include "gates/unit/test_outcome.h"

#include "gates/unit/failure_text.h"
#include "gates/unit/flakiness.h"

namespace modelgate {
namespace {

struct Ruling {
  Status status;
  const char* reason;
};

/// The candidate no longer has the test.
Ruling gone(CaseStatus before) {
  switch (before) {
    case CaseStatus::passed:
      return {Status::fail, "test_vanished"};
    case CaseStatus::failed:
    case CaseStatus::crashed:
    case CaseStatus::timed_out:
      return {Status::not_compared, "known_failure_gone"};
    case CaseStatus::skipped:
      return {Status::not_compared, "skipped_gone"};
    case CaseStatus::not_run:
      break;
  }
  return {Status::error, "baseline_not_run"};
}

Ruling skipped_now(std::optional<CaseStatus> before) {
  // A test that no longer runs proves nothing.
  if (before == CaseStatus::passed) return {Status::fail, "newly_skipped"};
  if (before == CaseStatus::not_run) return {Status::error, "baseline_not_run"};
  return {Status::not_compared, "skipped"};
}

Ruling passes_now(std::optional<CaseStatus> before, bool first_release) {
  if (!before) return {Status::pass, first_release ? "passes" : "new_test"};
  if (is_bad(*before)) return {Status::pass, "fixed"};
  return {Status::pass, before == CaseStatus::passed ? "still_passes" : "passes"};
}

Ruling ruling(std::optional<CaseStatus> before, std::optional<CaseStatus> now, bool first_release) {
  if (!now) return gone(before.value_or(CaseStatus::not_run));
  const Ruling known = {Status::not_compared, "known_failure"};
  switch (*now) {
    case CaseStatus::passed:
      return passes_now(before, first_release);
    case CaseStatus::failed:
      return before && is_bad(*before) ? known : Ruling{Status::fail, "new_failure"};
    case CaseStatus::crashed:
      return before == CaseStatus::crashed ? known : Ruling{Status::fail, "new_crash"};
    case CaseStatus::timed_out:
      return before == CaseStatus::timed_out ? known : Ruling{Status::fail, "new_timeout"};
    case CaseStatus::skipped:
      return skipped_now(before);
    case CaseStatus::not_run:
      break;
  }
  return {Status::error, before == CaseStatus::passed ? "new_not_run" : "not_run"};
}

std::string word_before(CaseStatus status) {
  switch (status) {
    case CaseStatus::passed:
      return "passed in the baseline";
    case CaseStatus::failed:
      return "failed in the baseline";
    case CaseStatus::skipped:
      return "was skipped in the baseline";
    case CaseStatus::crashed:
      return "crashed in the baseline";
    case CaseStatus::timed_out:
      return "did not end in time in the baseline";
    case CaseStatus::not_run:
      break;
  }
  return "has no outcome in the baseline";
}

std::string word_now(CaseStatus status) {
  switch (status) {
    case CaseStatus::passed:
      return "passes";
    case CaseStatus::failed:
      return "fails";
    case CaseStatus::skipped:
      return "is skipped";
    case CaseStatus::crashed:
      return "crashes";
    case CaseStatus::timed_out:
      return "does not end in time";
    case CaseStatus::not_run:
      break;
  }
  return "has no outcome";
}

bool is_flaky(const Case* test) { return test != nullptr && is_flaky(test->attempts); }

std::string history(const TestPair& test, bool first_release) {
  const CaseStatus before = test.before == nullptr ? CaseStatus::not_run : judged_status(*test.before);
  const std::string then = word_before(before) + (is_flaky(test.before) ? " when it was run again" : "");
  if (test.now == nullptr) return then + " and is gone";
  const CaseStatus status = judged_status(*test.now);
  const std::string now = word_now(status) + attempts_in_words(*test.now);
  if (first_release)
    return now + (status == CaseStatus::passed ? "; first release, nothing to compare with" : "");
  if (test.before == nullptr) return "is new and " + now;
  if (before == status && is_flaky(test.before) == is_flaky(test.now)) return now + ", as in the baseline";
  return then + " and now " + now;
}

/// ": expected 3, got 2 (tests.cpp:41)"
std::string in_words(const FailureText& failure) {
  return (failure.words.empty() ? "" : ": " + failure.words) +
         (failure.place.empty() ? "" : " (" + failure.place + ")");
}

void judge_flakiness(const TestPair& test, bool fail_on_flaky, Check& check) {
  check.attempts = shown_attempts(*test.now);
  if (is_flaky(test.before) && !is_flaky(test.now))
    check.warnings.push_back("was flaky in the baseline" + in_words(hidden_failure(*test.before)));
  if (!is_flaky(test.now)) return;
  const FailureText failure = hidden_failure(*test.now);
  check.reason = "flaky";
  check.improved = false;
  check.details = failure.details;
  if (fail_on_flaky) {
    check.status = Status::fail;
    check.sentence += in_words(failure);
  } else {
    check.warnings.push_back("flaky, did not pass at first" + in_words(failure));
  }
}

}  // namespace

bool is_bad(CaseStatus status) {
  return status == CaseStatus::failed || status == CaseStatus::crashed || status == CaseStatus::timed_out;
}

bool ran(CaseStatus status) { return status == CaseStatus::passed || is_bad(status); }

Check judge_test(const TestPair& test, const std::string& gate, const TestRules& rules) {
  std::optional<CaseStatus> before, now;
  if (test.before != nullptr) before = judged_status(*test.before);
  if (test.now != nullptr) now = judged_status(*test.now);
  const auto [status, reason] = ruling(before, now, rules.first_release);
  Check check;
  check.gate = gate;
  check.name = test.name;
  check.status = status;
  check.reason = reason;
  check.improved = check.reason == "fixed";
  check.sentence = test.name + ": " + history(test, rules.first_release);
  if (status == Status::error) check.needs = "a run in which the test has an outcome";

  const Case shown = as_judged(test.now != nullptr ? *test.now : *test.before);
  check.file = shown.file;
  check.line = shown.line;
  if (test.now == nullptr) return check;
  judge_flakiness(test, rules.fail_on_flaky, check);
  if (shown.message.empty() || check.reason == "flaky") return check;
  const FailureText failure = failure_text(shown);
  check.details = failure.details;
  if (shown.status == CaseStatus::passed) {
    check.warnings.push_back(failure.words);
    return check;
  }
  check.sentence += in_words(failure);
  return check;
}

}  // namespace modelgate
