// Classes and probabilities of the reference table.

#include "gates/metrics/classification.h"
#include "gates/metrics/probabilities.h"
#include "gates/statistics/descriptive.h"
#include "reference_table.h"

namespace modelgate {
namespace {

Fields of_classes(const ReferenceCase& c) {
  ConfusionMatrix matrix(c.whole<std::size_t>("classes"));
  const auto labels = c.wholes<std::size_t>("labels"), predictions = c.wholes<std::size_t>("predictions");
  const auto times = c.wholes<std::int64_t>("times");
  for (std::size_t i = 0; i < labels.size(); ++i) matrix.add(labels[i], predictions[i], times[i]);
  const ClassTotals totals = matrix.totals();
  Fields result{{"accuracy", {accuracy(totals)}},
                {"balanced_accuracy", {balanced_accuracy(totals)}},
                {"mcc", {matthews_correlation(totals)}},
                {"kappa", {cohen_kappa(totals)}}};
  const std::map<std::string, ClassAverage> averages{{"_macro", ClassAverage::macro},
                                                     {"_macro_seen", ClassAverage::macro_seen},
                                                     {"_micro", ClassAverage::micro},
                                                     {"_weighted", ClassAverage::weighted}};
  for (const auto& [name, average] : averages) {
    result["precision" + name] = {precision(totals, average)};
    result["recall" + name] = {recall(totals, average)};
    result["f1" + name] = {f1(totals, average)};
  }
  for (std::size_t k = 0; k < matrix.classes(); ++k) {
    result["precision_each"].push_back(precision_of(totals, k));
    result["recall_each"].push_back(recall_of(totals, k));
    result["f1_each"].push_back(f1_of(totals, k));
  }
  return result;
}

Fields of_probabilities(const ReferenceCase& c) {
  const std::size_t classes = c.whole<std::size_t>("classes");
  const auto labels = c.wholes<std::size_t>("labels");
  const Numbers& p = c.numbers("p");
  Numbers loss, binary_loss, brier, brier_of_all;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::span<const double> row(p.data() + i * classes, classes);
    loss.push_back(log_loss_term(row[labels[i]]));
    binary_loss.push_back(log_loss_term(labels[i] == 1 ? row[1] : 1 - row[1]));
    brier.push_back(brier_term(row[1], labels[i] == 1));
    brier_of_all.push_back(brier_term(row, labels[i]));
  }
  return {{"log_loss", {mean(loss)}},
          {"binary_log_loss", {mean(binary_loss)}},
          {"brier", {mean(brier)}},
          {"brier_of_all", {mean(brier_of_all)}}};
}

Fields of_calibration(const ReferenceCase& c) {
  const auto right = c.wholes<std::uint8_t>("right");
  const Numbers& confidence = c.numbers("confidence");
  Calibration width(c.whole<std::size_t>("bins"));
  for (std::size_t i = 0; i < right.size(); ++i) width.add(confidence[i], right[i] != 0);
  const Calibration mass = Calibration::by_rank(confidence, right, c.whole<std::size_t>("bins"));
  Fields result{{"width_ece", {width.expected_error()}},
                {"width_mce", {width.maximum_error()}},
                {"mass_ece", {mass.expected_error()}},
                {"mass_mce", {mass.maximum_error()}}};
  for (const CalibrationBin& bin : width.bins())
    result["width_rows"].push_back(static_cast<double>(bin.rows));
  for (const CalibrationBin& bin : mass.bins()) result["mass_rows"].push_back(static_cast<double>(bin.rows));
  return result;
}

Fields of_top_k(const ReferenceCase& c) {
  const std::size_t classes = c.whole<std::size_t>("classes");
  const auto labels = c.wholes<std::size_t>("labels");
  double hits = 0;
  for (std::size_t i = 0; i < labels.size(); ++i)
    hits += is_among_top({c.numbers("scores").data() + i * classes, classes}, labels[i],
                         c.whole<std::size_t>("k"));
  return {{"share", {hits / static_cast<double>(labels.size())}}};
}

}  // namespace

const Computations& reference_answers() {
  static const Computations computations{{"classes", of_classes},
                                         {"probabilities", of_probabilities},
                                         {"calibration", of_calibration},
                                         {"top_k", of_top_k}};
  return computations;
}

}  // namespace modelgate
