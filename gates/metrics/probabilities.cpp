// Metrics of probabilities.
//
// Log loss and the Brier score (Brier 1950, Monthly Weather Review 78:1) are proper scores: means of a term
// for each row. The calibration error puts rows into bins by confidence and sets the mean confidence of a bin
// beside its share of right answers (Naeini, Cooper & Hauskrecht 2015, AAAI; Guo et al. 2017, "On calibration
// of modern neural networks", arXiv:1706.04599). Confidences are summed exactly, so that neither the order
// of rows nor the parts they were counted in are seen.
//
// Limits: the calibration error of a sample is biased upwards, the more the fewer rows a bin has (Kumar,
// Liang & Ma 2019, arXiv:1909.10155), and depends on the bins; bins of equal mass are the steadier ones
// (Nixon et al. 2019, arXiv:1904.01685). It is no proper score: a model that always answers with the base
// rate has none.

#include "gates/metrics/probabilities.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gates/statistics/input.h"
#include "gates/statistics/value_order.h"

namespace modelgate {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void require_probability(double p) { require(p >= 0 && p <= 1, "a probability does not lie in [0, 1]"); }

void require_bins(std::size_t bins) {
  require(bins >= 1 && bins <= 1'000'000, "the number of bins is out of range");
}

/// The bin b with edge(b) < confidence ≤ edge(b + 1); the edges tell what rounding the product may have
/// missed.
template <typename Edge>
std::size_t bin_of(double confidence, std::size_t bins, const Edge& edge) {
  std::size_t bin = std::min(static_cast<std::size_t>(confidence * static_cast<double>(bins)), bins - 1);
  while (bin > 0 && confidence <= edge(bin)) --bin;
  while (bin + 1 < bins && confidence > edge(bin + 1)) ++bin;
  return bin;
}

}  // namespace

double log_loss_term(double probability_of_label, double clip) {
  require_probability(probability_of_label);
  require(clip >= 0 && clip < 0.5, "the clipping of probabilities must lie in [0, 0.5)");
  return -std::log(std::clamp(probability_of_label, clip, 1 - clip));
}

double brier_term(double probability_of_positive, bool positive) {
  require_probability(probability_of_positive);
  const double error = probability_of_positive - (positive ? 1 : 0);
  return error * error;
}

double brier_term(std::span<const double> probabilities, std::size_t label) {
  require(label < probabilities.size(), "there is no probability of the label");
  double sum = 0;
  for (std::size_t k = 0; k < probabilities.size(); ++k) sum += brier_term(probabilities[k], k == label);
  return sum;
}

bool is_among_top(std::span<const double> scores, std::size_t label, std::size_t k) {
  require(k >= 1, "the top k are at least one");
  require(label < scores.size(), "there is no score of the label");
  require_values(scores, 1);
  const auto not_below = static_cast<std::size_t>(
      std::count_if(scores.begin(), scores.end(), [&](double score) { return score >= scores[label]; }));
  return not_below <= k;  // the label itself is one of them
}

double CalibrationBin::mean_confidence() const {
  return rows > 0 ? confidence.total() / static_cast<double>(rows) : nan;
}

double CalibrationBin::accuracy() const {
  return rows > 0 ? static_cast<double>(right) / static_cast<double>(rows) : nan;
}

double CalibrationBin::gap() const { return rows > 0 ? std::abs(mean_confidence() - accuracy()) : 0; }

std::size_t calibration_bin(double confidence, std::size_t bins) {
  require_bins(bins);
  require_probability(confidence);
  const auto count = static_cast<double>(bins);
  return bin_of(confidence, bins, [&](std::size_t b) { return static_cast<double>(b) / count; });
}

Calibration::Calibration(std::size_t bins) {
  require_bins(bins);
  bins_.resize(bins);
  for (std::size_t b = 0; b <= bins; ++b)
    edges_.push_back(static_cast<double>(b) / static_cast<double>(bins));
}

Calibration Calibration::by_rank(std::span<const double> confidences, std::span<const std::uint8_t> right,
                                 std::size_t bins, int threads) {
  Calibration result(bins);
  require(confidences.size() == right.size(), "there is not one confidence for each answer");
  for (const double confidence : confidences) require_probability(confidence);
  const std::vector<PlacedRow> order = rising_order(confidences, right, threads);
  std::size_t first = 0;  // of the equal ones
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    if (order[rank].group != order[first].group) first = rank;
    CalibrationBin& bin = result.bins_[first * bins / order.size()];
    ++bin.rows;
    bin.right += order[rank].mark != 0;
    bin.confidence.add(confidences[order[rank].row]);
  }
  return result;
}

void Calibration::add(double confidence, bool right) {
  require_probability(confidence);
  CalibrationBin& bin = bins_[bin_of(confidence, bins_.size(), [&](std::size_t b) { return edges_[b]; })];
  ++bin.rows;
  bin.right += right;
  bin.confidence.add(confidence);
}

void Calibration::merge(const Calibration& other) {
  require(other.bins_.size() == bins_.size(), "the calibrations have different bins");
  for (std::size_t b = 0; b < bins_.size(); ++b) {
    bins_[b].rows += other.bins_[b].rows;
    bins_[b].right += other.bins_[b].right;
    bins_[b].confidence.merge(other.bins_[b].confidence);
  }
}

double Calibration::expected_error() const {
  std::int64_t rows = 0;
  ExactSum gaps;
  for (const CalibrationBin& bin : bins_) {
    rows += bin.rows;
    gaps.add(static_cast<double>(bin.rows) * bin.gap());
  }
  return rows > 0 ? gaps.total() / static_cast<double>(rows) : nan;
}

double Calibration::maximum_error() const {
  double largest = nan;
  for (const CalibrationBin& bin : bins_)
    if (bin.rows > 0 && !(bin.gap() <= largest)) largest = bin.gap();
  return largest;
}

}  // namespace modelgate
