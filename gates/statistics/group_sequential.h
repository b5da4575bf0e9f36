#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace modelgate {

/// A look at the data gathered so far. Sampling stops where the standardised statistic Z is at or beyond a
/// boundary; an infinite boundary stops nothing.
struct Look {
  double information = 1;  ///< Grows from look to look: the share of all data, or their number.
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
};

/// The probabilities to stop first at each look.
struct Crossing {
  std::vector<double> lower, upper;
  double total_lower() const;
  double total_upper() const;
};

/// Of a statistic that is normal with independent increments: Z has the mean drift·√information and
/// variance 1. At least one look, at most 1,000; information positive and increasing; lower < upper.
Crossing crossing_probabilities(std::span<const Look> looks, double drift = 0);

/// Upper boundaries of Z that spend exactly the error `spent[k]` (cumulative, not decreasing, the last one in
/// (0, 0.5]) up to look k when there is no effect. Where nothing is spent the boundary is infinite.
std::vector<double> spending_boundaries(std::span<const double> information, std::span<const double> spent);

enum class Sides { one, two };

// Classical designs with equally spaced looks; `alpha` is the whole error, of both sides if there are two.

/// Pocock (1977): the same boundary at every look.
double pocock_boundary(int looks, double alpha, Sides sides);
/// O'Brien & Fleming (1979): the boundary of the last look; that of look k is √(looks/k) times it.
double obrien_fleming_boundary(int looks, double alpha, Sides sides);

/// The chance of a false alarm when every one of so many looks is judged as if it were the only one, at
/// `alpha`: what uncorrected peeking costs.
double peeking_error(int looks, double alpha, Sides sides);

}  // namespace modelgate
