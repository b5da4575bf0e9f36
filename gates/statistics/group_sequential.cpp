// The chance to cross boundaries when one looks at growing data several times.
//
// Method: S = Z·√information has independent normal increments, so the density of S among those not yet
// stopped follows from that of the look before by one integral (Armitage, McPherson & Rowe 1969, JRSS A
// 132:235; Jennison & Turnbull 2000, Group Sequential Methods, chapter 19). It is kept at the nodes of a
// Gauss–Legendre rule between the boundaries, in panels as narrow as the narrower of the increments on either
// side, which gives ten digits and more. Boundaries that spend a given error are found look by look.
//
// Assumption: the statistic is normal with known information, which means of many values are. Small samples
// with Student's t cross more often than this says. Limits: what is valid under any dependence or any time of
// stopping is alpha_spending.h's union bound and confidence_sequence.h.

#include "gates/statistics/group_sequential.h"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"

namespace modelgate {

namespace {

constexpr double far = 9;  // standard deviations; beyond lies less than 10^−18
using Rule = boost::math::quadrature::gauss<double, 10>;

double density(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi); }

/// The density of S among those that were not stopped, as weights at nodes. Before the first look: all at 0.
class NotStopped {
 public:
  explicit NotStopped(double drift) : drift_(drift), nodes_{0}, weights_{1} {}

  /// P(not stopped before, and Z ≥ z) at the next look, and P(…, and Z ≤ z).
  double beyond(double information, double z) const { return sum(information, z, normal_upper); }
  double below(double information, double z) const { return sum(information, z, normal_lower); }

  /// Goes on with those between the boundaries. `next`: the information of the look after, for the panels.
  void pass(const Look& look, double next) {
    const double center = drift_ * look.information, root = std::sqrt(look.information);
    const double low = std::max(look.lower * root, center - far * root);
    const double high = std::min(look.upper * root, center + far * root);
    std::vector<double> nodes, weights;
    if (low < high) {
      const double narrow = std::sqrt(std::min(look.information - information_, next - look.information));
      const auto panels = static_cast<int>(std::ceil((high - low) / std::max(narrow, (high - low) / 4000)));
      const double half = (high - low) / panels / 2;
      for (int panel = 0; panel < panels; ++panel) {
        const double middle = low + (2 * panel + 1) * half;
        for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
          for (const double side : {-1.0, 1.0}) {
            nodes.push_back(middle + side * half * Rule::abscissa()[i]);
            weights.push_back(half * Rule::weights()[i] * density_at(look.information, nodes.back()));
          }
        }
      }
    }
    nodes_ = std::move(nodes);
    weights_ = std::move(weights);
    information_ = look.information;
  }

 private:
  double sum(double information, double z, double (*tail)(double)) const {
    const double step = information - information_, s = z * std::sqrt(information);
    double total = 0;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      total += weights_[i] * tail((s - nodes_[i] - drift_ * step) / std::sqrt(step));
    }
    return total;
  }

  double density_at(double information, double s) const {
    const double step = information - information_, deviation = std::sqrt(step);
    double total = 0;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const double z = (s - nodes_[i] - drift_ * step) / deviation;
      if (std::abs(z) < far) total += weights_[i] * density(z);
    }
    return total / deviation;
  }

  double drift_, information_ = 0;
  std::vector<double> nodes_, weights_;
};

void require_information(std::size_t looks, const std::function<double(std::size_t)>& information) {
  require(looks >= 1, "there are no looks");
  require(looks <= 1000, "there are more than 1,000 looks");
  double before = 0;
  for (std::size_t k = 0; k < looks; ++k) {
    require(information(k) > before && std::isfinite(information(k)),
            "information must be positive and grow from look to look");
    before = information(k);
  }
}

/// `shape(k)` times the boundary that is sought at look k of K.
std::vector<Look> design(int looks, double boundary, Sides sides, double (*shape)(double share)) {
  std::vector<Look> result;
  for (int k = 1; k <= looks; ++k) {
    const double share = static_cast<double>(k) / looks, at = boundary * shape(share);
    result.push_back({share, sides == Sides::two ? -at : -std::numeric_limits<double>::infinity(), at});
  }
  return result;
}

double error_of(int looks, double boundary, Sides sides, double (*shape)(double share)) {
  const Crossing crossing = crossing_probabilities(design(looks, boundary, sides, shape));
  return crossing.total_upper() + crossing.total_lower();
}

double constant(double) { return 1; }
double falling(double share) { return 1 / std::sqrt(share); }

void require_classical(int looks, double alpha, Sides sides) {
  require(looks >= 1 && looks <= 1000, "the number of looks is not within [1, 1000]");
  require(alpha > 0 && alpha <= (sides == Sides::two ? 1 : 0.5), "alpha is out of range");
}

/// The boundary of a single look.
double single(double alpha, Sides sides) { return -normal_quantile(sides == Sides::two ? alpha / 2 : alpha); }

/// Where a falling function passes zero.
double solve(const std::function<double(double)>& excess, double low, double high) {
  const double at_low = excess(low), at_high = excess(high);
  if (at_low <= 0) return low;
  if (at_high >= 0) return high;
  std::uintmax_t steps = 200;
  const auto [a, b] = boost::math::tools::toms748_solve(excess, low, high, at_low, at_high,
                                                        boost::math::tools::eps_tolerance<double>(44), steps);
  return std::midpoint(a, b);
}

double classical(int looks, double alpha, Sides sides, double (*shape)(double share)) {
  require_classical(looks, alpha, sides);
  const double least = single(alpha, sides), most = single(alpha / looks, sides);
  return solve([&](double boundary) { return error_of(looks, boundary, sides, shape) - alpha; }, least, most);
}

}  // namespace

double Crossing::total_lower() const { return std::accumulate(lower.begin(), lower.end(), 0.0); }
double Crossing::total_upper() const { return std::accumulate(upper.begin(), upper.end(), 0.0); }

Crossing crossing_probabilities(std::span<const Look> looks, double drift) {
  require_value(drift);
  require_information(looks.size(), [&](std::size_t k) { return looks[k].information; });
  for (const Look& look : looks)
    require(look.lower < look.upper, "a lower boundary is not below the upper one");
  NotStopped density(drift);
  Crossing result;
  for (std::size_t k = 0; k < looks.size(); ++k) {
    const Look& look = looks[k];
    result.upper.push_back(
        std::isinf(look.upper) && look.upper > 0 ? 0 : density.beyond(look.information, look.upper));
    result.lower.push_back(
        std::isinf(look.lower) && look.lower < 0 ? 0 : density.below(look.information, look.lower));
    if (k + 1 < looks.size()) density.pass(look, looks[k + 1].information);
  }
  return result;
}

std::vector<double> spending_boundaries(std::span<const double> information, std::span<const double> spent) {
  require(information.size() == spent.size(), "there is not one spent error for each look");
  require_information(information.size(), [&](std::size_t k) { return information[k]; });
  double before = 0;
  for (const double error : spent) {
    require(error >= before && error <= 0.5, "the spent error must not fall and not exceed 0.5");
    before = error;
  }
  require(before > 0, "no error is spent");

  NotStopped density(0);
  std::vector<double> boundaries;
  before = 0;
  for (std::size_t k = 0; k < spent.size(); ++k) {
    const double increment = spent[k] - before;
    before = spent[k];
    boundaries.push_back(std::numeric_limits<double>::infinity());
    if (increment > 0) {
      // On a logarithmic scale, so that the small errors of early looks are as good as the rest.
      boundaries.back() = solve(
          [&](double z) { return std::log(std::max(density.beyond(information[k], z), 1e-300) / increment); },
          -far, 36);
    }
    if (k + 1 < spent.size()) {
      density.pass({information[k], -std::numeric_limits<double>::infinity(), boundaries.back()},
                   information[k + 1]);
    }
  }
  return boundaries;
}

double pocock_boundary(int looks, double alpha, Sides sides) {
  return classical(looks, alpha, sides, constant);
}

double obrien_fleming_boundary(int looks, double alpha, Sides sides) {
  return classical(looks, alpha, sides, falling);
}

double peeking_error(int looks, double alpha, Sides sides) {
  require_classical(looks, alpha, sides);
  return error_of(looks, single(alpha, sides), sides, constant);
}

}  // namespace modelgate
