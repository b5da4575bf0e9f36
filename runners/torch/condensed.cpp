#include "runners/torch/condensed.h"

#include <algorithm>

namespace modelgate {

std::vector<double> condensed(std::vector<double> values, std::size_t most) {
  if (values.size() <= most) return values;
  std::sort(values.begin(), values.end());
  std::vector<double> quantiles;
  for (std::size_t i = 0; i < most; ++i)
    quantiles.push_back(values[(2 * i + 1) * values.size() / (2 * most)]);
  return quantiles;
}

}  // namespace modelgate
