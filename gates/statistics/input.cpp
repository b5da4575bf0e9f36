#include "gates/statistics/input.h"

#include <cmath>
#include <stdexcept>

namespace modelgate {

void require(bool condition, const char* what) {
  if (!condition) throw std::invalid_argument(what);
}

void require_values(std::span<const double> values, std::size_t least) {
  if (values.size() < least) {
    throw std::invalid_argument("at least " + std::to_string(least) + " values are needed, there are " +
                                std::to_string(values.size()));
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      throw std::invalid_argument("value " + std::to_string(i) + " is not a finite number");
    }
  }
}

void require_value(double value) { require(std::isfinite(value), "the value is not a finite number"); }

void require_tail(double tail) { require(tail > 0 && tail <= 0.5, "the tail must lie in (0, 0.5]"); }

}  // namespace modelgate
