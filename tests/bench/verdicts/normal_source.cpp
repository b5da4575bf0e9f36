// Normal numbers by the ziggurat (Marsaglia & Tsang 2000): the area under the curve is covered by 256 layers
// of equal area, so that 99 of 100 numbers cost one draw, a multiplication and a comparison. As Doornik
// (2005) advises, the layer and the place in it come from bits of their own.

#include "tests/bench/verdicts/normal_source.h"

#include <array>
#include <cmath>

namespace modelgate {
namespace {

constexpr int layers = 256;
constexpr double tail_begins = 3.6541528853610088;  // where the lowest layer's rectangle ends
constexpr double layer_area = 0.00492867323399141;  // of each of the 256 layers

double density(double x) { return std::exp(-0.5 * x * x); }

struct Ziggurat {
  std::array<double, layers + 1> right;  // the right edges of the layers, from the lowest to the peak
  std::array<double, layers> inner;      // the share of each layer that lies wholly under the curve

  Ziggurat() {
    right[0] = layer_area / density(tail_begins);
    right[1] = tail_begins;
    for (int i = 2; i < layers; ++i)
      right[i] = std::sqrt(-2 * std::log(layer_area / right[i - 1] + density(right[i - 1])));
    right[layers] = 0;
    for (int i = 0; i < layers; ++i) inner[i] = right[i + 1] / right[i];
  }
};

/// Beyond the lowest layer's rectangle (Marsaglia 1964).
double from_the_tail(RandomStream& random) {
  for (;;) {
    const double x = -std::log(1 - random.unit()) / tail_begins;
    const double y = -std::log(1 - random.unit());
    if (y + y >= x * x) return tail_begins + x;
  }
}

}  // namespace

double standard_normal(RandomStream& random) {
  static const Ziggurat ziggurat;
  for (;;) {
    const std::uint64_t bits = random.next();
    const auto layer = static_cast<std::size_t>(bits & (layers - 1));
    const double place = static_cast<double>(bits >> 11) * 0x1p-52 - 1;  // in [-1, 1)
    const double x = place * ziggurat.right[layer];
    if (std::abs(place) < ziggurat.inner[layer]) return x;
    if (layer == 0) return std::copysign(from_the_tail(random), place);
    const double low = density(ziggurat.right[layer]), high = density(ziggurat.right[layer + 1]);
    if (low + random.unit() * (high - low) < density(x)) return x;
  }
}

}  // namespace modelgate
