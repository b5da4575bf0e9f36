#pragma once

#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// A short summary for scripts, one JSON object: {"schema": "modelgate/summary", "version": 1, "status",
/// "exit_code", "sentence", "first_release", "counts", "candidate", "baseline", "blocking": the checks that
/// failed, erred or could not be decided, "left_out", "warnings"}.
std::string summary_json(const Verdict& verdict);

}  // namespace modelgate
