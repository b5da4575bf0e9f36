#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace modelgate {

/// How often each class was the label, was predicted, and was both. This is all that any metric of this file
/// needs, so that a bootstrap draws counts and touches no rows. The functions throw std::invalid_argument
/// where the three cannot belong together (different lengths, negative or beyond 3·10^9 rows, more right
/// answers than labels or predictions, as many predictions as labels in all), and give NaN without rows.
/// Renumbering the classes changes no bit.
struct ClassTotals {
  std::span<const std::int64_t> labelled, predicted, right;
};

/// Rows by label and prediction.
class ConfusionMatrix {
 public:
  explicit ConfusionMatrix(std::size_t classes);

  void add(std::size_t label, std::size_t prediction, std::int64_t count = 1);
  void merge(const ConfusionMatrix& other);

  std::size_t classes() const { return classes_; }
  std::int64_t count(std::size_t label, std::size_t prediction) const;
  /// Valid until the matrix changes or goes.
  ClassTotals totals() const { return {labelled_, predicted_, right_}; }

 private:
  std::size_t classes_;
  std::vector<std::int64_t> counts_, labelled_, predicted_, right_;
};

/// The share of right answers.
double accuracy(const ClassTotals& totals);
/// The mean recall of the classes that occur as labels (scikit-learn's balanced_accuracy_score).
double balanced_accuracy(const ClassTotals& totals);

// Of one class; `undefined` where nothing was predicted, labelled, or either.
double precision_of(const ClassTotals& totals, std::size_t class_number, double undefined = 0);
double recall_of(const ClassTotals& totals, std::size_t class_number, double undefined = 0);
double f1_of(const ClassTotals& totals, std::size_t class_number, double undefined = 0);

/// How one number is made of those of the classes.
enum class ClassAverage {
  macro,       ///< Their mean over the classes that occur as labels.
  macro_seen,  ///< Over the classes that occur as labels or predictions: scikit-learn's "macro".
  micro,       ///< All rows together, which is the accuracy: each has one label and one prediction.
  weighted     ///< Their mean weighted by labels.
};

// Averages; a class for which the number is not defined counts as 0 (scikit-learn's zero_division=0).
double precision(const ClassTotals& totals, ClassAverage average);
double recall(const ClassTotals& totals, ClassAverage average);
double f1(const ClassTotals& totals, ClassAverage average);

/// Matthews' correlation, for any number of classes. 0 where all labels or all predictions are of one class,
/// as scikit-learn has it.
double matthews_correlation(const ClassTotals& totals);
/// Cohen's κ, unweighted. NaN where all labels and predictions are of one and the same class.
double cohen_kappa(const ClassTotals& totals);

}  // namespace modelgate
