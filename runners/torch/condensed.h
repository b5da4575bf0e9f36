#pragma once

#include <cstddef>
#include <vector>

namespace modelgate {

/// At most `most` values with the same quantiles: where there are more, evenly spaced order statistics,
/// ascending.
std::vector<double> condensed(std::vector<double> values, std::size_t most);

}  // namespace modelgate
