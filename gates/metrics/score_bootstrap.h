#pragma once

#include <cstdint>
#include <span>

#include "gates/metrics/score_metrics.h"
#include "gates/statistics/bca.h"

namespace modelgate {

/// What two models scored on the same rows.
struct PairedScores {
  std::span<const double> first, second;
  std::span<const std::uint8_t> positive;  ///< 1 for each positive row.
  /// The cluster of each row, any numbers, where rows of a cluster are drawn together; empty: each row alone.
  std::span<const std::int64_t> cluster = {};
};

/// The metric of the first less that of the second, with its BCa bootstrap: what bootstrap() of bootstrap.h
/// gives, without touching a row again. The order of rows changes no bit (clusters must keep their numbers),
/// nor does the number of threads; with the models exchanged every replicate changes its sign and nothing
/// else. Resamples on which the metric of a model is not defined are counted as undefined.
/// Errors (std::invalid_argument): lengths that differ, NaN or infinite scores, fewer than two units, a level
/// or settings out of range.
Bootstrap paired_score_bootstrap(const PairedScores& scores, const ScoreMeasure& measure,
                                 const BootstrapSettings& settings = {});

/// The same of one model's metric, for a limit that it must keep.
Bootstrap score_bootstrap(std::span<const double> scores, std::span<const std::uint8_t> positive,
                          const ScoreMeasure& measure, const BootstrapSettings& settings = {},
                          std::span<const std::int64_t> cluster = {});

}  // namespace modelgate
