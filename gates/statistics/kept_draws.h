#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

namespace modelgate {

struct BootstrapSettings;

/// Draws that are kept for other statistics of the same units: to draw a table takes longer than to compute
/// most statistics of it. Holds the last ones, up to a limit. For one thread at a time.
class KeptDraws {
 public:
  /// For each resample, how often each kind was drawn.
  using Draws = std::vector<std::uint32_t>;

  explicit KeptDraws(std::size_t most_bytes = std::size_t{4} << 20) : most_bytes_(most_bytes) {}

  /// What TableDraw gives for resample 0, 1, …, of these multiplicities; drawn unless it is there. Null where
  /// it would take more than the limit.
  std::shared_ptr<const Draws> of(std::span<const std::int64_t> multiplicity,
                                  const BootstrapSettings& settings);

 private:
  struct Kept {
    std::vector<std::int64_t> multiplicity;
    std::int64_t resamples = 0;
    std::uint64_t seed = 0;
    std::shared_ptr<const Draws> draws;
  };

  std::size_t most_bytes_, bytes_ = 0;
  std::deque<Kept> kept_;
};

}  // namespace modelgate
