#pragma once

#include <string>
#include <vector>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// The check that is meant by its name, gate/name, or either with its slice. An Error (kind usage) where none
/// is called so, with the nearest ones, and where several are, with their addresses.
const Check& check_called(const Verdict& verdict, const std::string& name);

}  // namespace modelgate
