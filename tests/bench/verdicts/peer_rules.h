#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace modelgate {

/// The peers' decision rules for times, re-implemented from what they document and do. Each turns two samples
/// into a score and blocks where it lies above a threshold; none knows a margin or an answer "cannot tell".
enum class Peer : std::size_t { google_benchmark, benchstat, kayenta, nvbench, plain_5, plain_10 };
inline constexpr std::size_t peer_count = 6;

struct PeerDescription {
  std::string name, rule;
  double threshold;      ///< Of the score, as the peer sets it.
  bool has_own_scale;    ///< False where another peer already has the same score.
  std::string tuned_as;  ///< What a tuned threshold means.
};

const std::array<PeerDescription, peer_count>& peers();

/// How much reason each peer sees to block. At least two times on each side, all positive.
using PeerScores = std::array<double, peer_count>;
PeerScores score_by_peers(std::span<const double> baseline, std::span<const double> candidate);

/// Two-sided p-value of the U test as scipy.stats.mannwhitneyu gives it by default, which compare.py asks:
/// exact up to 8 values on one side if there are no ties, otherwise the normal approximation.
double p_of_scipy(std::span<const double> first, std::span<const double> second);

/// Two-sided exact p-value of the U test, as benchstat computes it.
double p_of_benchstat(std::span<const double> first, std::span<const double> second);

/// Kayenta's estimate of the shift experiment − control and the lower bound of its confidence interval: the
/// roots of the U statistic with continuity correction.
struct KayentaShift {
  double estimate = 0, lower = 0;
};
KayentaShift kayenta_shift(std::span<const double> control, std::span<const double> experiment,
                           double confidence);

}  // namespace modelgate
