// Exact permutation distributions of rank sums, by dynamic programming over the possible sums.
//
// Ranks doubled are whole numbers even for ties, so that the distribution given the ties that were seen is
// as easy as the one without. Only non-negative numbers are added, so that tail probabilities keep their
// digits however small they are.

#include "gates/statistics/permutation.h"

#include <algorithm>
#include <numeric>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

std::size_t total_of(std::span<const long> scores) {
  for (const long score : scores) require(score >= 0, "a score is negative");
  return static_cast<std::size_t>(std::accumulate(scores.begin(), scores.end(), 0L));
}

}  // namespace

double ExactDistribution::at_most(long s) const {
  double sum = 0;
  for (long i = 0; i <= s && i < static_cast<long>(probability.size()); ++i) {
    sum += probability[static_cast<std::size_t>(i)];
  }
  return std::min(1.0, sum);
}

double ExactDistribution::at_least(long s) const {
  double sum = 0;
  for (long i = static_cast<long>(probability.size()) - 1; i >= 0 && i >= s; --i) {
    sum += probability[static_cast<std::size_t>(i)];
  }
  return std::min(1.0, sum);
}

ExactDistribution sum_of_random_signs(std::span<const long> scores) {
  ExactDistribution result;
  result.probability.assign(total_of(scores) + 1, 0.0);
  auto& p = result.probability;
  p[0] = 1;
  std::size_t reached = 0;
  for (const long score : scores) {
    const auto step = static_cast<std::size_t>(score);
    reached += step;
    for (std::size_t s = reached + 1; s-- > 0;) p[s] = 0.5 * p[s] + (s >= step ? 0.5 * p[s - step] : 0);
  }
  return result;
}

ExactDistribution sum_of_random_subset(std::span<const long> scores, std::size_t size) {
  require(size <= scores.size(), "more elements are drawn than there are");
  std::vector<long> sorted(scores.begin(), scores.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const std::size_t largest = total_of(std::span(sorted).first(size));

  // p[k][s]: among the elements seen so far, k are drawn and their sum is s, as a share of all subsets of the
  // final kind. The i-th element is drawn with a probability that depends only on how many are left to draw.
  std::vector<std::vector<double>> p(size + 1, std::vector<double>(largest + 1, 0.0));
  p[0][0] = 1;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const auto step = static_cast<std::size_t>(sorted[i]);
    const auto left = static_cast<double>(sorted.size() - i);
    for (std::size_t k = std::min(i + 1, size) + 1; k-- > 0;) {
      const double skipped = std::max(0.0, left - static_cast<double>(size - k)) / left;
      const double drawn = k > 0 ? static_cast<double>(size - k + 1) / left : 0;
      for (std::size_t s = largest + 1; s-- > 0;) {
        double next = p[k][s] * skipped;
        if (k > 0 && s >= step) next += p[k - 1][s - step] * std::min(1.0, drawn);
        p[k][s] = next;
      }
    }
  }
  return {std::move(p[size])};
}

}  // namespace modelgate
