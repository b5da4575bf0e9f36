#pragma once

#include <limits>

// The rooms of this folder share three conventions.
//
//  - Invalid input (empty, too short, NaN, infinite, out of range, of different lengths) throws
//    std::invalid_argument. Valid input that has no answer (a variance of zero) is reported in the result.
//  - `tail` is the probability of error on one side: a one-sided 95 % bound has the tail 0.05, a two-sided
//    95 % interval the tail 0.025. It lies in (0, 0.5].
//  - p_greater(δ) is the p-value of "the true value is at most δ" (small: it is greater than δ), p_less(δ)
//    that of "at least δ".

namespace modelgate {

/// A lower and an upper confidence bound; infinite where the data give none.
struct Interval {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
};

}  // namespace modelgate
