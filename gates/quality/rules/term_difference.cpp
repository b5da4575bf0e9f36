// Metrics of which every row has its own part, by the kind of their terms: shares of rows (yes_no_terms.h),
// means and ratios (linear_terms.h), other functions of sums (sum_terms.h).

#include "gates/quality/rules/term_difference.h"

#include "gates/quality/rules/linear_terms.h"
#include "gates/quality/rules/sum_terms.h"
#include "gates/quality/rules/yes_no_terms.h"
#include "gates/quality/terms/row_terms.h"

namespace modelgate {
namespace {

template <typename Result>
void take_doubt(Result& result, const RowTerms& terms) {
  for (const auto& [name, count] : terms.n) result.n[name] = count;
  if (terms.doubt.empty()) return;
  result.doubt_because(terms.reason, terms.doubt);
  result.needs = terms.needs;
}

Difference by_kind(const Measure& measure, const RowSample& rows, const Change& margin,
                   const QualityRule& rule) {
  switch (measure.terms->kind) {
    case RowTerms::Kind::yes_no:
      // Tango's interval is of the plain difference.
      return margin.relative ? linear_difference(measure, rows, margin, rule)
                             : yes_no_difference(measure, rows, margin, rule);
    case RowTerms::Kind::mean:
    case RowTerms::Kind::ratio:
      return linear_difference(measure, rows, margin, rule);
    case RowTerms::Kind::sums:
      break;
  }
  return sums_difference(measure, rows, margin, rule);
}

Level by_kind(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule) {
  switch (measure.terms->kind) {
    case RowTerms::Kind::yes_no:
      return yes_no_level(measure, rows, minimum, rule);
    case RowTerms::Kind::mean:
    case RowTerms::Kind::ratio:
      return linear_level(measure, rows, minimum, rule);
    case RowTerms::Kind::sums:
      break;
  }
  return sums_level(measure, rows, minimum, rule);
}

}  // namespace

Difference terms_difference(const Measure& measure, const RowSample& rows, const Change& margin,
                            const QualityRule& rule) {
  Difference result = by_kind(measure, rows, margin, rule);
  take_doubt(result, *measure.terms);
  return result;
}

Level terms_level(const Measure& measure, const RowSample& rows, double minimum, const QualityRule& rule) {
  Level result = by_kind(measure, rows, minimum, rule);
  take_doubt(result, *measure.terms);
  return result;
}

}  // namespace modelgate
