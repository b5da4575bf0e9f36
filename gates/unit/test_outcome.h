#pragma once

#include <optional>
#include <string>

#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What a test did in the baseline and does in the candidate; nullptr where a side does not have it.
struct TestPair {
  std::string name;
  const Case* before = nullptr;
  const Case* now = nullptr;
};

/// How tests are judged.
struct TestRules {
  bool first_release = false;
  bool fail_on_flaky = false;  ///< A test that passed only when it was run again fails.
};

/// True for an outcome of a test that ran and did not pass.
bool is_bad(CaseStatus status);
/// True for an outcome of a test that ran.
bool ran(CaseStatus status);

/// The decision over one test, with its sentence. At least one side must have it; in a first release no test
/// has a `before`. One of the candidate that passed only when it was run again has the reason "flaky".
Check judge_test(const TestPair& test, const std::string& gate, const TestRules& rules);

}  // namespace modelgate
