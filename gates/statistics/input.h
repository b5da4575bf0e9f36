#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace modelgate {

/// Throws std::invalid_argument with `what` if the condition does not hold (a NaN makes none hold).
void require(bool condition, const char* what);
/// Every value is a finite number, and there are at least `least` of them.
void require_values(std::span<const double> values, std::size_t least);
void require_value(double value);
/// In (0, 0.5].
void require_tail(double tail);

}  // namespace modelgate
