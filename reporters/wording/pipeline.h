#pragma once

#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// "merge request 12, feature/x into main (from a fork), GitLab CI; target at 8d3c1f0a": where the verdict
/// was made and for which change, in a line; "" where nothing is known of it.
std::string pipeline_text(const Verdict& verdict);

}  // namespace modelgate
