#pragma once

#include <map>
#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// What each gate of the plan says where nothing was planted, and where its worst was: what the suite is
/// tried on.
struct WholeVerdicts {
  std::map<std::string, Verdict> unharmed, harmed;  ///< By the gate's name.
};

}  // namespace modelgate
