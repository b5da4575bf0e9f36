#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "runners/gtest/output_watch.h"
#include "runners/process/process.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// How the process of a batch ended, beyond what its outcome says.
struct BatchEnd {
  ProcessOutcome outcome;
  bool returned = false;  ///< RUN_ALL_TESTS came to its end.
  bool silent = false;    ///< It was stopped, because a test or what is around it took too long.
  double silence_seconds = 0;
  bool stopped = false;  ///< It was stopped for a reason that has nothing to do with it: nobody is to blame.
};

/// What is known after a process about the tests that it was asked to run.
struct BatchResult {
  std::vector<std::pair<std::size_t, Case>> cases;  ///< By index into the list.
  std::vector<std::size_t> again;   ///< Did not get their turn, because another test ended the process.
  std::vector<std::size_t> unseen;  ///< The process ended well and did not say what became of these.
  std::vector<Problem> problems;    ///< What went wrong and is no test's fault.
  std::size_t cut = 0;              ///< How many messages are not all that there was.
};

/// Tells from what was seen of a process what became of its tests, and who ended it if it did not end well:
/// the test that ran; the suite whose set-up or tear-down ran; the test before, if it happened between two.
/// `again` is always shorter than what the process was asked to run.
BatchResult conclude_batch(const TestList& list, const OutputWatch& watch, const BatchEnd& end);

/// The case of a test that was not run.
Case case_of(const ListedTest& test);

}  // namespace modelgate
