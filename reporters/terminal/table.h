#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reporters/terminal/rows.h"
#include "reporters/wording/paint.h"

namespace modelgate {

/// The rows below a heading, in columns. Where `width` (40 at least) is too small for them, names are broken,
/// then the bounds go below the change, the gate before the name, and at last all numbers into a line of
/// their own.
std::string table_text(const std::vector<Row>& rows, std::size_t width, const Paint& paint);

}  // namespace modelgate
