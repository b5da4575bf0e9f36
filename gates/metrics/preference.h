#pragma once

#include <cstdint>
#include <span>

#include "gates/statistics/t_interval.h"

namespace modelgate {

/// What a judge said of two answers to each of many prompts, asked in both orders.
struct PreferenceEstimate {
  StudentEstimate advantage;  ///< Of the win rate over ½, with its t bounds and p-values.
  std::int64_t prompts = 0;
  std::int64_t flips =
      0;  ///< Prompts of which the judge prefers one answer in one order, the other in the other.
  std::int64_t agreed_wins = 0, agreed_losses = 0;  ///< The same answer preferred in both orders.

  double win_rate() const { return 0.5 + advantage.estimate; }
  /// A judge that goes by position alone has 1. Beyond a declared limit nothing may be decided by it.
  double flip_rate() const { return static_cast<double>(flips) / static_cast<double>(prompts); }
};

/// `shown_first[i]` is what the model earned of prompt i where its answer stood first, `shown_second[i]`
/// where it stood second: 1 preferred, ½ a tie, 0 the other answer preferred. A prompt counts with the mean
/// of both, so that a preference for a place cancels. Prompts are the unit, or clusters of them by number.
/// Their order changes no bit. Errors (std::invalid_argument): other values, lengths that differ, fewer than
/// two units.
PreferenceEstimate preference(std::span<const double> shown_first, std::span<const double> shown_second,
                              std::span<const std::int64_t> cluster = {});

}  // namespace modelgate
