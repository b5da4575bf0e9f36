// The distributions, from Boost.Math, in the only file that includes them: its headers cost seconds to
// compile.

#include "gates/statistics/distributions.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/owens_t.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

void require_binomial(std::int64_t n, double p) {
  require(n >= 0, "the number of trials is negative");
  require(p >= 0 && p <= 1, "the probability is not within [0, 1]");
}

/// P(χ²/df < ((Z + shift)/t)²), which Z hardly moves where the shift is large, by integration over Z.
double far_noncentral_upper(double t, double df, double shift) {
  if (shift < 0) return 1 - far_noncentral_upper(-t, df, -shift);
  if (t <= 0 || std::isinf(shift)) return 1;
  const auto below = [&](double z) {
    const double root = (z + shift) / t;
    const double p = root < 1e10 ? boost::math::gamma_p(df / 2, df / 2 * root * root) : 1;
    return p * std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  };
  const double p = boost::math::quadrature::gauss_kronrod<double, 31>::integrate(below, -9, 9, 15, 1e-12);
  return std::clamp(p, 0.0, 1.0);
}

/// Of double precision throughout. The extended one, which Boost takes else, costs three times as much, and
/// the probabilities differ by 2e-13 of themselves at most (300,000 random t from 0.001 to 1000 and degrees
/// of freedom from 0.1 to 1e8, down to p = 1e-290).
using Student = boost::math::students_t_distribution<
    double, boost::math::policies::policy<boost::math::policies::promote_double<false>>>;

boost::math::binomial binomial(std::int64_t n, double p) { return {static_cast<double>(n), p}; }

}  // namespace

double normal_lower(double z) {
  require(!std::isnan(z), "the value is not a number");
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

double normal_upper(double z) { return normal_lower(-z); }

double normal_quantile(double p) {
  require(p >= 0 && p <= 1, "the probability is not within [0, 1]");
  if (p == 0) return -infinity;
  if (p == 1) return infinity;
  return quantile(boost::math::normal(), p);
}

double student_lower(double t, double degrees_of_freedom) {
  require(!std::isnan(t), "the value is not a number");
  require(degrees_of_freedom > 0, "the degrees of freedom must be positive");
  if (std::isinf(t)) return t > 0 ? 1 : 0;
  return cdf(Student(degrees_of_freedom), t);
}

double student_upper(double t, double degrees_of_freedom) { return student_lower(-t, degrees_of_freedom); }

double student_quantile(double p, double degrees_of_freedom) {
  require(p > 0 && p < 1, "the probability is not within (0, 1)");
  require(degrees_of_freedom > 0, "the degrees of freedom must be positive");
  return quantile(Student(degrees_of_freedom), p);
}

double noncentral_student_upper(double t, double degrees_of_freedom, double shift) {
  require(std::isfinite(t) && !std::isnan(shift), "the value is not a number");
  require(degrees_of_freedom > 0 && std::isfinite(degrees_of_freedom),
          "the degrees of freedom must be positive");
  // Boost's series takes of the order of shift² terms, and does not end at all far out.
  if (std::abs(shift) > 40) return far_noncentral_upper(t, degrees_of_freedom, shift);
  return cdf(complement(boost::math::non_central_t(degrees_of_freedom, shift), t));
}

double normal_lower_both(double h, double correlation) {
  require(!std::isnan(h), "the value is not a number");
  require(correlation > -1 && correlation < 1, "the correlation is not within (-1, 1)");
  return normal_lower(h) - 2 * boost::math::owens_t(h, std::sqrt((1 - correlation) / (1 + correlation)));
}

double binomial_at_most(std::int64_t k, std::int64_t n, double p) {
  require_binomial(n, p);
  if (k < 0) return 0;
  if (k >= n) return 1;
  return cdf(binomial(n, p), static_cast<double>(k));
}

double binomial_at_least(std::int64_t k, std::int64_t n, double p) {
  require_binomial(n, p);
  if (k <= 0) return 1;
  if (k > n) return 0;
  return cdf(complement(binomial(n, p), static_cast<double>(k - 1)));
}

double binomial_equal(std::int64_t k, std::int64_t n, double p) {
  require_binomial(n, p);
  if (k < 0 || k > n) return 0;
  return pdf(binomial(n, p), static_cast<double>(k));
}

double beta_quantile(double p, double a, double b) {
  require(p >= 0 && p <= 1, "the probability is not within [0, 1]");
  require(a > 0 && b > 0 && std::isfinite(a) && std::isfinite(b),
          "the shape of a beta distribution must be positive");
  return quantile(boost::math::beta_distribution<double>(a, b), p);
}

}  // namespace modelgate
