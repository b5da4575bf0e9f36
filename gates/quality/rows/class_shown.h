#pragma once

#include <string>

#include "gates/quality/rows/answers.h"

namespace modelgate {

/// The name of a class as a message can show it: its beginning, or that labels are redacted.
std::string class_shown(const Answers& answers, std::int32_t number, std::size_t bytes = 80);

}  // namespace modelgate
