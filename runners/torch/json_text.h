#pragma once

#include <string>

namespace modelgate {

/// The shortest decimal text that reads back as the same number; it must be finite.
std::string json_number(float value);
std::string json_number(double value);

}  // namespace modelgate
