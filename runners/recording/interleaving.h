#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace modelgate {

/// A process to run: which of the subjects, and in which pair.
struct Turn {
  std::size_t subject = 0;
  std::int64_t pair = 0;

  bool operator==(const Turn&) const = default;
};

/// The order in which processes of `subjects` (1 or 2) subjects run. With two, every pair tosses a coin of
/// its own, so that whatever the machine does, the sign of a pair's noise is fair and independent of all
/// others: sign and signed-rank tests of the pairs are then exact. A coin for two pairs (AB then BA) would
/// not do: noise that lasts for some processes makes the two alike, and a test at 5 % errs in up to 6 %.
std::vector<Turn> turns(std::int64_t pairs, std::size_t subjects, std::uint64_t seed);

}  // namespace modelgate
