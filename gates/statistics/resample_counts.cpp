// Drawing with replacement, as counts.
//
// Every 64 random bits draw two units: a half is multiplied by the number of units, and the upper half of the
// product is the unit (Lemire 2019, ACM TOMACS 29:3). A half whose lower part falls below 2^32 mod n is not
// used, so that no unit is favoured; whether that can be is one comparison for both halves.

#include "gates/statistics/resample_counts.h"

#include <algorithm>

#include "gates/statistics/input.h"

namespace modelgate {

void draw_counts(RandomStream random, std::span<std::uint32_t> times) {
  require(times.size() < std::uint64_t{1} << 32, "there are too many units");
  std::fill(times.begin(), times.end(), 0u);
  const std::uint64_t size = times.size();
  if (size == 0) return;
  const std::uint64_t threshold = (std::uint64_t{1} << 32) % size;
  std::uint32_t* const count = times.data();
  std::uint64_t left = size;
  const auto draw = [&](std::uint64_t product) {
    if (static_cast<std::uint32_t>(product) < threshold) return;
    ++count[product >> 32];
    --left;
  };
  while (left > 1) {
    const std::uint64_t bits = random.next();
    const std::uint64_t first = (bits >> 32) * size, second = (bits & 0xffffffff) * size;
    if (std::min(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(second)) >= threshold) {
      ++count[first >> 32];
      ++count[second >> 32];
      left -= 2;
    } else {
      draw(first);
      draw(second);
    }
  }
  while (left > 0) {
    const std::uint64_t bits = random.next();
    draw((bits >> 32) * size);
    if (left > 0) draw((bits & 0xffffffff) * size);
  }
}

}  // namespace modelgate
