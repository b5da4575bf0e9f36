#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tests/bench/verdicts/noise_models.h"

namespace modelgate {

/// One run of a suite: interleaved pairs of processes of baseline and candidate, in the order in which the
/// runner would start them, each process measuring all benchmarks. Values are logarithms of times; baseline
/// and candidate are equal. Measured as far as is asked for.
class Processes {
 public:
  /// `stream` tells this run from all others of the seed.
  Processes(const NoiseModel& model, std::size_t benchmarks, std::int64_t most_pairs, std::uint64_t seed,
            std::uint64_t stream);

  /// The next pairs of one benchmark: candidate less baseline.
  void measure(std::size_t benchmark, std::span<double> differences);
  /// The same, side by side.
  void measure(std::size_t benchmark, std::span<double> baseline, std::span<double> candidate);

 private:
  struct Place {
    NoisePath path;
    std::int64_t pairs = 0;
  };

  void values(std::size_t benchmark, std::size_t pairs);

  const NoiseModel& model_;
  std::vector<char> candidate_first_;
  NoisePath shared_path_;
  std::vector<double> shared_, own_;
  std::vector<Place> places_;
};

}  // namespace modelgate
