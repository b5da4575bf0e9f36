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

/// The order in which processes of `subjects` (1 or 2) subjects run. With two, pairs come in twos, AB then BA
/// or BA then AB by the toss of a coin, so that a steady drift of the machine cancels out and no subject is
/// always first.
std::vector<Turn> turns(std::int64_t pairs, std::size_t subjects, std::uint64_t seed);

}  // namespace modelgate
