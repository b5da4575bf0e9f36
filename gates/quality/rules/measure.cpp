#include "gates/quality/rules/measure.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "gates/metrics/classification.h"

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole) { return whole > 0 ? part / whole : nan; }

/// A function of all counts together, and no average of classes.
bool is_agreement(Metric metric) { return metric == Metric::matthews || metric == Metric::kappa; }

/// A mean over the classes.
bool is_average(const Measure& measure) {
  return measure.average == Average::macro || measure.average == Average::weighted;
}

/// The value of one class.
double of_class(const Measure& measure, double labelled, double predicted, double right) {
  if (measure.is_share_of_rows() || measure.metric == Metric::recall) return ratio(right, labelled);
  if (measure.metric == Metric::precision) return ratio(right, predicted);
  return ratio(2 * right, labelled + predicted);
}

double drop_of_one_class(const Measure& measure, const ClassCounts& counts, double rows) {
  const auto labelled = static_cast<double>(counts.labelled[1]),
             predicted = static_cast<double>(counts.predicted[1]);
  const auto right = static_cast<double>(counts.right[1]);
  const double before = of_class(measure, labelled, predicted, right);
  // The value is a ratio of linear functions of how many rows become misses and how many false alarms, so
  // its least lies where all become one or the other.
  const double missed = std::min(rows, right);
  const double after_misses =
      predicted - missed > 0 ? of_class(measure, labelled, predicted - missed, right - missed) : 0;
  const double after_alarms = of_class(measure, labelled, predicted + rows, right);
  return before - std::min(after_misses, after_alarms);
}

/// Of Matthews' correlation and of kappa, which both grow with the share of right answers and fall with the
/// agreement by chance: each is bounded apart, with a share of rows that become wrong and are moved from the
/// class where they count least to that where they count most.
double drop_of_agreement(const Measure& measure, const ClassCounts& counts, double rows) {
  double all = 0, right = 0, chance = 0, likeliest = 0, predicted_squares = 0, labelled_squares = 0,
         most_predicted = 0;
  for (const std::int64_t labelled : counts.labelled) all += static_cast<double>(labelled);
  if (!(all > 0)) return nan;
  for (std::size_t c = 0; c < counts.labelled.size(); ++c) {
    const double labelled = static_cast<double>(counts.labelled[c]) / all,
                 predicted = static_cast<double>(counts.predicted[c]) / all;
    right += static_cast<double>(counts.right[c]) / all;
    chance += labelled * predicted;
    likeliest = std::max(likeliest, labelled);
    most_predicted = std::max(most_predicted, predicted);
    predicted_squares += predicted * predicted;
    labelled_squares += labelled * labelled;
  }
  const double share = std::min(1.0, rows / all), before = value_of(measure, counts);
  const double above_chance = right - share - chance - share * likeliest;
  if (measure.metric == Metric::kappa) {
    const double scale = 1 - chance - share * likeliest;
    return before - (scale > 0 ? std::max(-1.0, above_chance / scale) : -1.0);
  }
  // What lies above chance is divided by the spread of the predictions, which can grow or shrink.
  const double spread = above_chance > 0
                            ? std::min(1.0, 1 - predicted_squares + 2 * share * most_predicted)
                            : 1 - predicted_squares - 2 * share * most_predicted - 2 * share * share;
  const double scale = std::sqrt(std::max(0.0, spread) * (1 - labelled_squares));
  return before - (scale > 0 ? std::max(-1.0, above_chance / scale) : -1.0);
}

/// Each row that becomes wrong takes one right answer from its class and puts a false alarm on another. Both
/// are bounded apart, by the line that lies above the loss of a class.
double drop_of_average(const Measure& measure, const ClassCounts& counts, double rows) {
  struct Loss {
    double per_row = 0, at_most = 0;  // of right answers
  };
  std::vector<Loss> misses;
  const bool weighted = measure.average == Average::weighted;
  double per_alarm = 0, weights = 0;
  for (std::size_t c = 0; c < counts.labelled.size(); ++c) {
    const auto labelled = static_cast<double>(counts.labelled[c]),
               predicted = static_cast<double>(counts.predicted[c]);
    const auto right = static_cast<double>(counts.right[c]);
    if (!(labelled > 0)) continue;
    weights += weighted ? labelled : 1;
    if (!(right > 0)) continue;
    const double value = (weighted ? labelled : 1) * of_class(measure, labelled, predicted, right);
    misses.push_back({value / right, right});
    const double alarms = measure.metric == Metric::f1 ? labelled + predicted : predicted;
    if (measure.metric != Metric::recall) per_alarm = std::max(per_alarm, value / alarms);
  }
  std::sort(misses.begin(), misses.end(), [](const Loss& a, const Loss& b) { return a.per_row > b.per_row; });
  double drop = rows * per_alarm, left = rows;
  for (const Loss& loss : misses) {
    const double taken = std::min(left, loss.at_most);
    drop += taken * loss.per_row;
    left -= taken;
  }
  return weights > 0 ? drop / weights : nan;
}

/// The value of a class with so many rows more of its label, so many predictions and right answers.
double with_more(const Measure& measure, const ClassCounts& counts, std::size_t c, int labelled,
                 int predicted, int right) {
  const double value = of_class(measure, static_cast<double>(counts.labelled[c] + labelled),
                                static_cast<double>(counts.predicted[c] + predicted),
                                static_cast<double>(counts.right[c] + right));
  return std::isnan(value) ? 0 : value;
}

/// The classes that have the most and the fewest labels, and predictions: those between matter less.
std::vector<std::size_t> extreme_classes(const ClassCounts& counts) {
  constexpr std::size_t kept = 4;
  std::set<std::size_t> chosen;
  for (const std::vector<std::int64_t>* of : {&counts.labelled, &counts.predicted}) {
    std::vector<std::size_t> order;
    for (std::size_t c = 0; c < of->size(); ++c) order.push_back(c);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return (*of)[a] > (*of)[b]; });
    for (std::size_t k = 0; k < std::min(kept, order.size()); ++k)
      chosen.insert({order[k], order[order.size() - 1 - k]});
  }
  return {chosen.begin(), chosen.end()};
}

Confusion most_harmful_to_agreement(const Measure& measure, const ClassCounts& before,
                                    const ClassCounts& now) {
  const auto with = [&](ClassCounts counts, std::size_t label, std::size_t predicted) {
    counts.add(static_cast<std::int32_t>(label), static_cast<std::int32_t>(predicted), 1);
    return value_of(measure, counts);
  };
  Confusion worst;
  double least = std::numeric_limits<double>::infinity();
  const std::vector<std::size_t> classes = extreme_classes(now);
  for (const std::size_t label : classes)
    for (const std::size_t other : classes) {
      if (label == other || now.labelled[label] == 0) continue;
      const double change = with(now, label, other) - with(before, label, label);
      if (!(change < least)) continue;
      least = change;
      worst = {static_cast<std::int32_t>(label), static_cast<std::int32_t>(other)};
    }
  return worst;
}

}  // namespace

bool Measure::is_share_of_rows() const {
  if (metric == Metric::recall && average == Average::one_class) return true;
  return average == Average::whole && !is_agreement(metric) &&
         (family() == Family::classes || family() == Family::flips);
}

bool Measure::is_over(std::int32_t label) const {
  return !is_share_of_rows() || average == Average::whole || label == target;
}

std::map<std::string, std::int64_t> sizes_of(const Measure& measure, const RowSample& rows) {
  std::map<std::string, std::int64_t> sizes{{"rows", static_cast<std::int64_t>(rows.size())}};
  if (measure.average == Average::one_class) {
    std::int64_t& positives = sizes["positives"];
    for (const RowKind& kind : rows.kinds())
      if (kind.label == measure.target) positives += kind.count;
  }
  if (rows.clustered()) {
    std::set<std::int32_t> clusters;
    for (const RowKind& kind : rows.kinds())
      if (measure.is_over(kind.label)) clusters.insert(kind.cluster);
    sizes["clusters"] = static_cast<std::int64_t>(clusters.size());
  }
  return sizes;
}

void ClassCounts::add(std::int32_t label, std::int32_t prediction, std::int64_t count) {
  labelled[static_cast<std::size_t>(label)] += count;
  predicted[static_cast<std::size_t>(prediction)] += count;
  if (label == prediction) right[static_cast<std::size_t>(label)] += count;
}

double value_of(const Measure& measure, const ClassCounts& counts) {
  const auto value = [&](std::size_t c) {
    return of_class(measure, static_cast<double>(counts.labelled[c]),
                    static_cast<double>(counts.predicted[c]), static_cast<double>(counts.right[c]));
  };
  if (measure.metric == Metric::matthews)
    return matthews_correlation({counts.labelled, counts.predicted, counts.right});
  if (measure.metric == Metric::kappa) return cohen_kappa({counts.labelled, counts.predicted, counts.right});
  if (!is_average(measure)) return value(1);
  double sum = 0, weights = 0;
  for (std::size_t c = 0; c < counts.labelled.size(); ++c) {
    if (counts.labelled[c] == 0) continue;
    const double weight = measure.average == Average::weighted ? static_cast<double>(counts.labelled[c]) : 1;
    weights += weight;
    if (counts.right[c] > 0) sum += weight * value(c);
  }
  return ratio(sum, weights);
}

double largest_drop(const Measure& measure, const ClassCounts& counts, double rows) {
  if (is_agreement(measure.metric)) return drop_of_agreement(measure, counts, rows);
  return is_average(measure) ? drop_of_average(measure, counts, rows)
                             : drop_of_one_class(measure, counts, rows);
}

Confusion most_harmful(const Measure& measure, const ClassCounts& before, const ClassCounts& now) {
  if (is_agreement(measure.metric)) return most_harmful_to_agreement(measure, before, now);
  const std::size_t classes = now.labelled.size();
  // What a miss does to its class and a false alarm to another one: the averages add both up.
  std::vector<double> miss(classes), alarm(classes);
  for (std::size_t c = 0; c < classes; ++c) {
    if (now.labelled[c] == 0 || (!is_average(measure) && c != 1)) continue;
    const double weight = measure.average == Average::weighted ? static_cast<double>(now.labelled[c]) : 1;
    miss[c] = weight * (with_more(measure, now, c, 1, 0, 0) - with_more(measure, now, c, 0, 0, 0) -
                        with_more(measure, before, c, 1, 1, 1) + with_more(measure, before, c, 0, 0, 0));
    alarm[c] = weight * (with_more(measure, now, c, 0, 1, 0) - with_more(measure, now, c, 0, 0, 0));
  }
  Confusion worst;
  double least = std::numeric_limits<double>::infinity();
  const auto look = [&](std::size_t label, std::size_t other) {
    if (label == other || now.labelled[label] == 0 || !(miss[label] + alarm[other] < least)) return;
    least = miss[label] + alarm[other];
    worst = {static_cast<std::int32_t>(label), static_cast<std::int32_t>(other)};
  };
  // Either the worst miss with the worst alarm on another class, or the other way about.
  const auto least_of = [](const std::vector<double>& values) {
    return static_cast<std::size_t>(std::min_element(values.begin(), values.end()) - values.begin());
  };
  const std::size_t worst_miss = least_of(miss), worst_alarm = least_of(alarm);
  for (std::size_t c = 0; c < classes; ++c) {
    look(worst_miss, c);
    look(c, worst_alarm);
  }
  return worst;
}

}  // namespace modelgate
