#pragma once

#include <cstddef>
#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

struct JunitStyle {
  bool file_line = false;           ///< testcase@file and @line, which Jenkins' strict reader refuses.
  std::size_t most_cases = 10'000;  ///< GitLab's advice; further checks are counted in the totals alone.
};

/// The verdict as JUnit XML: a suite for each gate, a test case for each check. A check that failed is a
/// <failure>; one that could not be judged an <error>; inconclusive an <error type="gate.Inconclusive">,
/// because <skipped> reads as green; not compared is <skipped>; a flaky pass has Surefire's
/// <flakyFailure> for each attempt before it, a failure <rerunFailure> for each after it; a waived failure
/// passes and says so in <system-out>. The totals are the verdict's counts. A verdict that blocks is never
/// all green.
std::string junit_text(const Verdict& verdict, const JunitStyle& style);

}  // namespace modelgate
