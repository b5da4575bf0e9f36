#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace modelgate {

/// Values in the order in which they came, thinned by position alone: once there are more than `most`, every
/// third one stays, again and again. What stays is no choice by size, so bounds of quantiles that hold for
/// all values hold for these. Steps are powers of three, so that inputs that take turns in twos, fours and
/// eights are all among them.
class KeptValues {
 public:
  explicit KeptValues(std::size_t most) : most_(most) { values_.reserve(most + 1); }

  void add(double value);

  const std::vector<double>& values() const { return values_; }
  std::int64_t step() const { return step_; }    ///< Every so manieth was kept.
  std::int64_t count() const { return count_; }  ///< All that were added.

 private:
  std::size_t most_;
  std::int64_t step_ = 1, count_ = 0;
  std::vector<double> values_;
};

}  // namespace modelgate
