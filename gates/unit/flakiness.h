#pragma once

#include <string>
#include <vector>

#include "gates/unit/failure_text.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// What counts of a test: its last attempt. But a failure stands that was followed only by skips, or by
/// attempts without an outcome: they prove nothing.
CaseStatus judged_status(const Case& test);
/// The test with the status and message of the attempt that counts.
Case as_judged(const Case& test);

/// The failure of a test that then passed, as of the first attempt that did not; empty if it is not flaky.
FailureText hidden_failure(const Case& test);

/// The attempts with their messages cut: the measurements have them whole.
std::vector<Attempt> shown_attempts(const Case& test);

/// " at attempt 2", " (3 attempts)", or nothing: what follows "passes" or "fails".
std::string attempts_in_words(const Case& test);

}  // namespace modelgate
