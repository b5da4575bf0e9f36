#pragma once

#include "tests/bench/verdicts/noise_models.h"
#include "tests/bench/verdicts/our_rule.h"
#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// Looks at 10 pairs, at 20, at 40 and so on, the last at `pairs`.
std::vector<std::int64_t> planned_looks(std::int64_t pairs);

/// The number of pairs to plan for a suite under this noise: the fewest of 10, 20, 40, 80 and 160 with which
/// at most 3 % of the pilot's A/A runs end inconclusive; 160 if none.
std::int64_t pairs_to_plan(const NoiseModel& model, std::size_t model_number, std::size_t checks,
                           const Settings& settings);

/// Runs of whole suites, all checks with the same effect (in margins). `experiment` tells streams apart.
SuiteResult run_suites(const NoiseModel& model, std::size_t model_number, std::size_t checks,
                       const OurRule& rule, double effect, std::int64_t runs, std::uint64_t experiment,
                       const Settings& settings);

/// Runs of one check, as one of `family` checks whose others are unchanged.
EffectResult run_checks(const NoiseModel& model, std::size_t model_number, std::size_t family,
                        const OurRule& rule, double effect, std::int64_t runs, std::uint64_t experiment,
                        const Settings& settings);

}  // namespace modelgate
