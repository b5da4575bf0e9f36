#pragma once

#include <cstdint>

namespace modelgate {

/// A stream of random bits that is a pure function of a seed and the stream's number: two threads that draw
/// from different streams get the same bits in whatever order they run, on every platform.
/// (SplitMix64: Steele, Lea & Flood 2014. Not for secrets.)
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint64_t stream) : state_(mix(mix(seed) + stream * step)) {}

  std::uint64_t next() { return mix(state_ += step); }

  /// Uniform in [0, bound), without bias (Lemire 2019). bound > 0.
  std::uint32_t below(std::uint32_t bound) {
    std::uint64_t product = half() * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
      const std::uint32_t threshold = -bound % bound;
      while (static_cast<std::uint32_t>(product) < threshold) product = half() * bound;
    }
    return static_cast<std::uint32_t>(product >> 32);
  }

  /// Uniform in [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  static constexpr std::uint64_t step = 0x9e3779b97f4a7c15;

  static std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
  }

  std::uint64_t half() {
    if (!has_spare_) {
      spare_ = next();
      has_spare_ = true;
      return spare_ >> 32;
    }
    has_spare_ = false;
    return spare_ & 0xffffffff;
  }

  std::uint64_t state_, spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace modelgate
