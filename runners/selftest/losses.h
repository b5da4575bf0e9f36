#pragma once

#include <string>
#include <string_view>

#include "runners/selftest/laboratory.h"
#include "runners/selftest/matrix.h"
#include "runners/selftest/specimen.h"

namespace modelgate {

/// Plants what can get lost on the way from a runner to a gate: documents that are missing, empty, cut off,
/// or hold NaN or null, runs that crashed, series, processes and rows that are missing, data files that are
/// missing, cut off or changed. None may pass.
void plant_losses(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix);

/// The text of a document with the first number of `key` replaced; as it is where there is none.
std::string with_number_replaced(const std::string& text, const std::string& key, std::string_view by);

}  // namespace modelgate
