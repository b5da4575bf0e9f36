#pragma once

#include <string>
#include <vector>

#include "schemas/documents/plan.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// Lets the failures pass that the waivers name: status pass, with the waiver's reason and day shown. Only a
/// proven failure can be waived: an error or an inconclusive check was not judged, and there is nothing to
/// accept. The verdict is valid no longer than the waivers it needs. A waiver past its day, and one that
/// meets no failure, is a warning of the verdict. Returns whether any check was changed.
bool apply_waivers(Verdict& verdict, const std::vector<Waiver>& waivers, const std::string& today);

}  // namespace modelgate
