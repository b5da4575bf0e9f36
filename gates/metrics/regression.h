#pragma once

#include <span>

namespace modelgate {

// Terms of one row; a metric that is their mean is compared as a mean. Values must be finite
// (std::invalid_argument).

double absolute_error(double target, double predicted);  ///< MAE is the mean of it.
double squared_error(double target, double predicted);   ///< MSE is the mean of it, RMSE the root of that.
/// |target − predicted| / max(|target|, 2^−52), as a fraction: MAPE is its mean, as scikit-learn's
/// mean_absolute_percentage_error. A target near 0 makes it huge.
double absolute_percentage_error(double target, double predicted);

/// Spearman's rank correlation, with midranks of ties. NaN where all values of a side are equal, or with
/// fewer than two rows. Exact until it is divided, so that the order of rows is not seen.
double spearman(std::span<const double> first, std::span<const double> second, int threads = 1);

}  // namespace modelgate
