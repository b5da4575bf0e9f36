#include "tests/bench/verdicts/evidence.h"

#include <algorithm>
#include <set>

#include "tests/bench/verdicts/evals.h"
#include "tests/bench/verdicts/histories.h"
#include "tests/bench/verdicts/noise_models.h"
#include "tests/bench/verdicts/pair_order.h"
#include "tests/bench/verdicts/peer_runs.h"
#include "tests/bench/verdicts/row_looks.h"
#include "tests/bench/verdicts/sequential.h"
#include "tests/bench/verdicts/suites.h"
#include "tests/bench/verdicts/targets.h"

namespace modelgate {
namespace {

// Experiments that must not share random numbers; see also those of peers, sequential sampling and evals.
enum Experiment : std::uint64_t {
  of_unchanged = 1,
  of_margin = 2,
  of_wrong_passes = 3,
  of_effects = 4,
  of_summary = 6,
  of_curve = 5
};

class Gathering {
 public:
  Gathering(Results& results, const std::function<void(const std::string&)>& tell)
      : results_(results), settings_(results.settings), tell_(tell) {}

  void all_of(const NoiseModel& model, std::size_t number) {
    tell_(model.name + ": whole suites");
    std::set<std::vector<std::int64_t>> plans = {{settings_.pairs}, planned_looks(4 * settings_.pairs)};
    for (const std::size_t checks : suite_sizes) {
      const OurRule rule = rule_of(planned_looks(pairs_to_plan(model, number, checks, settings_)));
      plans.insert(rule.looks());
      results_.unchanged.push_back(
          run_suites(model, number, checks, rule, 0, settings_.suite_runs, of_unchanged, settings_));
      results_.at_margin.push_back(
          run_suites(model, number, checks, rule, 1, settings_.edge_runs, of_margin, settings_));
    }
    for (const std::int64_t pairs : {settings_.pairs, 4 * settings_.pairs})
      results_.summarised.push_back(run_suites(model, number, summarised_suite, rule_of(planned_looks(pairs)),
                                               0, settings_.suite_runs / 5, of_summary, settings_));
    tell_(model.name + ": single checks");
    for (const auto& looks : plans)
      results_.wrong_passes.push_back(
          run_checks(model, number, 1, rule_of(looks), 1, settings_.check_runs, of_wrong_passes, settings_));
    for (const std::size_t family : suite_sizes)
      for (const std::int64_t pairs : {settings_.pairs, 4 * settings_.pairs})
        for (const double effect : tested_effects)
          results_.effects.push_back(run_checks(model, number, family, rule_of(planned_looks(pairs)), effect,
                                                settings_.effect_runs, of_effects, settings_));
    tell_(model.name + ": peers");
    PeersOfModel of_peers = run_peers(model, number, settings_);
    std::move(of_peers.as_they_are.begin(), of_peers.as_they_are.end(), std::back_inserter(results_.peers));
    std::move(of_peers.tuned.begin(), of_peers.tuned.end(), std::back_inserter(results_.tuned_peers));
  }

  void sequential(const std::vector<NoiseModel>& models) {
    tell_("sequential sampling");
    for (std::size_t number = 0; number < models.size(); ++number) {
      // Models that differ in what looks could mind: tails, bursts, memory.
      static const std::set<std::string> chosen = {"normal", "heavy tail", "bursts and outliers",
                                                   "autocorrelated"};
      if (!chosen.contains(models[number].name)) continue;
      for (const std::size_t family : {std::size_t{1}, std::size_t{100}})
        results_.sequential.push_back(compare_sequential(models[number], number, family, settings_));
    }
  }

  void curve(const NoiseModel& model, std::size_t number) {
    tell_("power curve");
    const OurRule rule = rule_of({settings_.pairs});
    for (double effect = 0; effect <= 3; effect += 0.125) {
      CurvePoint point{
          effect,
          run_checks(model, number, 1, rule, effect, settings_.curve_runs, of_curve, settings_).answers,
          {}};
      const auto scores = peer_scores(model, number, effect, settings_.curve_runs, of_curve, settings_);
      for (std::size_t peer = 0; peer < peer_count; ++peer)
        point.blocked[peer] = {
            std::count_if(scores.begin(), scores.end(),
                          [&](const PeerScores& one) { return one[peer] > peers()[peer].threshold; }),
            settings_.curve_runs};
      results_.curve.push_back(point);
    }
  }

 private:
  OurRule rule_of(std::vector<std::int64_t> looks) const {
    return OurRule(settings_.log_margin(), std::move(looks));
  }

  Results& results_;
  const Settings& settings_;
  const std::function<void(const std::string&)>& tell_;
};

}  // namespace

Settings quick_settings() {
  Settings settings;
  settings.suite_runs = 1'500;
  settings.check_runs = 20'000;
  settings.effect_runs = 1'500;
  settings.edge_runs = 50;
  settings.peer_suite_runs = 200;
  settings.order_runs = 20'000;
  settings.eval_runs = 5'000;
  settings.curve_runs = 1'000;
  return settings;
}

Results gather_evidence(const Settings& settings, const std::filesystem::path& histories,
                        const std::function<void(const std::string&)>& tell) {
  Results results;
  results.settings = settings;
  std::vector<NoiseModel> models = noise_models(settings.spread, settings.seed);
  const std::size_t simulated = models.size();
  if (histories.empty())
    results.no_histories = "no folder was given by --histories";
  else if (!std::filesystem::exists(histories))
    results.no_histories = histories.string() + " is not there";
  else {
    results.histories = histories.string();
    for (NoiseModel& model : history_models(histories, settings.spread)) models.push_back(std::move(model));
  }
  Gathering gathering(results, tell);
  for (std::size_t number = 0; number < models.size(); ++number) {
    results.models.emplace_back(models[number].name, models[number].description);
    gathering.all_of(models[number], number);
  }
  models.resize(simulated);
  gathering.sequential(models);
  gathering.curve(models.front(), 0);
  tell("order within pairs");
  results.pair_orders = compare_pair_orders(settings);
  tell("evals");
  results.evals = run_evals(settings);
  tell("evals in looks");
  results.row_looks.push_back(compare_row_looks({500, 1000, 2000, 4000, 8000}, 2, 0, settings));
  results.row_looks.push_back(compare_row_looks({1000, 2000, 4000, 8000}, 2, 1, settings));
  results.targets = targets_of(results);
  return results;
}

}  // namespace modelgate
