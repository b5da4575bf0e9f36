// Metrics of classes, from counts.
//
// Precision, recall and F1 (van Rijsbergen 1979) of a class are ratios of its counts, and averages of them
// are scikit-learn's. F1 is 2·right / (labelled + predicted), without the detour over the two others.
//
// Matthews' correlation of several classes is Gorodkin's R_K (2004, Computational Biology and Chemistry
// 28:367). Its sums over the confusion matrix reduce to the diagonal and the margins (with s rows, c right
// answers, t and p of a class labelled and predicted):
//   R_K = (c·s − Σ p·t) / √((s² − Σ p²)(s² − Σ t²)),
// and so does Cohen's κ (1960, Educational and Psychological Measurement 20:37): (c·s − Σ p·t)/(s² − Σ p·t).
// Both are computed in integers up to the last division, which 3·10^9 rows fit into.
//
// Averages are exact sums, so that the order of the classes, which depends on how they were found, is not
// seen in any bit.
//
// Limits: with classes of few rows macro averages move in large steps; R_K has no lower end of −1 for more
// than two classes.

#include "gates/metrics/classification.h"

#include <cmath>
#include <limits>

#include "gates/statistics/exact_sum.h"
#include "gates/statistics/input.h"

namespace modelgate {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t most_rows = 3'000'000'000;

struct Sums {
  std::int64_t rows = 0, right = 0;
};

Sums checked(const ClassTotals& totals) {
  require(totals.predicted.size() == totals.labelled.size() && totals.right.size() == totals.labelled.size(),
          "there are not three counts for each class");
  Sums sums;
  std::int64_t predicted = 0;
  for (std::size_t c = 0; c < totals.labelled.size(); ++c) {
    require(totals.labelled[c] >= 0 && totals.labelled[c] <= most_rows - sums.rows &&
                totals.predicted[c] >= 0 && totals.predicted[c] <= most_rows - predicted,
            "a count of a class is out of range");
    require(totals.right[c] >= 0 && totals.right[c] <= totals.labelled[c] &&
                totals.right[c] <= totals.predicted[c],
            "a class has more right answers than labels or predictions");
    sums.rows += totals.labelled[c];
    predicted += totals.predicted[c];
    sums.right += totals.right[c];
  }
  require(predicted == sums.rows, "there is not one prediction for each label");
  return sums;
}

double ratio(std::int64_t part, std::int64_t whole, double undefined) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : undefined;
}

// The numerator and the denominator of a class.
struct Fraction {
  std::int64_t part = 0, whole = 0;
};
using FractionOf = Fraction (*)(const ClassTotals&, std::size_t);

Fraction precision_fraction(const ClassTotals& t, std::size_t c) { return {t.right[c], t.predicted[c]}; }
Fraction recall_fraction(const ClassTotals& t, std::size_t c) { return {t.right[c], t.labelled[c]}; }
Fraction f1_fraction(const ClassTotals& t, std::size_t c) {
  return {2 * t.right[c], t.labelled[c] + t.predicted[c]};
}

double of_class(const ClassTotals& totals, std::size_t c, double undefined, FractionOf fraction_of) {
  checked(totals);
  require(c < totals.labelled.size(), "there is no such class");
  const Fraction fraction = fraction_of(totals, c);
  return ratio(fraction.part, fraction.whole, undefined);
}

double averaged(const ClassTotals& totals, ClassAverage average, FractionOf fraction_of) {
  const Sums sums = checked(totals);
  if (sums.rows == 0) return nan;
  if (average == ClassAverage::micro) return ratio(sums.right, sums.rows, nan);
  ExactSum sum;
  std::int64_t weights = 0;
  for (std::size_t c = 0; c < totals.labelled.size(); ++c) {
    const bool counts =
        totals.labelled[c] > 0 || (average == ClassAverage::macro_seen && totals.predicted[c] > 0);
    if (!counts) continue;
    const std::int64_t weight = average == ClassAverage::weighted ? totals.labelled[c] : 1;
    weights += weight;
    const Fraction fraction = fraction_of(totals, c);
    if (fraction.part > 0) sum.add(static_cast<double>(weight) * ratio(fraction.part, fraction.whole, 0));
  }
  return sum.total() / static_cast<double>(weights);
}

std::int64_t dot(std::span<const std::int64_t> first, std::span<const std::int64_t> second) {
  std::int64_t sum = 0;
  for (std::size_t c = 0; c < first.size(); ++c) sum += first[c] * second[c];
  return sum;
}

}  // namespace

ConfusionMatrix::ConfusionMatrix(std::size_t classes)
    : classes_(classes), labelled_(classes), predicted_(classes), right_(classes) {
  require(classes <= 65'536, "there are too many classes for a matrix");
  counts_.resize(classes * classes);
}

void ConfusionMatrix::add(std::size_t label, std::size_t prediction, std::int64_t count) {
  require(label < classes_ && prediction < classes_, "there is no such class");
  require(count >= 0 && count <= most_rows, "a count of rows is out of range");
  counts_[label * classes_ + prediction] += count;
  labelled_[label] += count;
  predicted_[prediction] += count;
  if (label == prediction) right_[label] += count;
}

void ConfusionMatrix::merge(const ConfusionMatrix& other) {
  require(other.classes_ == classes_, "the matrices are of different classes");
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  for (std::size_t c = 0; c < classes_; ++c) {
    labelled_[c] += other.labelled_[c];
    predicted_[c] += other.predicted_[c];
    right_[c] += other.right_[c];
  }
}

std::int64_t ConfusionMatrix::count(std::size_t label, std::size_t prediction) const {
  require(label < classes_ && prediction < classes_, "there is no such class");
  return counts_[label * classes_ + prediction];
}

double accuracy(const ClassTotals& totals) {
  const Sums sums = checked(totals);
  return ratio(sums.right, sums.rows, nan);
}

double balanced_accuracy(const ClassTotals& totals) {
  return averaged(totals, ClassAverage::macro, recall_fraction);
}

double precision_of(const ClassTotals& totals, std::size_t class_number, double undefined) {
  return of_class(totals, class_number, undefined, precision_fraction);
}
double recall_of(const ClassTotals& totals, std::size_t class_number, double undefined) {
  return of_class(totals, class_number, undefined, recall_fraction);
}
double f1_of(const ClassTotals& totals, std::size_t class_number, double undefined) {
  return of_class(totals, class_number, undefined, f1_fraction);
}

double precision(const ClassTotals& totals, ClassAverage average) {
  return averaged(totals, average, precision_fraction);
}
double recall(const ClassTotals& totals, ClassAverage average) {
  return averaged(totals, average, recall_fraction);
}
double f1(const ClassTotals& totals, ClassAverage average) { return averaged(totals, average, f1_fraction); }

double matthews_correlation(const ClassTotals& totals) {
  const Sums sums = checked(totals);
  if (sums.rows == 0) return nan;
  const std::int64_t all = sums.rows * sums.rows;
  const std::int64_t of_labels = all - dot(totals.labelled, totals.labelled);
  const std::int64_t of_predictions = all - dot(totals.predicted, totals.predicted);
  if (of_labels == 0 || of_predictions == 0) return 0;
  const std::int64_t together = sums.right * sums.rows - dot(totals.labelled, totals.predicted);
  return static_cast<double>(together) /
         (std::sqrt(static_cast<double>(of_labels)) * std::sqrt(static_cast<double>(of_predictions)));
}

double cohen_kappa(const ClassTotals& totals) {
  const Sums sums = checked(totals);
  const std::int64_t by_chance = dot(totals.labelled, totals.predicted);
  const std::int64_t all = sums.rows * sums.rows;
  if (all == by_chance) return nan;
  return static_cast<double>(sums.right * sums.rows - by_chance) / static_cast<double>(all - by_chance);
}

}  // namespace modelgate
