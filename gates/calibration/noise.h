#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schemas/documents/calibration.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// A series as one run measured it, with one subject in both places.
struct TwinSeries {
  const SampleSeries* baseline = nullptr;
  const SampleSeries* candidate = nullptr;
};

/// The noise of a benchmark over all runs; none where no run has two pairs.
std::optional<NoiseComponents> noise_of(const std::vector<TwinSeries>& runs);

/// What a plan allows and asks of a comparison of pairs. Effects and spreads as log-ratios.
struct PairsPlan {
  double margin = 0;
  double alpha_pass = 0.05;
  double alpha_fail = 0.05;         ///< Of one check: corrected for their number.
  std::vector<std::int64_t> looks;  ///< The last is the number of pairs.
};

/// The smallest θ that is blocked with this power; infinite if none is.
double detectable(const PairsPlan& plan, double spread, double power);
/// The power to pass where there is no difference.
double power_to_pass(const PairsPlan& plan, double spread);
/// The smallest margin that an equal candidate passes with this power; infinite if none is.
double passable_margin(const PairsPlan& plan, double spread, double power);
/// The number of pairs, looked at by halves, with which an equal candidate passes with this power; none up to
/// 2,000.
std::optional<std::int64_t> pairs_to_pass(PairsPlan plan, double spread, double power);

}  // namespace modelgate
