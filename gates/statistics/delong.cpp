// DeLong's comparison of two correlated ROC AUCs.
//
// Method: the AUC is the Mann–Whitney probability that a positive outscores a negative, and its variance
// comes from the structural components V10 (a value for each positive) and V01 (for each negative)
// (DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837). They are read off midranks in O(n log n)
// (Sun & Xu 2014, IEEE Signal Processing Letters 21:1389): the rank of a positive among all minus its rank
// among the positives counts the negatives below it.
//
// Assumption: examples are independent; the difference is about normal. Limits: about 20 of each class are
// needed; near AUC 1 the bounds are too narrow, and at 1 the variance is 0, which is reported.

#include "gates/statistics/delong.h"

#include <cmath>

#include "gates/statistics/descriptive.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"

namespace modelgate {

namespace {

/// Of one model: the AUC and its structural components.
struct Components {
  double auc = 0;
  std::vector<double> positives, negatives;
};

Components components(std::span<const double> scores, const std::vector<bool>& positive) {
  std::vector<double> of_positives, of_negatives;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    (positive[i] ? of_positives : of_negatives).push_back(scores[i]);
  }
  const auto all = doubled_midranks(scores);
  const auto among_positives = doubled_midranks(of_positives);
  const auto among_negatives = doubled_midranks(of_negatives);
  const auto m = static_cast<double>(of_positives.size()), n = static_cast<double>(of_negatives.size());

  Components result;
  result.positives.reserve(of_positives.size());
  result.negatives.reserve(of_negatives.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (positive[i]) {
      const long below = all[i] - among_positives[result.positives.size()];
      result.positives.push_back(static_cast<double>(below) / (2 * n));
    } else {
      const long below = all[i] - among_negatives[result.negatives.size()];
      result.negatives.push_back(1 - static_cast<double>(below) / (2 * m));
    }
  }
  result.auc = mean(result.positives);
  return result;
}

/// Of each component of the first less that of the second: computed from the differences themselves, so that
/// equal rankings give exactly 0.
std::vector<double> differences(std::span<const double> first, std::span<const double> second) {
  std::vector<double> result;
  result.reserve(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) result.push_back(first[i] - second[i]);
  return result;
}

double variance_of(std::span<const double> of_positives, std::span<const double> of_negatives) {
  return variance(of_positives) / static_cast<double>(of_positives.size()) +
         variance(of_negatives) / static_cast<double>(of_negatives.size());
}

}  // namespace

double AucComparison::standard_error() const { return std::sqrt(variance); }

bool AucComparison::degenerate() const {
  // Rounding leaves a trace of a variance that is zero; a real one is at least of the order of 1/(m·n)².
  const double cells = static_cast<double>(positives) * static_cast<double>(negatives);
  return !(standard_error() > 1e-3 / cells);
}

Interval AucComparison::bounds(double tail) const {
  require_tail(tail);
  const double half = -normal_quantile(tail) * standard_error();
  return {difference() - half, difference() + half};
}

double AucComparison::p_greater(double delta) const {
  require_value(delta);
  return degenerate() ? 1 : normal_upper((difference() - delta) / standard_error());
}

double AucComparison::p_less(double delta) const {
  require_value(delta);
  return degenerate() ? 1 : normal_lower((difference() - delta) / standard_error());
}

AucComparison delong(std::span<const double> first, std::span<const double> second,
                     const std::vector<bool>& positive) {
  require_values(first, 4);
  require_values(second, 4);
  require(first.size() == positive.size() && second.size() == positive.size(),
          "there are not two scores and one label for each example");
  AucComparison result;
  for (const bool is_positive : positive) ++(is_positive ? result.positives : result.negatives);
  require(result.positives >= 2 && result.negatives >= 2,
          "at least two positives and two negatives are needed");

  const Components a = components(first, positive), b = components(second, positive);
  result.first = a.auc;
  result.second = b.auc;
  result.first_variance = variance_of(a.positives, a.negatives);
  result.second_variance = variance_of(b.positives, b.negatives);
  result.variance = variance_of(differences(a.positives, b.positives), differences(a.negatives, b.negatives));
  return result;
}

}  // namespace modelgate
