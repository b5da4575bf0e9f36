#pragma once

#include <cstdint>

namespace modelgate {

/// How much of a device a sample reads.
enum class Extent {
  nothing,
  clocks,  ///< The SM clock and why it is no higher, which a driver tells in microseconds.
  whole,
};

/// Decides what the next sample may read, so that sampling takes less than a hundredth of a processor
/// whatever the driver's calls cost.
class SamplingBudget {
 public:
  /// Of the time since the last call; at most so much is saved up that a pause leads to no burst.
  void passed(double seconds);
  /// A sample took so much time of a processor. The first few, in which the driver opens the device, are
  /// free.
  void spent(Extent extent, double processor_seconds);
  /// What there is time for.
  Extent next() const;

 private:
  double saved_ = 0;                         ///< Processor seconds; negative after an expensive sample.
  double clocks_cost_ = 0, whole_cost_ = 0;  ///< The last ones counting most.
  std::int64_t samples_ = 0;
};

}  // namespace modelgate
