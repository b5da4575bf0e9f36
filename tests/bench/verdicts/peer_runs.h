#pragma once

#include "tests/bench/verdicts/noise_models.h"
#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// What the peers do with as many values on each side as we have pairs, from the same interleaved processes.
struct PeersOfModel {
  std::vector<PeerResult> as_they_are;  ///< Every peer and suite size.
  std::vector<PeerResult> tuned;        ///< Likewise, with thresholds that block 5 % of A/A suites.
};
PeersOfModel run_peers(const NoiseModel& model, std::size_t model_number, const Settings& settings);

/// Scores of single checks at an effect (in margins), run by run.
std::vector<PeerScores> peer_scores(const NoiseModel& model, std::size_t model_number, double effect,
                                    std::int64_t runs, std::uint64_t experiment, const Settings& settings);

}  // namespace modelgate
