#pragma once

#include <cstdint>

namespace intents {

/// Random numbers that are the same on every machine, which std's distributions are not: splitmix64 (Steele
/// et al. 2014), whole numbers only.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  /// One of 0 … sides − 1.
  std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(next() % sides); }
  bool chance(std::size_t per_thousand) { return roll(1000) < per_thousand; }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
  }

  std::uint64_t state_;
};

}  // namespace intents
