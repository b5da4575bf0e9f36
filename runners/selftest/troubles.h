#pragma once

#include <string>

#include "runners/selftest/matrix.h"

namespace modelgate {

/// What was not as expected, the worst first: check by check, with what was planted, what came of it and what
/// to do about it. Empty if all is as expected.
std::string troubles_text(const Matrix& matrix);

/// "2: performance/BM_infer real_time, quality/accuracy [lang=zh]", of the checks with that ruling.
std::string names_with(const Matrix& matrix, Ruling ruling);

/// The check that something was planted for, or "the whole gate".
std::string planted_name(const Planting& planted);

}  // namespace modelgate
