#include "tests/bench/verdicts/pair_order.h"

#include <atomic>
#include <cmath>

#include "tests/bench/verdicts/noise_models.h"
#include "tests/bench/verdicts/our_rule.h"
#include "tests/bench/verdicts/runs.h"

namespace modelgate {
namespace {

constexpr std::uint64_t experiment = 40;
constexpr std::size_t pairs = 20;

/// Candidate less baseline of each pair, at exactly the margin.
std::vector<double> differences_of(const NoiseSource& noise, Coins coins, double margin, double spread,
                                   RandomStream random) {
  NoisePath path{random};
  noise.begin(path, random, 0);
  std::vector<double> values(2 * pairs), differences(pairs);
  noise.extend(path, values);
  bool candidate_first = false;
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    const bool tossed = coins == Coins::one_each || pair % 2 == 0;
    candidate_first = tossed ? path.random.next() >> 63 : !candidate_first;
    const double first_less_second = spread * (values[2 * pair] - values[2 * pair + 1]);
    differences[pair] = margin + (candidate_first ? first_less_second : -first_less_second);
  }
  return differences;
}

}  // namespace

Rate wrong_passes(double rho, Coins coins, const Settings& settings) {
  const OurRule rule(settings.log_margin(), {pairs});
  const auto noise = autoregressive(rho);
  const std::uint64_t stream = first_stream(experiment, coins == Coins::one_each ? 0 : 1,
                                            static_cast<std::uint64_t>(std::lround(100 * rho)), 0);
  std::atomic<std::int64_t> passes = 0;
  over_runs(settings.order_runs, settings.threads, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t run = first; run < last; ++run) {
      const auto differences =
          differences_of(*noise, coins, settings.log_margin(), settings.spread,
                         RandomStream(settings.seed, stream + static_cast<std::uint64_t>(run)));
      const OurRule::Screened screened = rule.screen(differences, 0);
      passes += screened == OurRule::Screened::passes ||
                (screened == OurRule::Screened::must_ask && rule.ask(differences).status == Status::pass);
    }
  });
  return {passes, settings.order_runs};
}

std::vector<PairOrderResult> compare_pair_orders(const Settings& settings) {
  std::vector<PairOrderResult> results;
  for (const double rho : {0.0, 0.2, 0.35, 0.5, 0.6, 0.8, 0.95})
    results.push_back(
        {rho, wrong_passes(rho, Coins::one_each, settings), wrong_passes(rho, Coins::one_for_two, settings)});
  return results;
}

}  // namespace modelgate
