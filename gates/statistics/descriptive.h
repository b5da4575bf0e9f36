#pragma once

#include <span>
#include <vector>

namespace modelgate {

// All of these throw std::invalid_argument for too few values and for NaN or infinity.

double mean(std::span<const double> values);
/// The unbiased variance, divided by n − 1. At least two values.
double variance(std::span<const double> values);
double median(std::span<const double> values);
/// median |x − median(x)|, not scaled; times 1.4826 it estimates the standard deviation of normal data.
double median_absolute_deviation(std::span<const double> values);
/// Twice the midrank of each value among all, counted from 1: twice, so that it is a whole number also for
/// ties ({5, 7, 7} → {2, 5, 5}).
std::vector<long> doubled_midranks(std::span<const double> values);

}  // namespace modelgate
