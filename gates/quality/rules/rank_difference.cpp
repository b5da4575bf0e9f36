// Spearman's rank correlation of what a model said with what is true.
//
// Rows (or clusters) are drawn with replacement; a resample's midranks come from the orders of the values,
// which are sorted once. The acceleration of BCa takes every row out in turn, for up to 5,000 units; beyond
// that it is below what the resamples can show (it falls with the root of the units) and is left at 0.

#include "gates/quality/rules/rank_difference.h"

#include <algorithm>
#include <cmath>

#include "gates/quality/rules/few_differences.h"
#include "gates/quality/rules/resampling.h"
#include "gates/quality/rules/term_units.h"
#include "gates/statistics/value_order.h"

namespace modelgate {
namespace {

constexpr std::size_t most_left_out = 5'000;
constexpr double most_draws = 1e9;
constexpr std::int64_t least_resamples = 1'000;

/// The order of one number of the rows.
class Ranking {
 public:
  explicit Ranking(const std::vector<double>& values) : rising_(rising_order(values)) {}

  /// Twice the midranks of rows that stand there so often, less their mean.
  void ranks(const std::vector<double>& times, double rows, std::vector<double>& ranks) const {
    ranks.resize(times.size());
    double before = 0;
    for (std::size_t begin = 0, end = 0; begin < rising_.size(); begin = end) {
      double tied = 0;
      for (end = begin; end < rising_.size() && rising_[end].group == rising_[begin].group; ++end)
        tied += times[rising_[end].row];
      for (std::size_t i = begin; i < end; ++i) ranks[rising_[i].row] = 2 * before + tied - rows;
      before += tied;
    }
  }

 private:
  std::vector<PlacedRow> rising_;
};

double correlation(const std::vector<double>& x, const std::vector<double>& y,
                   const std::vector<double>& times) {
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += times[i] * x[i] * x[i];
    yy += times[i] * y[i] * y[i];
    xy += times[i] * x[i] * y[i];
  }
  return xx > 0 && yy > 0 ? xy / (std::sqrt(xx) * std::sqrt(yy)) : std::numeric_limits<double>::quiet_NaN();
}

std::vector<double> numbers_of(const RowSample& rows, const TermUnits& units, const std::string& field,
                               Model model) {
  const Answers& answers = rows.answers();
  std::vector<double> numbers;
  for (std::size_t u = 0; u < units.size(); ++u)
    units.each_of(u, [&](std::size_t row) {
      numbers.push_back(model == Model::baseline
                            ? answers.baseline_file->numbers(field).values[answers.in_baseline(row)]
                            : answers.candidate_file->numbers(field).values[answers.in_candidate(row)]);
    });
  return numbers;
}

class RankedRows {
 public:
  RankedRows(const RowSample& rows, const QualityRule& rule)
      : units_(rows),
        clustered_(rows.clustered()),
        target_(numbers_of(rows, units_, "label", Model::candidate)),
        now_(numbers_of(rows, units_, "prediction", Model::candidate)),
        before_(rows.answers().compared ? numbers_of(rows, units_, "prediction", Model::baseline)
                                        : numbers_of(rows, units_, "prediction", Model::candidate)),
        settings_(rule.bootstrap) {
    const double affordable = most_draws / static_cast<double>(rows.size());
    if (affordable < static_cast<double>(settings_.resamples))
      settings_.resamples =
          std::max(std::min(least_resamples, settings_.resamples), static_cast<std::int64_t>(affordable));
  }

  struct Both {
    double before = 0, now = 0;
  };

  Both of(std::span<const std::int64_t> counts, bool with_baseline) const {
    thread_local std::vector<double> times, x, y;
    times.clear();
    double rows = 0;
    for (std::size_t u = 0; u < counts.size(); ++u)
      for (std::size_t k = 0; k < units_.rows_of(u); ++k) {
        times.push_back(static_cast<double>(counts[u]));
        rows += times.back();
      }
    Both both;
    target_.ranks(times, rows, x);
    now_.ranks(times, rows, y);
    both.now = correlation(x, y, times);
    if (with_baseline) {
      before_.ranks(times, rows, y);
      both.before = correlation(x, y, times);
    }
    return both;
  }

  Both whole() const { return of(once(), true); }

  /// Of now − factor·before; factor 0: of now alone.
  Bootstrap drawn(double factor) const {
    const auto statistic = [&](std::span<const std::int64_t> counts) {
      const Both both = of(counts, factor != 0);
      return both.now - factor * both.before;
    };
    if (units_.size() <= most_left_out) return bootstrap(once(), statistic, settings_);
    return bootstrap(
        once(), statistic, [](std::size_t) { return std::numeric_limits<double>::quiet_NaN(); }, settings_);
  }

  /// By how much a row can move the correlation, about: the product of two standardised ranks is at most 3.
  double largest_influence() const {
    double largest = 0;
    for (std::size_t u = 0; u < units_.size(); ++u)
      largest = std::max(largest, static_cast<double>(units_.rows_of(u)));
    return 6 * largest / static_cast<double>(units_.rows());
  }

  std::string method() const { return name_of_bootstrap(clustered_, settings_); }
  std::int64_t units() const { return static_cast<std::int64_t>(units_.size()); }

 private:
  std::vector<std::int64_t> once() const { return std::vector<std::int64_t>(units_.size(), 1); }

  TermUnits units_;
  bool clustered_;
  Ranking target_, now_, before_;
  BootstrapSettings settings_;
};

}  // namespace

Difference rank_difference(const Measure&, const RowSample& rows, const Change& margin,
                           const QualityRule& rule) {
  const RankedRows ranked(rows, rule);
  const RankedRows::Both both = ranked.whole();
  Difference result;
  result.baseline = both.before;
  result.candidate = both.now;
  result.units = ranked.units();
  if (!std::isfinite(result.estimate())) {
    result.doubt_because("undefined", "it is not defined where all rows have the same value");
    return result;
  }
  const ScaledMargin scaled = scaled_margin(margin, result.baseline);
  const Bootstrap difference = ranked.drawn(1);
  if (difference.degenerate() && difference.undefined == 0) {
    rest_on_worst_case(result, {}, ranked.largest_influence(), scaled.tolerated, rule);
    return result;
  }
  result.method = "paired " + ranked.method();
  if (difference.degenerate())
    result.doubt_because("degenerate", "it is not defined in too many resamples");
  else if (margin.relative)
    result.rest_on(difference, ranked.drawn(scaled.factor), scaled.tolerated, rule);
  else
    result.rest_on(difference, margin.size, rule);
  return result;
}

Level rank_level(const Measure&, const RowSample& rows, double minimum, const QualityRule& rule) {
  const RankedRows ranked(rows, rule);
  Level result;
  result.value = ranked.whole().now;
  result.units = ranked.units();
  if (!std::isfinite(result.value)) {
    result.doubt_because("undefined", "it is not defined where all rows have the same value");
    return result;
  }
  const Bootstrap drawn = ranked.drawn(0);
  result.method = ranked.method();
  if (drawn.degenerate())
    result.doubt_because("degenerate", "resampling gives no spread to judge by");
  else
    result.rest_on(drawn, minimum, rule);
  return result;
}

}  // namespace modelgate
