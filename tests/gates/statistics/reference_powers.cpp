// Power, needed numbers and sequential methods of the reference table.

#include <limits>

#include "gates/statistics/confidence_sequence.h"
#include "gates/statistics/group_sequential.h"
#include "gates/statistics/power_of_means.h"
#include "gates/statistics/power_of_paired_proportions.h"
#include "gates/statistics/power_of_proportions.h"
#include "gates/statistics/rank_sum.h"
#include "gates/statistics/signed_rank.h"
#include "reference_table.h"

namespace modelgate {
namespace {

using Case = ReferenceCase;

double count(const std::optional<std::int64_t>& n) { return static_cast<double>(n.value()); }

Fields of_order(const RankOrder& order) {
  return {{"k", {static_cast<double>(order.k)}}, {"achieved", {order.achieved_tail}}};
}

Fields of_paired_t(const Case& c) {
  const MeanDesign design{c.number("margin"), c.number("spread"), c.number("tail")};
  return {{"power", {paired_t_power(c.whole("n"), c.number("effect"), design)}},
          {"normal", {normal_power(c.whole("n"), c.number("effect"), design)}}};
}

Fields of_welch(const Case& c) {
  const WelchDesign design{0, c.number("s1"), c.number("s2"), c.number("tail")};
  return {{"power", {welch_power(c.whole("n"), c.number("effect"), design)}}};
}

Fields of_clusters(const Case& c) {
  const ClusterDesign design{0, c.number("spread"), c.number("size"), c.number("rho"), c.number("tail")};
  return {{"power", {clustered_power(c.whole("g"), c.number("effect"), design)}}};
}

Fields of_needed(const Case& c) {
  const double d = c.number("d"), tail = c.number("tail"), power = c.number("power");
  return {{"paired_t", {count(paired_t_needed(d, {0, 1, tail}, power))}},
          {"welch", {count(welch_needed(d, {0, 1, 1, tail}, power))}},
          {"normal", {count(normal_needed(d, {0, 1, tail}, power))}}};
}

Fields of_paired_proportions(const Case& c) {
  const PairedDesign design{c.number("margin"), c.number("share"), c.number("tail")};
  Fields result{{"tango", {tango_power(c.whole("n"), c.number("drop"), design)}}};
  if (design.margin == 0) result["mcnemar"] = {mcnemar_power(c.whole("n"), c.number("drop"), design)};
  return result;
}

Fields of_two_looks(const Case& c) {
  constexpr double none = -std::numeric_limits<double>::infinity();
  const std::vector<Look> looks{{c.number("t1"), none, c.number("b1")}, {1, none, c.number("b2")}};
  return {{"upper", crossing_probabilities(looks, c.number("drift")).upper}};
}

Fields of_sequence(const Case& c) {
  ConfidenceSequence sequence({-1, 1}, c.number("tail"), c.whole("planned"));
  for (const double x : c.numbers("x")) sequence.add(x);
  return {{"bounds", {sequence.bounds().lower, sequence.bounds().upper}},
          {"p_greater", {sequence.p_greater(0)}}};
}

}  // namespace

const Computations& reference_powers() {
  static const Computations computations{
      {"paired_t_power", of_paired_t},
      {"welch_power", of_welch},
      {"clustered_power", of_clusters},
      {"needed", of_needed},
      {"detectable",
       [](const Case& c) {
         return Fields{
             {"paired_t", {paired_t_detectable(c.whole("n"), {0, 1, c.number("tail")}, c.number("power"))}}};
       }},
      {"proportion_power",
       [](const Case& c) {
         return Fields{
             {"power",
              {proportion_power(c.whole("n"), c.number("share"), {c.number("limit"), c.number("tail")})}}};
       }},
      {"proportion_needed",
       [](const Case& c) {
         return Fields{{"n",
                        {count(proportion_needed(c.number("share"), {c.number("limit"), c.number("tail")},
                                                 c.number("power")))}}};
       }},
      {"unpaired_power",
       [](const Case& c) {
         return Fields{{"power",
                        {unpaired_power(c.whole("n"), c.number("drop"),
                                        {c.number("margin"), c.number("first"), c.number("tail")})}}};
       }},
      {"paired_power", of_paired_proportions},
      {"signed_rank_order",
       [](const Case& c) { return of_order(signed_rank_order(c.whole("n"), c.number("tail"))); }},
      {"rank_sum_order",
       [](const Case& c) { return of_order(rank_sum_order(c.whole("m"), c.whole("n"), c.number("tail"))); }},
      {"two_looks", of_two_looks},
      {"confidence_sequence", of_sequence},
  };
  return computations;
}

}  // namespace modelgate
