#include "tests/bench/verdicts/targets.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/bench/verdicts/evals.h"
#include "tests/bench/verdicts/wording.h"

namespace modelgate {
namespace {

/// The worst of several results by the upper bound of a rate; nothing to look at is no proof.
template <typename Result, typename RateOf>
Target worst_at_most(const std::string& what, double limit, const std::vector<const Result*>& all,
                     const RateOf& rate_of) {
  Target target{what, fmt::format("upper 95 % bound ≤ {}", share_text(limit)), "not measured", false};
  if (all.empty()) return target;
  const Result& worst = **std::max_element(all.begin(), all.end(), [&](const Result* a, const Result* b) {
    return rate_of(*a).upper() < rate_of(*b).upper();
  });
  const Rate rate = rate_of(worst);
  target.measured = fmt::format("{} ({} of {}; {})", share_text(rate.upper()), grouped(rate.hits),
                                grouped(rate.trials), worst.model);
  target.met = rate.upper() <= limit;
  return target;
}

template <typename Result, typename Condition>
std::vector<const Result*> those(const std::vector<Result>& all, const Condition& condition) {
  std::vector<const Result*> chosen;
  for (const Result& one : all)
    if (condition(one)) chosen.push_back(&one);
  return chosen;
}

Target at_least(const std::string& what, double limit, const Rate& rate) {
  return {what, fmt::format("lower 95 % bound ≥ {}", share_text(limit)),
          fmt::format("{} ({} of {})", share_text(rate.lower()), grouped(rate.hits), grouped(rate.trials)),
          rate.lower() >= limit};
}

void add_suites(const Results& results, std::vector<Target>& targets) {
  for (const std::size_t checks : suite_sizes)
    targets.push_back(worst_at_most(
        fmt::format("A/A runs of {} that are blocked, worst noise model", checks_text(checks)), 0.05,
        those(results.unchanged, [&](const SuiteResult& one) { return one.checks == checks; }),
        [](const SuiteResult& one) { return one.blocked; }));
  std::vector<std::vector<std::int64_t>> plans;
  for (const EffectResult& one : results.wrong_passes)
    if (std::find(plans.begin(), plans.end(), one.looks) == plans.end()) plans.push_back(one.looks);
  for (const auto& looks : plans)
    targets.push_back(worst_at_most(
        fmt::format("checks that pass at exactly the margin, {}, worst noise model", looks_text(looks)), 0.05,
        those(results.wrong_passes, [&](const EffectResult& one) { return one.looks == looks; }),
        [](const EffectResult& one) { return one.answers.passed; }));
  for (const auto& looks : plans)
    targets.push_back(worst_at_most(
        fmt::format("checks that are blocked at exactly the margin, {}, worst noise model",
                    looks_text(looks)),
        0.05, those(results.wrong_passes, [&](const EffectResult& one) { return one.looks == looks; }),
        [](const EffectResult& one) { return one.answers.failed; }));
}

void add_power(const Results& results, std::vector<Target>& targets) {
  for (const EffectResult& one : results.effects)
    if (one.model == results.models.front().first && one.family == 1 && one.effect == 2 &&
        one.looks == std::vector{results.settings.pairs})
      targets.push_back(at_least(
          fmt::format("power at twice the margin, {} pairs, {} % normal noise, margin {} %",
                      results.settings.pairs, 100 * results.settings.spread, 100 * results.settings.margin),
          0.95, one.answers.failed));
  for (const EvalResult& one : results.evals)
    if (one.rule == our_evals && one.margin == 0 && one.drop == 3) {
      targets.push_back(at_least("power for paired evals: 1,000 rows, 10 % discordant, a drop of 3 points",
                                 0.85, one.failed));
      for (const EvalResult& other : results.evals)
        if (other.rule == unpaired_z && other.drop == 3)
          targets.back().measured += "; an unpaired z test: " + share_text(other.failed.share());
    }
}

void add_decided(const Results& results, std::vector<Target>& targets) {
  for (const std::size_t checks : suite_sizes)
    targets.push_back(worst_at_most(
        fmt::format("A/A runs of {} that stay inconclusive with the planned pairs, worst noise model",
                    checks_text(checks)),
        0.10, those(results.unchanged, [&](const SuiteResult& one) { return one.checks == checks; }),
        [](const SuiteResult& one) { return one.inconclusive; }));
}

/// Saved by the looks, of the pairs of the fixed plan with the same power.
double saved(const SequentialResult& result, double effect) {
  return 1 - result.sequential.at(effect).mean_samples / static_cast<double>(result.fixed_pairs);
}

void add_sequential(const Results& results, std::vector<Target>& targets) {
  for (const double effect : {0.0, 3.0}) {
    if (results.sequential.empty()) return;
    const SequentialResult& worst =
        *std::min_element(results.sequential.begin(), results.sequential.end(),
                          [&](const auto& a, const auto& b) { return saved(a, effect) < saved(b, effect); });
    targets.push_back(
        {fmt::format("pairs that looks save {}, against a fixed plan of the same power, worst case",
                     effect == 0 ? "at no effect" : "at three times the margin"),
         fmt::format("≥ {}", share_text(0.5)),
         fmt::format("{} ({}; {}: {:.1f} pairs instead of {})", share_text(saved(worst, effect)), worst.model,
                     checks_text(worst.family), worst.sequential.at(effect).mean_samples, worst.fixed_pairs),
         saved(worst, effect) >= 0.5});
  }
}

void add_row_looks(const Results& results, std::vector<Target>& targets) {
  if (results.row_looks.empty()) return;
  const auto worst = [&](const std::string& what, Rate ThreeAnswers::*of) {
    const auto found = std::max_element(
        results.row_looks.begin(), results.row_looks.end(), [&](const auto& a, const auto& b) {
          return (a.sequential.at(1).*of).upper() < (b.sequential.at(1).*of).upper();
        });
    const Rate rate = found->sequential.at(1).*of;
    targets.push_back({"evals in looks that " + what + " at exactly the margin, worst plan",
                       fmt::format("upper 95 % bound ≤ {}", share_text(0.05)),
                       fmt::format("{} ({} of {}; {})", share_text(rate.upper()), grouped(rate.hits),
                                   grouped(rate.trials), looks_text(found->looks, "rows")),
                       rate.upper() <= 0.05});
  };
  worst("pass", &ThreeAnswers::passed);
  worst("are blocked", &ThreeAnswers::failed);
  for (const double effect : {0.0, 3.0}) {
    const auto saved = [&](const RowLooksResult& one) {
      return 1 - one.sequential.at(effect).mean_samples / static_cast<double>(one.fixed_rows);
    };
    const RowLooksResult& least =
        *std::min_element(results.row_looks.begin(), results.row_looks.end(),
                          [&](const auto& a, const auto& b) { return saved(a) < saved(b); });
    targets.push_back(
        {fmt::format("rows that looks save {}, against a fixed plan of the same power, worst plan",
                     effect == 0 ? "at no effect" : "at three times the margin"),
         fmt::format("≥ {}", share_text(0.5)),
         fmt::format("{} ({}: {:.0f} rows instead of {})", share_text(saved(least)),
                     looks_text(least.looks, "rows"), least.sequential.at(effect).mean_samples,
                     least.fixed_rows),
         saved(least) >= 0.5});
  }
}

}  // namespace

std::vector<Target> targets_of(const Results& results) {
  std::vector<Target> targets;
  add_suites(results, targets);
  add_power(results, targets);
  add_decided(results, targets);
  add_sequential(results, targets);
  add_row_looks(results, targets);
  return targets;
}

}  // namespace modelgate
