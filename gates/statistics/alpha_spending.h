#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace modelgate {

/// How an error probability is spent over the looks at data that still grow.
enum class Spending {
  obrien_fleming,  ///< Hardly anything at first: 2(1 − Φ(z_{α/2}/√t)), Lan & DeMets 1983.
  pocock           ///< Nearly alike at every look: α ln(1 + (e − 1)t), Lan & DeMets 1983.
};

/// What of `alpha` is spent when the share `fraction` (0 to 1) of all data has been seen. alpha in (0, 1).
double alpha_spent(Spending spending, double alpha, double fraction);

/// The share of α that each look may use: with Pocock's function it is the same for every α. `looks` are the
/// numbers of samples at which the data are looked at, rising, all declared before the first. They sum to 1.
std::vector<double> look_shares(std::span<const std::int64_t> looks);

/// A p-value that holds whenever one stops: the smallest α at which one of the looks so far rejects, if each
/// may use its share of α. `p_values[k]` is that of all data seen at look k, for the first looks of all.
/// By the union bound it needs nothing of how the looks depend on each other.
double sequential_p(std::span<const double> p_values, std::span<const double> shares);

}  // namespace modelgate
