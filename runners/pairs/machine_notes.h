#pragma once

#include <string>
#include <vector>

namespace modelgate {

/// What of this machine's state bears on times: bound to fewer processors than there are, a load beyond them,
/// no randomisation of addresses. Empty where nothing does.
std::vector<std::string> machine_notes();

}  // namespace modelgate
