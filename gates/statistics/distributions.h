#pragma once

#include <cstdint>

namespace modelgate {

/// P(Z ≤ z), and P(Z > z) without loss of digits far out.
double normal_lower(double z);
double normal_upper(double z);
/// The z with P(Z ≤ z) = p; −∞ and ∞ for 0 and 1.
double normal_quantile(double p);

/// P(T ≤ t) and P(T > t) of Student's t.
double student_lower(double t, double degrees_of_freedom);
double student_upper(double t, double degrees_of_freedom);
double student_quantile(double p, double degrees_of_freedom);

/// P(X ≤ k), P(X ≥ k) and P(X = k) of X ~ Bin(n, p); any k, also below 0 and above n.
double binomial_at_most(std::int64_t k, std::int64_t n, double p);
double binomial_at_least(std::int64_t k, std::int64_t n, double p);
double binomial_equal(std::int64_t k, std::int64_t n, double p);

double beta_quantile(double p, double a, double b);

}  // namespace modelgate
