#pragma once

#include <cstddef>
#include <string>

#include "runners/selftest/matrix.h"

namespace modelgate {

/// For people: a table of the checks with what each said to nothing, half the margin, twice the margin and a
/// gross regression; what else was stopped; what was not as expected and what to do about it. `trials`: how
/// often a gate was started. As wide as the terminal, if it goes to one.
std::string report_table(const Matrix& matrix, std::size_t trials);

/// Every row, as JSON.
std::string report_json(const Matrix& matrix, std::size_t trials);

}  // namespace modelgate
