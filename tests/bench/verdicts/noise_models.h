#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {

/// Where a source of noise stands within one run: its own random bits and what it remembers.
struct NoisePath {
  RandomStream random;
  std::int64_t position = 0;  ///< Of the next process.
  double memory = 0, kept = 0;
};

/// A source of noise over the processes of a run, one value a process, in the order in which they run.
class NoiseSource {
 public:
  virtual ~NoiseSource() = default;
  /// Puts the path at the beginning of a run. `run` is the same for all benchmarks of the run.
  virtual void begin(NoisePath& path, RandomStream run, std::size_t benchmark) const;
  /// The next values.
  virtual void extend(NoisePath& path, std::span<double> values) const = 0;
};

/// AR(1) with the variance 1: what there was a process ago remains by the factor ρ, 0 ≤ ρ < 1.
std::shared_ptr<const NoiseSource> autoregressive(double rho);

/// What disturbs the logarithm of a process's time: a part that all benchmarks of a process share (its luck:
/// layout, clocks, neighbours), and a part of each benchmark's own.
struct NoiseModel {
  std::string name, description;
  std::shared_ptr<const NoiseSource> shared, own;  ///< Never null.
  double shared_weight = 0, own_weight = 0;        ///< Brings the whole to the spread that is asked for.
};

/// The models, each scaled so that the value of a process has the robust spread (1.4826 MAD, over the first
/// 20 processes of many runs) `spread`, half of it in variance shared where the description says nothing
/// else.
std::vector<NoiseModel> noise_models(double spread, std::uint64_t seed);

/// The values of the first processes of a run, for one benchmark.
std::vector<double> noise_values(const NoiseModel& model, std::size_t processes, std::uint64_t seed,
                                 std::uint64_t stream);

/// 1.4826 MAD: of normal values their standard deviation.
double robust_spread(std::span<const double> values);

}  // namespace modelgate
