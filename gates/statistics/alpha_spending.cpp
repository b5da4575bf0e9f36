// Looking at data more than once without being fooled.
//
// Method. Whoever tests at level α after 10, after 20 and after 40 samples and takes the first rejection is
// wrong more often than α. Alpha spending (Lan & DeMets, Biometrika 70:659, 1983) declares the looks before
// the first and gives each a part of α. O'Brien and Fleming's function saves nearly all for the end; Pocock's
// spends early, so that clear cases end early, and it is linear in α: a look's share of α does not depend on
// α. Therefore p/share, at its smallest over the looks, is itself a p-value (that at which one of the looks
// rejects just so), and any correction for many checks can be applied to it.
//
// The looks are joined by the union bound and not by their joint normal distribution, because the p-values
// of few samples are exact and discrete, and the normal theory is neither. It costs little: at three looks
// {10, 20, 40} the last may use 0.38 α, by normal theory 0.56 α.
//
// Limits: the looks must have been declared before the first, and all data seen must be judged at each.

#include "gates/statistics/alpha_spending.h"

#include <algorithm>
#include <cmath>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"

namespace modelgate {

double alpha_spent(Spending spending, double alpha, double fraction) {
  require(alpha > 0 && alpha < 1, "alpha is not within (0, 1)");
  require(fraction >= 0 && fraction <= 1, "the fraction is not within [0, 1]");
  if (fraction == 0) return 0;
  if (spending == Spending::pocock) return alpha * std::log1p(std::expm1(1.0) * fraction);
  return 2 * normal_upper(normal_quantile(1 - alpha / 2) / std::sqrt(fraction));
}

std::vector<double> look_shares(std::span<const std::int64_t> looks) {
  require(!looks.empty(), "there are no looks");
  std::int64_t before = 0;
  for (const std::int64_t look : looks) {
    require(look > before, "looks must rise, and the first be positive");
    before = look;
  }
  const auto spent_at = [&](std::int64_t look) {
    return std::log1p(std::expm1(1.0) * static_cast<double>(look) / static_cast<double>(looks.back()));
  };
  std::vector<double> shares;
  double spent = 0;
  for (const std::int64_t look : looks) {
    const double now = look == looks.back() ? 1 : spent_at(look);
    shares.push_back(now - spent);
    spent = now;
  }
  return shares;
}

double sequential_p(std::span<const double> p_values, std::span<const double> shares) {
  require(!p_values.empty() && p_values.size() <= shares.size(), "there is no share for every look");
  double smallest = 1;
  for (std::size_t k = 0; k < p_values.size(); ++k) {
    require(p_values[k] >= 0 && p_values[k] <= 1, "a p-value is not within [0, 1]");
    require(shares[k] > 0 && shares[k] <= 1, "a share is not within (0, 1]");
    smallest = std::min(smallest, p_values[k] / shares[k]);
  }
  return smallest;
}

}  // namespace modelgate
