#include "tests/bench/verdicts/sequential.h"

#include "tests/bench/verdicts/suites.h"

namespace modelgate {
namespace {

constexpr std::uint64_t experiment = 20;
constexpr std::int64_t most_pairs = 40;
constexpr double hard_effect = 1.5;

ThreeAnswers answers(const NoiseModel& model, std::size_t model_number, std::size_t family,
                     std::vector<std::int64_t> looks, double effect, const Settings& settings) {
  // The same stream for every plan of an effect, so that plans are compared on the same noise.
  return run_checks(model, model_number, family, OurRule(settings.log_margin(), std::move(looks)), effect,
                    settings.effect_runs, experiment, settings)
      .answers;
}

}  // namespace

SequentialResult compare_sequential(const NoiseModel& model, std::size_t model_number, std::size_t family,
                                    const Settings& settings) {
  SequentialResult result{model.name, family, planned_looks(most_pairs), most_pairs, {}, {}};
  const auto at = [&](std::vector<std::int64_t> looks, double effect) {
    return answers(model, model_number, family, std::move(looks), effect, settings);
  };
  for (const double effect : {0.0, 0.5, 1.0, hard_effect, 2.0, 3.0})
    result.sequential[effect] = at(result.looks, effect);
  const std::int64_t wanted = result.sequential[hard_effect].failed.hits;
  std::int64_t too_few = result.looks.front() - 1;
  while (result.fixed_pairs - too_few > 1) {
    const std::int64_t middle = (result.fixed_pairs + too_few) / 2;
    (at({middle}, hard_effect).failed.hits >= wanted ? result.fixed_pairs : too_few) = middle;
  }
  for (const auto& [effect, unused] : result.sequential)
    result.fixed[effect] = at({result.fixed_pairs}, effect);
  return result;
}

}  // namespace modelgate
