// Few differences. Where fewer than 6 units differ their spread is nothing to go by. No more units than
// Clopper and Pearson's bound get worse then, and each by no more than lies between the best and the worst
// that a row can have (or, where a term has no bounds, between the best and the worst row that was seen in
// either model; a worse one would have to be rarer than the bound of the share tells). A relative margin is
// compared as candidate − (1 ± margin)·baseline against 0, row by row, so that the luck of the baseline is in
// the interval.

#include "gates/quality/rules/linear_terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>

#include "gates/quality/rules/few_differences.h"
#include "gates/quality/rules/linear_estimate.h"
#include "gates/quality/rules/term_units.h"
#include "gates/statistics/parallel.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {
namespace {

constexpr std::size_t units_worth_a_thread = 100'000;

/// What a unit adds to the numerators, as goodness, and to the denominator.
struct Part {
  double before = 0, now = 0, size = 0;
};

/// The least and the largest of a row's numbers, for each unit of size.
struct Range {
  double least = INFINITY, most = -INFINITY;

  void see(double term, double size) {
    if (!(size > 0)) return;
    least = std::min(least, term / size);
    most = std::max(most, term / size);
  }
};

class Parts {
 public:
  Parts(const Measure& measure, const RowSample& rows)
      : terms_(*measure.terms),
        sign_(measure.lower_is_better ? -1 : 1),
        has_baseline_(!terms_.baseline.empty()),
        units_(rows) {}

  std::size_t size() const { return units_.size(); }
  bool is_bounded() const { return terms_.lowest && terms_.highest; }
  /// The best of all goodness, of bounded terms.
  double best() const { return sign_ < 0 ? -*terms_.lowest : *terms_.highest; }

  Part operator[](std::size_t unit) const {
    Part part;
    units_.each_of(unit, [&](std::size_t row) {
      part.size += size_of(row);
      part.now += terms_.candidate[row];
      if (has_baseline_) part.before += terms_.baseline[row];
    });
    part.now *= sign_;
    part.before *= sign_;
    return part;
  }

  /// Of now − factor·before.
  StudentEstimate contrast(double factor, int threads) const {
    return linear_estimate(
        size(),
        [&](std::size_t u) {
          const Part part = (*this)[u];
          return LinearPart{part.now - factor * part.before, part.size};
        },
        threads);
  }
  /// The value of one model.
  double value(double Part::*model, int threads) const {
    return linear_value(
        size(),
        [&](std::size_t u) {
          const Part part = (*this)[u];
          return LinearPart{part.*model, part.size};
        },
        threads);
  }

  UnitChanges changes(int threads) const {
    UnitChanges changes;
    std::mutex mutex;
    in_parallel(size() < units_worth_a_thread ? 1 : threads, size(),
                [&](std::size_t first, std::size_t last) {
                  UnitChanges of_part;
                  for (std::size_t u = first; u < last; ++u) {
                    const Part part = (*this)[u];
                    of_part.worse += part.now < part.before;
                    of_part.better += part.now > part.before;
                  }
                  const std::lock_guard lock(mutex);
                  changes.worse += of_part.worse;
                  changes.better += of_part.better;
                });
    return changes;
  }

  /// Of the metric, if one unit gives the worst instead of the best.
  double largest_fall() const {
    Range range;
    double largest = 0, all = 0;
    for (std::size_t u = 0; u < size(); ++u) {
      units_.each_of(u, [&](std::size_t row) {
        range.see(terms_.candidate[row], size_of(row));
        if (has_baseline_) range.see(terms_.baseline[row], size_of(row));
      });
      const double size = (*this)[u].size;
      largest = std::max(largest, size);
      all += size;
    }
    const double width = is_bounded() ? *terms_.highest - *terms_.lowest : range.most - range.least;
    return width * largest / all;
  }

 private:
  double size_of(std::size_t row) const {
    return terms_.kind == RowTerms::Kind::ratio ? terms_.sizes[row] : 1;
  }

  const RowTerms& terms_;
  double sign_;
  bool has_baseline_;
  TermUnits units_;
};

std::string name_of_rule(const RowSample& rows) {
  return fmt::format("Student's t over {}, two supposed", rows.clustered() ? "clusters" : "rows");
}

/// Where hardly any unit lies below the best of all: the worst case of how many do. False where a term has no
/// best, or more of them do.
bool rests_on_worst_case(Level& result, const Parts& parts, const QualityRule& rule) {
  if (!parts.is_bounded()) return false;
  std::int64_t wrong = 0;
  for (std::size_t u = 0; u < parts.size(); ++u) {
    const Part part = parts[u];
    wrong += part.now < parts.best() * part.size;
  }
  if (wrong >= least_differing) return false;
  const double share = clopper_pearson(wrong, result.units, rule.alpha_pass).upper;
  result.bounds = {parts.best() - share * parts.largest_fall() * static_cast<double>(result.units),
                   parts.best()};
  result.method =
      fmt::format("few wrong answers: worst case by Clopper–Pearson of {} among {}", wrong, result.units);
  return true;
}

}  // namespace

Difference linear_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                             const QualityRule& rule) {
  const Parts parts(measure, rows);
  const int threads = rule.bootstrap.threads;
  Difference result;
  result.baseline = parts.value(&Part::before, threads);
  result.candidate = parts.value(&Part::now, threads);
  result.units = static_cast<std::int64_t>(parts.size());
  if (!is_defined(result, margin)) return result;
  const UnitChanges changes = parts.changes(threads);
  result.harmful = changes.worse;
  result.n = {{"worse", changes.worse}, {"better", changes.better}};
  const ScaledMargin scaled = scaled_margin(margin, result.baseline);
  if (changes.differing() < least_differing) {
    rest_on_worst_case(result, changes, parts.largest_fall(), scaled.tolerated, rule);
    return result;
  }
  const StudentEstimate change = parts.contrast(1, threads);
  if (margin.relative)
    result.rest_on(change, parts.contrast(scaled.factor, threads), scaled.tolerated, rule);
  else
    result.rest_on(change, margin.size, rule);
  result.method = name_of_rule(rows);
  return result;
}

Level linear_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule) {
  const Parts parts(measure, rows);
  const StudentEstimate estimate = parts.contrast(0, rule.bootstrap.threads);
  Level result;
  result.value = estimate.estimate;
  result.units = static_cast<std::int64_t>(parts.size());
  if (rests_on_worst_case(result, parts, rule)) return result;
  if (estimate.degenerate()) {
    result.bounds = {-INFINITY, INFINITY};
    result.doubt_because("degenerate", "all rows have the same value, which gives no spread to judge by");
    return result;
  }
  result.rest_on(estimate, minimum, rule);
  if (parts.is_bounded()) result.bounds.upper = std::min(result.bounds.upper, parts.best());
  result.method = name_of_rule(rows);
  return result;
}

}  // namespace modelgate
