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

/// P(T > t) of the noncentral t: (Z + shift)/√(χ²/df), which is how a t statistic is distributed when the
/// hypothesis is wrong by `shift` standard errors. An infinite shift gives the limit.
double noncentral_student_upper(double t, double degrees_of_freedom, double shift);

/// P(X ≤ h and Y ≤ h) of two standard normal variables with this correlation, in (−1, 1).
double normal_lower_both(double h, double correlation);

/// P(X ≤ k), P(X ≥ k) and P(X = k) of X ~ Bin(n, p); any k, also below 0 and above n.
double binomial_at_most(std::int64_t k, std::int64_t n, double p);
double binomial_at_least(std::int64_t k, std::int64_t n, double p);
double binomial_equal(std::int64_t k, std::int64_t n, double p);

double beta_quantile(double p, double a, double b);

}  // namespace modelgate
