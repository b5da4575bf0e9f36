#pragma once

#include <span>
#include <vector>

namespace modelgate {

// Adjusted p-values in the order given: compare them with α itself. p-values outside [0, 1] and NaN throw
// std::invalid_argument; an empty family stays empty.

/// Holm (1979): the chance of even one false alarm stays below α, whatever the dependence.
std::vector<double> holm(std::span<const double> p_values);

/// Benjamini & Hochberg (1995): the share of false alarms among the alarms stays below α on average.
/// For exploring, not for blocking.
std::vector<double> benjamini_hochberg(std::span<const double> p_values);

}  // namespace modelgate
