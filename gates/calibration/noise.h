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

/// What a plan allows and asks of a comparison of pairs, as log-ratios.
struct PairsPlan {
  double margin = 0;
  double alpha_pass = 0.05;
  double alpha_fail = 0.05;         ///< Of one check: corrected for their number.
  std::vector<std::int64_t> looks;  ///< The last is the number of pairs.
};

/// What the rule would say of pairs like those that were measured: draws from their differences, with a coin
/// for the sign, because both sides were the same. Pure: the same answers every time.
class LikePairs {
 public:
  /// At least one difference.
  explicit LikePairs(std::vector<double> differences) : differences_(std::move(differences)) {}

  /// The share of draws of a candidate that is worse by θ = `effect` that are blocked.
  double power_to_block(const PairsPlan& plan, double effect) const;
  /// The smallest θ that is blocked with this power; infinite if none up to a factor of a thousand is.
  double detectable(const PairsPlan& plan, double power) const;
  /// The share of draws of an equal candidate that pass.
  double power_to_pass(const PairsPlan& plan) const;
  /// The smallest margin that an equal candidate passes with this power; infinite if there is none.
  double passable_margin(const PairsPlan& plan, double power) const;
  /// The number of pairs, looked at by halves, with which an equal candidate passes with this power; none up
  /// to 320.
  std::optional<std::int64_t> pairs_to_pass(PairsPlan plan, double power) const;

 private:
  std::vector<double> drawn(std::uint64_t draw, std::int64_t pairs, double effect) const;

  std::vector<double> differences_;
};

}  // namespace modelgate
