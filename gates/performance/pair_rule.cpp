// Is the candidate worse than the margin, by the differences of process pairs?
//
// Method. Under equal noise the differences lie symmetrically around θ, and if the order within each pair was
// drawn at random they do so whatever the noise is: that is all that Wilcoxon's signed-rank test needs to be
// exact. It decides, with Hodges and Lehmann's bounds that belong to it; bursts of noise cost it less than
// they cost Student's t. What ranks cannot give is a p-value below 2^−n: with 10 pairs no check could block
// among more than 51. Where all differences lie beyond the margin, so that ranks have no more to say,
// Student's t speaks for p_regression below 2^−n, never above. So the level of a single check is exact at any
// α ≥ 2^−n, and under symmetry alone a family of m checks at the margin is blocked wrongly at most with m
// 2^−n more than α. A pass rests on ranks alone.
//
// Several looks spend their shares of the error rates (alpha_spending.h). Student's t is the cross-check: if
// at the last look it proves the opposite, the data are called undecidable.
//
// References: Wilcoxon 1945; Hodges & Lehmann 1963; Lan & DeMets 1983. Limits: fewer than 5 pairs cannot
// prove anything at 5 %.

#include "gates/performance/pair_rule.h"

#include <algorithm>
#include <cmath>

#include "gates/statistics/alpha_spending.h"
#include "gates/statistics/input.h"
#include "gates/statistics/signed_rank.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {
namespace {

/// The p-value of "θ is at most δ".
double p_of_regression(std::span<const double> differences, double margin, const SignedRankTest& ranks) {
  if (differences.size() < 2 || std::any_of(differences.begin(), differences.end(),
                                            [&](double difference) { return !(difference > margin); }))
    return ranks.p_greater;
  return std::min(ranks.p_greater, mean_estimate(differences).p_greater(margin));
}

double robust_spread(std::span<const double> differences, double centre) {
  std::vector<double> deviations;
  for (const double difference : differences) deviations.push_back(std::abs(difference - centre));
  const auto middle = deviations.begin() + static_cast<std::ptrdiff_t>(deviations.size() / 2);
  std::nth_element(deviations.begin(), middle, deviations.end());
  return 1.4826 * *middle;
}

/// Whether Student's t, at this look's part of the error rates, proves the opposite of the ranks.
bool proves_the_opposite(const StudentEstimate& t, const PairRule& rule, const LookRecord& look) {
  const double pass = rule.alpha_pass * look.share, fail = rule.alpha_fail * look.share;
  return (t.p_greater(rule.margin) <= fail && look.p_non_inferiority <= pass) ||
         (t.p_less(rule.margin) <= pass && look.p_regression <= fail);
}

}  // namespace

PairEvidence weigh_pairs(std::span<const double> differences, const PairRule& rule) {
  require_values(differences, 1);
  const auto all = static_cast<std::int64_t>(differences.size());
  std::vector<std::int64_t> looks = rule.looks;
  if (looks.empty()) looks = {all};
  require(all <= looks.back(), "there are more pairs than looks were declared for");
  const std::vector<double> shares = look_shares(looks);

  PairEvidence result;
  result.lower = -INFINITY;
  result.upper = INFINITY;
  std::vector<double> p_regression, p_non_inferiority;
  for (std::size_t k = 0; k < looks.size() && looks[k] <= all; ++k) {
    const auto seen = differences.first(static_cast<std::size_t>(looks[k]));
    const SignedRankTest ranks = signed_rank(seen, rule.margin);
    const HodgesLehmann centre = walsh_estimate(seen, rule.alpha_pass * shares[k]);
    result.looks.push_back({looks[k], shares[k], p_of_regression(seen, rule.margin, ranks), ranks.p_less});
    p_regression.push_back(result.looks.back().p_regression);
    p_non_inferiority.push_back(ranks.p_less);
    result.pairs = looks[k];
    result.estimate = centre.estimate;
    result.lower = std::max(result.lower, centre.bounds.lower);
    result.upper = std::min(result.upper, centre.bounds.upper);
  }
  if (result.looks.empty()) {
    result.estimate = walsh_estimate(differences, 0.5).estimate;
    result.spread = robust_spread(differences, result.estimate);
    return result;
  }
  const auto judged = differences.first(static_cast<std::size_t>(result.pairs));
  result.p_regression = sequential_p(p_regression, shares);
  result.p_non_inferiority = sequential_p(p_non_inferiority, shares);
  result.spread = robust_spread(judged, result.estimate);
  if (judged.size() >= 2) result.by_t = mean_estimate(judged);
  if (result.by_t && proves_the_opposite(*result.by_t, rule, result.looks.back()))
    result.doubt = "Student's t and the signed-rank test prove opposite things";
  return result;
}

}  // namespace modelgate
