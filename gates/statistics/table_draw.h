#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gates/statistics/random.h"

namespace modelgate {

/// A number of successes in n trials of probability p. p in [0, 1], n in [0, 2^32).
std::int64_t draw_binomial(RandomStream& random, std::int64_t n, double p);

/// Draws with replacement from units of a few kinds, in time that depends on the kinds and not on the units:
/// what a resample of millions of rows is when only the counts of a table matter.
class TableDraw {
 public:
  /// `multiplicity[k]` units of kind k, 1 to 2^32 − 1 in all.
  explicit TableDraw(std::span<const std::int64_t> multiplicity);

  /// As many units are drawn as there are: how many of each kind. Distributed as the counts of single draws
  /// are, but other numbers than draw_counts() gives.
  void draw(RandomStream random, std::span<std::int64_t> times) const;

 private:
  struct Kind {
    std::size_t number = 0;
    double share_of_rest = 1;  ///< Of the units that are neither of this kind nor of those before it.
  };
  std::size_t kinds_ = 0;
  std::int64_t units_ = 0;
  std::vector<Kind> frequent_;
  std::vector<std::uint32_t> kind_of_rare_unit_;
};

}  // namespace modelgate
