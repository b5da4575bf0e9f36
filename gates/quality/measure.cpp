#include "gates/quality/measure.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace modelgate {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole) { return whole > 0 ? part / whole : nan; }

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

/// Each row that becomes wrong takes one right answer from its class and puts a false alarm on another. Both
/// are bounded apart, by the line that lies above the loss of a class.
double drop_of_macro(const Measure& measure, const ClassCounts& counts, double rows) {
  struct Loss {
    double per_row = 0, at_most = 0;  // of right answers
  };
  std::vector<Loss> misses;
  double per_alarm = 0, classes = 0;
  for (std::size_t c = 0; c < counts.labelled.size(); ++c) {
    const auto labelled = static_cast<double>(counts.labelled[c]),
               predicted = static_cast<double>(counts.predicted[c]);
    const auto right = static_cast<double>(counts.right[c]);
    if (!(labelled > 0)) continue;
    ++classes;
    if (!(right > 0)) continue;
    const double value = of_class(measure, labelled, predicted, right);
    misses.push_back({value / right, right});
    const double weight = measure.metric == Metric::f1 ? labelled + predicted : predicted;
    if (measure.metric != Metric::recall) per_alarm = std::max(per_alarm, value / weight);
  }
  std::sort(misses.begin(), misses.end(), [](const Loss& a, const Loss& b) { return a.per_row > b.per_row; });
  double drop = rows * per_alarm, left = rows;
  for (const Loss& loss : misses) {
    const double taken = std::min(left, loss.at_most);
    drop += taken * loss.per_row;
    left -= taken;
  }
  return classes > 0 ? drop / classes : nan;
}

/// The value of a class with so many rows more of its label, so many predictions and right answers.
double with_more(const Measure& measure, const ClassCounts& counts, std::size_t c, int labelled,
                 int predicted, int right) {
  const double value = of_class(measure, static_cast<double>(counts.labelled[c] + labelled),
                                static_cast<double>(counts.predicted[c] + predicted),
                                static_cast<double>(counts.right[c] + right));
  return std::isnan(value) ? 0 : value;
}

}  // namespace

bool Measure::is_share_of_rows() const {
  return average == Average::whole || (metric == Metric::recall && average == Average::one_class);
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
  if (measure.average != Average::macro) return value(1);
  double sum = 0, classes = 0;
  for (std::size_t c = 0; c < counts.labelled.size(); ++c) {
    if (counts.labelled[c] == 0) continue;
    ++classes;
    if (counts.right[c] > 0) sum += value(c);
  }
  return ratio(sum, classes);
}

double largest_drop(const Measure& measure, const ClassCounts& counts, double rows) {
  return measure.average == Average::macro ? drop_of_macro(measure, counts, rows)
                                           : drop_of_one_class(measure, counts, rows);
}

Confusion most_harmful(const Measure& measure, const ClassCounts& before, const ClassCounts& now) {
  const std::size_t classes = now.labelled.size();
  // What a miss does to its class and a false alarm to another one: the averages add both up.
  std::vector<double> miss(classes), alarm(classes);
  for (std::size_t c = 0; c < classes; ++c) {
    if (now.labelled[c] == 0 || (measure.average != Average::macro && c != 1)) continue;
    miss[c] = with_more(measure, now, c, 1, 0, 0) - with_more(measure, now, c, 0, 0, 0) -
              with_more(measure, before, c, 1, 1, 1) + with_more(measure, before, c, 0, 0, 0);
    alarm[c] = with_more(measure, now, c, 0, 1, 0) - with_more(measure, now, c, 0, 0, 0);
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
