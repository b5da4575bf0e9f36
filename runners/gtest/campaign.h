#pragma once

#include <chrono>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runners/gtest/batch_result.h"
#include "runners/gtest/batches.h"
#include "runners/gtest/listing.h"

namespace modelgate {

/// Runs the tests of one program: many in a process, several processes side by side, those that a process did
/// not come to in a further one, and those that failed again, where that is asked for.
class Campaign {
 public:
  struct Limits {
    std::size_t shards = 1;
    bool filtered = false;  ///< The list holds only a part of the program's tests.
    double test_timeout_seconds = 60;
    std::chrono::steady_clock::time_point deadline;  ///< Of all tests together.
    double timeout_seconds = 600;                    ///< What led to it, for people.
  };

  /// `program` and `list` outlive this; `scratch` is a folder of our own.
  Campaign(const TestProgram& program, const TestList& list, Limits limits, std::filesystem::path scratch);

  /// Runs all tests once.
  void run();
  /// Whether each test has passed at once, or was skipped.
  bool all_went_well() const;
  /// Runs every test that failed, crashed or timed out again, one at a time and in a process of its own, up
  /// to `most` times until it passes. All attempts are kept; a process that shows no outcome is a problem.
  void retry(std::size_t most);
  /// Adds the cases, problems and notes to the document; the last that is done with this.
  void tell(Measurements& measurements);

 private:
  struct Batch {
    std::vector<std::size_t> tests;
    bool by_report = false;  ///< What became of them is read from GoogleTest's report, not from its lines.
  };
  struct Running {
    Batch batch;
    std::unique_ptr<OutputWatch> watch;
    std::filesystem::path unfinished;  ///< Is there until RUN_ALL_TESTS has come to its end.
    std::filesystem::path report;
    bool silent = false, stopped = false;
  };
  using Clock = std::chrono::steady_clock;

  void plan();
  bool goes_on() const;
  void work(std::size_t shards);
  void put_first(const std::vector<std::vector<std::size_t>>& batches, bool by_report);
  void start(Batch batch);
  Clock::time_point silence_ends(const Running& running) const;
  void stop_what_takes_too_long();
  void finish(Running running, const ProcessOutcome& outcome);
  void take(std::size_t test, Case result);
  void take_from_report(const Running& running, const std::vector<std::size_t>& tests);
  void note_what_was_special(Measurements& measurements) const;

  const TestProgram& program_;
  const TestList& list_;
  const Limits limits_;
  const std::filesystem::path scratch_;

  std::unique_ptr<Batches> batches_;
  Supervisor supervisor_;
  std::deque<Batch> waiting_;
  std::map<Supervisor::Id, Running> running_;
  std::vector<Case> cases_;  ///< By index into the list.
  std::vector<Problem> problems_;
  bool retrying_ = false;
  std::size_t started_ = 0, processes_ = 0, further_processes_ = 0, cut_ = 0, by_report_ = 0;
  std::size_t not_retried_ = 0;  ///< Tests that time or an interrupt kept from a retry.
  std::string running_too_long_;
};

}  // namespace modelgate
