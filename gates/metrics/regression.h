#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "gates/statistics/exact_sum.h"

namespace modelgate {

// Terms of one row; a metric that is their mean is compared as a mean. Values must be finite
// (std::invalid_argument).

double absolute_error(double target, double predicted);  ///< MAE is the mean of it.
double squared_error(double target, double predicted);   ///< MSE is the mean of it, RMSE the root of that.
/// |target − predicted| / max(|target|, 2^−52), as a fraction: MAPE is its mean, as scikit-learn's
/// mean_absolute_percentage_error. A target near 0 makes it huge.
double absolute_percentage_error(double target, double predicted);

/// What regression metrics need to know of all rows, exactly. NaN without rows, and where squares are beyond
/// the largest double.
class RegressionSums {
 public:
  void add(double target, double predicted);
  void merge(const RegressionSums& other);

  std::int64_t rows() const { return rows_; }
  double mean_absolute_error() const;
  double mean_squared_error() const;
  double root_mean_squared_error() const;
  double mean_absolute_percentage_error() const;
  /// 1 − Σ(y − ŷ)²/Σ(y − ȳ)². NaN where all targets are equal (scikit-learn says 1 or 0 there).
  double r_squared() const;

 private:
  double squares_around_mean() const;

  std::int64_t rows_ = 0;
  double lowest_ = std::numeric_limits<double>::infinity(), highest_ = -lowest_;  // of the targets
  ExactSum absolute_, squared_, percentage_, targets_, target_squares_;
};

/// Spearman's rank correlation, with midranks of ties. NaN where all values of a side are equal, or with
/// fewer than two rows. Exact until it is divided, so that the order of rows is not seen.
double spearman(std::span<const double> first, std::span<const double> second, int threads = 1);

}  // namespace modelgate
