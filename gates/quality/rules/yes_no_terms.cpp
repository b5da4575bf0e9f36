#include "gates/quality/rules/yes_no_terms.h"

#include <array>

#include "gates/quality/rules/tally_difference.h"
#include "gates/quality/rules/term_units.h"

namespace modelgate {
namespace {

/// Rows by whether they were good before and are now.
using FourCounts = std::array<std::array<std::int64_t, 2>, 2>;

void add_entries(Tally& tally, const FourCounts& counts, bool as_one_unit) {
  if (as_one_unit) {
    tally.first.push_back(tally.entries.size());
    tally.multiplicity.push_back(1);
  }
  for (std::int32_t before = 0; before < 2; ++before)
    for (std::int32_t now = 0; now < 2; ++now) {
      const std::int64_t count = counts[static_cast<std::size_t>(before)][static_cast<std::size_t>(now)];
      if (count == 0) continue;
      if (!as_one_unit) {
        tally.first.push_back(tally.entries.size());
        tally.multiplicity.push_back(count);
      }
      tally.entries.push_back({1, before, now, as_one_unit ? count : 1});
    }
}

/// All rows as labelled 1, and answered so where their number is the better one; before: by the baseline, or
/// all of them.
Tally tally_of_terms(const Measure& measure, const RowSample& rows, Against against) {
  const auto is_good = [&](const std::vector<double>& values, std::size_t row) {
    return std::size_t{(values[row] != 0) != measure.lower_is_better};
  };
  const RowTerms& terms = *measure.terms;
  const TermUnits units(rows);
  Tally tally;
  tally.classes = 2;
  FourCounts counts{};
  for (std::size_t u = 0; u < units.size(); ++u) {
    units.each_of(u, [&](std::size_t row) {
      ++counts[against == Against::labels ? 1 : is_good(terms.baseline, row)][is_good(terms.candidate, row)];
    });
    if (!rows.clustered()) continue;
    add_entries(tally, counts, true);
    counts = {};
  }
  if (!rows.clustered()) add_entries(tally, counts, false);
  tally.first.push_back(tally.entries.size());
  return tally;
}

/// Where fewer ones are better the share of zeros is counted, which lies 1 above the goodness.
double offset_of(const Measure& measure) { return measure.lower_is_better ? -1 : 0; }

}  // namespace

Difference yes_no_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                             const QualityRule& rule) {
  const Measure share;
  Difference result = difference_of_tally(share, tally_of_terms(measure, rows, Against::baseline),
                                          rows.clustered(), margin, rule);
  result.baseline += offset_of(measure);
  result.candidate += offset_of(measure);
  return result;
}

Level yes_no_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule) {
  const Measure share;
  const double offset = offset_of(measure);
  Level result = level_of_tally(share, tally_of_terms(measure, rows, Against::labels), rows.clustered(),
                                minimum - offset, rule);
  result.value += offset;
  result.bounds = {result.bounds.lower + offset, result.bounds.upper + offset};
  return result;
}

}  // namespace modelgate
