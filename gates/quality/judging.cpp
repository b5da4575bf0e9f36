#include "gates/quality/judging.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gates/decision/decision.h"
#include "gates/quality/presentation.h"
#include "gates/quality/rules/looks.h"
#include "gates/quality/terms/row_terms.h"
#include "gates/quality/wording.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

class Judge {
 public:
  Judge(const Answers& answers, const QualityDemands& demands, const Verdict& verdict)
      : answers_(answers), demands_(demands), verdict_(verdict) {
    rule_.alpha_pass = verdict.alpha_pass;
    rule_.alpha_fail = verdict.alpha_fail;
    rule_.confidence = 1 - verdict.alpha_pass;
    rule_.bootstrap.seed = demands.seed;
    rule_.bootstrap.threads = demands.threads;
    rule_.bootstrap.draws = answers.draws.get();
  }

  std::vector<Check> judge(const Part& part) const {
    std::vector<Check> checks;
    const CheckText& text = *part.text;
    if (text.margin)
      checks.push_back(answers_.compared ? comparison(part, *text.margin) : not_compared(part));
    if (text.gain)
      checks.push_back(answers_.compared ? comparison(part, {-text.gain->size, text.gain->relative}, " gain")
                                         : not_compared(part, " gain"));
    if (text.minimum) checks.push_back(limit(part, *text.minimum, " min"));
    if (text.maximum)
      checks.push_back(answers_.compared || text.family() != Family::flips
                           ? limit(part, *text.maximum, " max")
                           : not_compared(part, " max"));
    return checks;
  }

 private:
  /// What each look says by its share of the error rates: nothing where its rows are too few.
  template <typename Weigh>
  auto by_look(const Part& part, const Weigh& weigh) const {
    std::vector<decltype(weigh(*part.rows, rule_))> results;
    for (const Look& look : answers_.looks.reached) {
      const QualityRule rule = rule_at(look, rule_);
      if (&look == &answers_.looks.reached.back()) {
        results.push_back(weigh(*part.rows, rule));
        continue;
      }
      const RowSample rows = part.rows->taken_by(look.rows);
      if (shortage(part, sizes_of(part.measure, rows)))
        results.emplace_back();
      else
        results.push_back(weigh(rows, rule));
    }
    return results;
  }

  QualityRule last_rule() const { return rule_at(answers_.looks.reached.back(), rule_); }

  /// What the looks declared leave to be taken, for a check that is undecided.
  void name_next_look(Check& check) const {
    if (check.status == Status::inconclusive && answers_.looks.next)
      check.needs +=
          fmt::format("{}the next look is at {} rows", check.needs.empty() ? "" : "; ", *answers_.looks.next);
  }

  Check new_check(const Part& part, const char* suffix = "") const {
    Check check;
    check.gate = verdict_.gate;
    check.name = part.text->name + suffix;
    check.slice = part.slice;
    return check;
  }

  Check not_compared(const Part& part, const char* suffix = "") const {
    Check check = without_decision(new_check(part, suffix), Status::not_compared, "first_release",
                                   part.text->name + ": first release, no baseline to compare with", "");
    check.n = sizes_of(part.measure, *part.rows);
    return check;
  }

  /// "rows labelled 'refund' with lang=zh"
  std::string units_of(const Part& part) const {
    std::string units = answers_.clustered ? "clusters" : "rows";
    if (part.measure.average == Average::one_class && part.measure.metric == Metric::recall)
      units += " labelled '" + beginning(part.measure.class_name) + "'";
    for (const auto& [field, value] : part.slice) units += " with " + field + "=" + value;
    return units;
  }

  /// What the check rests on and how much of it must be there at least; the first that is not.
  struct Shortage {
    std::string reason, units;
    std::int64_t have = 0, need = 0;
  };

  std::optional<Shortage> shortage(const Part& part, const std::map<std::string, std::int64_t>& sizes) const {
    const Measure& measure = part.measure;
    const std::int64_t rows = sizes.at("rows");
    const std::int64_t minimum = part.slice.empty() ? demands_.minimum_rows : demands_.small_slices.minimum;
    std::string within;
    for (const auto& [field, value] : part.slice) within += " with " + field + "=" + value;
    std::vector<Shortage> needed = {
        {part.slice.empty() ? "too_few_rows" : "slice_too_small", "rows" + within, rows, minimum}};
    if (answers_.clustered)
      needed.push_back({"too_few_clusters", "clusters" + within, sizes.at("clusters"), least_clusters});
    if (measure.average == Average::one_class && measure.family() != Family::terms) {
      const std::int64_t positives = sizes.at("positives");
      const bool area = measure.family() == Family::area || measure.family() == Family::order;
      const std::int64_t least = area ? least_scored : measure.is_share_of_rows() ? minimum : least_positives;
      needed.push_back(
          {"too_few_positives", "rows labelled '" + measure.class_name + "'" + within, positives, least});
      if (area)
        needed.push_back({"too_few_negatives", "rows of other labels" + within, rows - positives, least});
    }
    for (const Shortage& one : needed)
      if (one.have < one.need) return one;
    return std::nullopt;
  }

  /// Makes the check inconclusive where the data are too few to be judged at all. `share` is how much may be
  /// worse at most; to exclude more takes so many rows even if none is.
  bool too_few(const Part& part, double share, Check& check) const {
    const auto sizes = sizes_of(part.measure, *part.rows);
    check.n = sizes;
    if (answers_.looks.reached.empty()) {
      check = without_decision(
          check, Status::inconclusive, "too_few_rows",
          fmt::format("{}: the first look at the rows is not reached", check.name),
          fmt::format("as many rows as the first look was declared at, {}", *answers_.looks.next));
      return true;
    }
    const auto lacking = shortage(part, sizes);
    if (!lacking) return false;
    const std::int64_t need =
        std::max(lacking->need, part.measure.is_share_of_rows() && share > 0 && !answers_.clustered
                                    ? units_to_exclude(share, verdict_.alpha_pass)
                                    : 0);
    check = without_decision(
        check, Status::inconclusive, lacking->reason,
        fmt::format("{}: {} {} too few to decide", check.name, counted(lacking->have, lacking->units),
                    lacking->have == 1 ? "is" : "are"),
        "at least " + counted(need - lacking->have, lacking->units, "more "));
    name_next_look(check);
    return true;
  }

  void add_warnings(Check& check, const Part& part) const {
    if (part.measure.terms != nullptr)
      check.warnings.insert(check.warnings.end(), part.measure.terms->warnings.begin(),
                            part.measure.terms->warnings.end());
    constexpr std::int64_t rare = 5;
    if (part.measure.average != Average::macro) return;
    std::vector<std::int64_t> rows(answers_.classes.size());
    for (const RowKind& kind : part.rows->kinds()) rows[static_cast<std::size_t>(kind.label)] += kind.count;
    const auto count = std::count_if(rows.begin(), rows.end(), [](auto n) { return n > 0 && n < rare; });
    if (count > 0)
      check.warnings.push_back(fmt::format("{} class{} fewer than {} rows and weigh{} as much as the others",
                                           count, count == 1 ? " has" : "es have", rare,
                                           count == 1 ? "s" : ""));
  }

  Presentation told_of(const Part& part) const { return {part.text->scale(), part.measure.lower_is_better}; }

  /// Against the baseline: nothing worse than the margin, or better by the gain.
  Check comparison(const Part& part, Change margin, const char* suffix = "") const {
    Check check = new_check(part, suffix);
    const Presentation told = told_of(part);
    // A ratio is compared by its logarithm.
    if (part.text->scale() == Scale::ratio) margin = {std::log1p(margin.size), false};
    if (too_few(part, margin.size, check)) {
      put_margin(check, margin, told);
      return check;
    }
    const auto seen = by_look(part, [&](const RowSample& rows, const QualityRule& rule) {
      return difference_of(part.measure, rows, margin, rule);
    });
    const Difference result = together(seen, answers_.looks, rule_, check.looks);
    check.status =
        decide({result.p_regression, -result.proven, result.tolerated, result.doubt}, verdict_.alpha_fail);
    word(check, result, margin, last_rule(), units_of(part), told);
    name_next_look(check);
    add_warnings(check, part);
    if (part.measure.metric == Metric::roc_auc && result.baseline < 0.5 && result.candidate < 0.5)
      check.warnings.push_back("both areas are below one half: is the score really that of '" +
                               part.measure.class_name + "'?");
    return check;
  }

  Check limit(const Part& part, double value, const char* suffix) const {
    Check check = new_check(part, suffix);
    const Presentation told = told_of(part);
    const double minimum = told.goodness(value);
    if (too_few(part, told.lower_is_better() ? value : 1 - value, check)) {
      put_limit(check, value, told);
      return check;
    }
    const auto seen = by_look(part, [&](const RowSample& rows, const QualityRule& rule) {
      return level_of(part.measure, rows, minimum, rule);
    });
    const Level result = together(seen, answers_.looks, minimum, rule_, check.looks);
    check.status =
        decide({result.p_missed, minimum - result.bounds.lower, 0, result.doubt}, verdict_.alpha_fail);
    word(check, result, value, last_rule(), units_of(part), told);
    name_next_look(check);
    add_warnings(check, part);
    return check;
  }

  const Answers& answers_;
  const QualityDemands& demands_;
  const Verdict& verdict_;
  QualityRule rule_;
};

}  // namespace

std::vector<Check> judge(const Part& part, const Answers& answers, const QualityDemands& demands,
                         const Verdict& verdict) {
  return Judge(answers, demands, verdict).judge(part);
}

}  // namespace modelgate
