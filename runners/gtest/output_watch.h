#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runners/gtest/excerpt.h"
#include "runners/gtest/marker.h"
#include "runners/gtest/test_list.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// Where a test program stands, as far as it says so.
enum class Phase {
  before,              ///< Nothing was heard of GoogleTest yet: main() works.
  environment_set_up,  ///< Or right after it.
  suite,               ///< In a suite and in none of its tests: its set-up, its tear-down.
  test,
  between_suites,
  environment_tear_down,
  after,  ///< GoogleTest has said that all tests ran.
};

/// What was seen of a test in one process.
struct Sighting {
  bool started = false, ended = false;
  CaseStatus status = CaseStatus::passed;  ///< Of what has ended; the worst if it was run several times.
  double seconds = 0;
  std::string message;   ///< Of what failed or was skipped.
  AssertionPlace place;  ///< Of the first assertion that failed.
  bool cut = false;      ///< The message is not all that there was.
};

/// Follows the tests of one process by the lines that it prints.
class OutputWatch {
 public:
  /// `tests` (indices into `list`, which outlives this) are those that the process was asked to run, in the
  /// order of the list.
  OutputWatch(const TestList& list, std::vector<std::size_t> tests);

  /// A line of stdout, without its end.
  void line(std::string_view line);
  /// What comes from now on is not looked at: the process is being stopped.
  void freeze() { frozen_ = true; }

  const std::vector<std::size_t>& tests() const { return tests_; }
  /// Of tests()[position].
  const Sighting& sighting(std::size_t position) const { return sightings_[position]; }
  Phase phase() const { return phase_; }
  static constexpr std::size_t none = TestList::none;
  /// The position of the test that runs, or none.
  std::size_t running() const { return running_; }
  /// The position of the test that ended last, or none.
  std::size_t last_ended() const { return last_ended_; }
  /// The suite that phase() is in, or was in last.
  const std::string& suite() const { return suite_; }
  /// The number of tests that GoogleTest said it would run; -1 if it has not.
  std::int64_t announced() const { return announced_; }
  bool saw_a_suite() const { return !suite_.empty(); }

  /// When a line of GoogleTest's printer came last.
  std::chrono::steady_clock::time_point last_sign() const { return last_sign_; }

  /// What the running test has said, its failed assertions first.
  std::string said_by_test() const;
  /// What was printed outside of tests since the suite, or the global set-up or tear-down, began.
  std::string said_outside() const { return outside_.text(); }
  /// Failed assertions outside of suites: in main(), in the global set-up or tear-down.
  const std::string& failures_around() const { return failures_around_; }
  /// Suites with failed assertions in their set-up or tear-down, or with lines that look like them, and what
  /// was said there.
  const std::map<std::string, std::string>& suites_with_failures() const { return suites_with_failures_; }
  /// Suites that GoogleTest itself (1.11 and later) named as failed in set-up or tear-down.
  const std::set<std::string>& failed_suites() const { return failed_suites_; }
  /// What the global set-up said, if an assertion failed in it.
  const std::string& failed_environment() const { return failed_environment_; }
  /// What the global set-up said.
  const std::string& environment_said() const { return environment_said_; }

 private:
  void marked(const Marker& marker);
  void rule(std::string_view rest);
  void begin_test(std::size_t position);
  void end_test(std::size_t position, CaseStatus status, std::string_view rest);
  void text(std::string_view line);
  void leave_phase();
  std::size_t position_of(std::string_view name);

  const TestList& list_;
  std::vector<std::size_t> tests_;
  std::vector<std::uint32_t> positions_;  ///< By index into the list: the position plus one, or 0.
  std::vector<Sighting> sightings_;
  std::size_t next_ = 0;  ///< The position after the one found last: where the next test is likely to be.
  Phase phase_ = Phase::before;
  std::size_t running_ = none, last_ended_ = none;
  std::string suite_;
  std::int64_t announced_ = -1;
  std::chrono::steady_clock::time_point last_sign_;
  Excerpt said_, asserted_, outside_;
  bool assertion_outside_ = false, frozen_ = false;
  std::map<std::string, std::string> suites_with_failures_;
  std::set<std::string> failed_suites_;
  std::string failed_environment_, environment_said_, failures_around_;
};

}  // namespace modelgate
