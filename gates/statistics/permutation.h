#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace modelgate {

/// The distribution of a whole-number statistic: probability[s] is P(S = s).
struct ExactDistribution {
  std::vector<double> probability;

  double at_most(long s) const;
  double at_least(long s) const;
};

/// S = the sum of those scores whose fair coin shows heads. Scores ≥ 0.
ExactDistribution sum_of_random_signs(std::span<const long> scores);

/// S = the sum of the scores of `size` elements drawn without replacement. Scores ≥ 0.
ExactDistribution sum_of_random_subset(std::span<const long> scores, std::size_t size);

/// Which order statistic of the averages or differences (counted from either end) is a bound, and with which
/// probability of error: the largest k with P(statistic ≤ k − 1) ≤ tail when there are no ties. k = 0: there
/// are too few values for any bound, and no p-value reaches the tail.
struct RankOrder {
  std::int64_t k = 0;
  double achieved_tail = 0;
};

/// How P-values were found.
enum class RankMethod {
  exact,   ///< All permutations of the ranks as they are, ties included.
  normal,  ///< The normal approximation with corrections for ties and continuity.
};

}  // namespace modelgate
