#pragma once

#include <string>

namespace modelgate {

/// Whether a field's value is of the slice that a verdict calls so: it is that text, or a number in that bin
/// ("below 0", "0 to below 10", "10 and above").
bool is_of_slice(const std::string& value, const std::string& slice);

}  // namespace modelgate
