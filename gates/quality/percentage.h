#pragma once

#include <string>

namespace modelgate {

/// "1%" as 0.01, at most 100 %; a zero needs no unit. Errors: kind usage with the option.
double share_of(const std::string& option, const std::string& text);

}  // namespace modelgate
