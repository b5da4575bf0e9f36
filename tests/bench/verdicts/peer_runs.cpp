#include "tests/bench/verdicts/peer_runs.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/bench/verdicts/processes.h"
#include "tests/bench/verdicts/runs.h"

namespace modelgate {
namespace {

constexpr std::uint64_t suite_experiment = 10, effect_experiment = 11;
constexpr double tolerated_false_blocks = 0.05;

PeerScores scores_of(Processes& processes, std::size_t benchmark, double effect, std::int64_t pairs) {
  thread_local std::vector<double> baseline, candidate;
  baseline.resize(static_cast<std::size_t>(pairs));
  candidate.resize(static_cast<std::size_t>(pairs));
  processes.measure(benchmark, baseline, candidate);
  for (double& value : baseline) value = std::exp(value);
  for (double& value : candidate) value = std::exp(value + effect);
  return score_by_peers(baseline, candidate);
}

/// The largest score in the first checks of an A/A suite, for every suite size: those of a smaller suite are
/// the first of the larger one.
std::vector<std::vector<PeerScores>> largest_scores(const NoiseModel& model, std::size_t model_number,
                                                    const Settings& settings) {
  const std::int64_t runs = settings.peer_suite_runs;
  std::vector<std::vector<PeerScores>> largest(suite_sizes.size(),
                                               std::vector<PeerScores>(static_cast<std::size_t>(runs)));
  const std::uint64_t stream = first_stream(suite_experiment, model_number, 0, 0);
  over_runs(runs, settings.threads, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t run = first; run < last; ++run) {
      Processes processes(model, suite_sizes.back(), settings.pairs, settings.seed,
                          stream + static_cast<std::uint64_t>(run));
      PeerScores most;
      most.fill(-std::numeric_limits<double>::infinity());
      std::size_t size = 0;
      for (std::size_t check = 0; check < suite_sizes.back(); ++check) {
        const PeerScores scores = scores_of(processes, check, 0, settings.pairs);
        for (std::size_t peer = 0; peer < peer_count; ++peer) most[peer] = std::max(most[peer], scores[peer]);
        if (check + 1 == suite_sizes[size]) largest[size++][static_cast<std::size_t>(run)] = most;
      }
    }
  });
  return largest;
}

Rate above(std::span<const PeerScores> scores, std::size_t peer, double threshold) {
  const auto hits = std::count_if(scores.begin(), scores.end(),
                                  [&](const PeerScores& one) { return one[peer] > threshold; });
  return {hits, static_cast<std::int64_t>(scores.size())};
}

/// The lowest threshold above which no more than the tolerated share lies.
double tuned_threshold(std::span<const PeerScores> scores, std::size_t peer) {
  std::vector<double> values;
  for (const PeerScores& one : scores) values.push_back(one[peer]);
  const auto place = static_cast<std::ptrdiff_t>(tolerated_false_blocks * static_cast<double>(values.size()));
  std::nth_element(values.begin(), values.begin() + place, values.end(), std::greater<>());
  return values[static_cast<std::size_t>(place)];
}

}  // namespace

std::vector<PeerScores> peer_scores(const NoiseModel& model, std::size_t model_number, double effect,
                                    std::int64_t runs, std::uint64_t experiment, const Settings& settings) {
  std::vector<PeerScores> scores(static_cast<std::size_t>(runs));
  const auto number = static_cast<std::uint64_t>(std::lround(effect * 8));
  const std::uint64_t stream = first_stream(experiment, model_number, 0, number);
  over_runs(runs, settings.threads, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t run = first; run < last; ++run) {
      Processes processes(model, 1, settings.pairs, settings.seed, stream + static_cast<std::uint64_t>(run));
      scores[static_cast<std::size_t>(run)] =
          scores_of(processes, 0, effect * settings.log_margin(), settings.pairs);
    }
  });
  return scores;
}

PeersOfModel run_peers(const NoiseModel& model, std::size_t model_number, const Settings& settings) {
  const auto largest = largest_scores(model, model_number, settings);
  std::map<double, std::vector<PeerScores>> by_effect;
  for (const double effect : tested_effects)
    by_effect[effect] =
        peer_scores(model, model_number, effect, settings.effect_runs, effect_experiment, settings);

  const auto result = [&](std::size_t peer, std::size_t size, double threshold,
                          std::span<const PeerScores> suites) {
    PeerResult one{model.name, static_cast<Peer>(peer),        suite_sizes[size],
                   threshold,  above(suites, peer, threshold), {}};
    for (const auto& [effect, scores] : by_effect) one.blocked[effect] = above(scores, peer, threshold);
    return one;
  };
  PeersOfModel results;
  for (std::size_t peer = 0; peer < peer_count; ++peer)
    for (std::size_t size = 0; size < suite_sizes.size(); ++size) {
      const std::span<const PeerScores> suites(largest[size]);
      results.as_they_are.push_back(result(peer, size, peers()[peer].threshold, suites));
      if (!peers()[peer].has_own_scale) continue;
      // Tuned on one half of the suites, measured on the other.
      const std::size_t half = suites.size() / 2;
      results.tuned.push_back(
          result(peer, size, tuned_threshold(suites.first(half), peer), suites.subspan(half)));
    }
  return results;
}

}  // namespace modelgate
