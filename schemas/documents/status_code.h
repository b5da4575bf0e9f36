#pragma once

#include "schemas/documents/verdict.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// The exit code of a status; not_compared alone is an error: nothing was decided. The one place where a
/// verdict becomes what CI acts on.
ExitCode exit_code_of(Status status);

/// True if the verdict is inconclusive and yet does not block: its policy warns, at least one check passes by
/// itself (not by a waiver), and none is anything else than passed, inconclusive or not compared. Never where
/// the status contradicts the checks.
bool only_warns(const Verdict& verdict);

/// The exit code of a verdict: pass if it only warns, otherwise that of its status.
ExitCode exit_code_of(const Verdict& verdict);

}  // namespace modelgate
