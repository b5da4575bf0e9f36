#pragma once

#include "schemas/documents/verdict.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// The exit code of a status; not_compared alone is an error: nothing was decided. The one place where a
/// verdict becomes what CI acts on.
ExitCode exit_code_of(Status status);

}  // namespace modelgate
