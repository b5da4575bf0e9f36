#include "runners/selftest/scaled_samples.h"

#include <algorithm>
#include <cmath>

namespace modelgate {

Measurements scaled(Measurements measurements, const std::function<double(const SampleSeries&)>& factor) {
  for (Series& series : measurements.series) {
    auto& samples = std::get<SampleSeries>(series);
    const double by = factor(samples);
    for (ProcessSamples& process : samples.processes)
      for (double& value : process.values) value *= by;
  }
  return measurements;
}

std::string check_name(const SampleSeries& series) { return series.name + " " + series.quantity; }

double planted_ratio(Level level, double margin, bool rate) {
  constexpr double gross = 4;
  // A margin of nothing tolerates no worsening, and twice nothing would plant none.
  const double twice = margin > 0 ? 2 * margin : 0.02;
  switch (level) {
    case Level::half:
      return rate ? 1 - std::min(margin / 2, 0.99) : 1 + margin / 2;
    case Level::twice:
      return !rate ? 1 + twice : twice < 1 ? 1 - twice : std::pow(1 - std::min(margin, 0.99), 2);
    case Level::gross:
      // Whatever the margin is: one that lets this through is none.
      return rate ? 1 / gross : gross;
    case Level::none:
    case Level::other:
      break;
  }
  return 1;
}

double planted_ratio(Level level, const Check& check) {
  return planted_ratio(level, *check.margin / 100, check.direction == Direction::higher_is_better);
}

}  // namespace modelgate
