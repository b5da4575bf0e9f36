#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gates/statistics/exact_sum.h"

namespace modelgate {

// Probabilities outside [0, 1], and NaN, throw std::invalid_argument. What is computed of a row is a term;
// the metric is the mean of the terms, so that it is compared by what compares means.

/// How near to 0 and 1 the log loss lets a probability come (scikit-learn's eps before it depended on the
/// type): a label that was called impossible costs 34.5 nats, not infinitely many.
constexpr double log_loss_clip = 1e-15;

/// −ln of the probability that the model gave the label, which is clipped to [clip, 1 − clip]. Of two classes
/// likewise: p or 1 − p, whichever is the label's.
double log_loss_term(double probability_of_label, double clip = log_loss_clip);

/// (p − y)² of the probability of the positive class: in [0, 1] (scikit-learn's brier_score_loss).
double brier_term(double probability_of_positive, bool positive);
/// Σ (p_k − y_k)² over the classes: in [0, 2], and of two classes twice the above (Brier 1950).
double brier_term(std::span<const double> probabilities, std::size_t label);

/// The label is among the k classes of the highest scores. Another class with the label's score stands before
/// it: a model gains nothing by giving many classes one score. k at least 1; scores of any finite size.
bool is_among_top(std::span<const double> scores, std::size_t label, std::size_t k);

/// Rows whose confidence (the probability of what was predicted) falls into one bin.
struct CalibrationBin {
  std::int64_t rows = 0, right = 0;
  ExactSum confidence;

  double mean_confidence() const;  ///< NaN without rows.
  double accuracy() const;         ///< NaN without rows.
  double gap() const;              ///< How far the two are apart; 0 without rows.
};

/// How well confidences say how often a model is right.
class Calibration {
 public:
  /// Bins of equal width: (0, 1/n], (1/n, 2/n], …; 0 belongs to the first. 1 to 10^6 bins.
  explicit Calibration(std::size_t bins = 15);
  /// Bins of about equal numbers of rows, by rank: the row of rank r of n (from 0) belongs to bin r·bins/n.
  /// Equal confidences stay together, in the bin of the first of them.
  static Calibration by_rank(std::span<const double> confidences, std::span<const std::uint8_t> right,
                             std::size_t bins = 15, int threads = 1);

  void add(double confidence, bool right);
  void merge(const Calibration& other);

  const std::vector<CalibrationBin>& bins() const { return bins_; }
  /// The expected calibration error: the mean gap, each bin with the weight of its rows. NaN without rows.
  double expected_error() const;
  /// The largest gap of a bin that has rows. NaN without rows.
  double maximum_error() const;

 private:
  std::vector<CalibrationBin> bins_;
  std::vector<double> edges_;
};

/// The bin of equal width into which a confidence falls.
std::size_t calibration_bin(double confidence, std::size_t bins);

}  // namespace modelgate
