#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/verdicts/peer_rules.h"
#include "tests/bench/verdicts/rate.h"

namespace modelgate {

/// What the simulation is asked for.
struct Settings {
  std::uint64_t seed = 20'261'124;
  int threads = 0;  ///< 0: as many as there are cores.
  double margin = 0.05, spread = 0.02;
  std::int64_t pairs = 10;            ///< Of "equal samples": as many values on each side for the peers.
  std::int64_t suite_runs = 100'000;  ///< A/A runs of a model and suite size.
  std::int64_t check_runs = 100'000;  ///< Runs of one check at exactly the margin.
  std::int64_t effect_runs = 20'000;  ///< Runs of one check at an effect.
  std::int64_t edge_runs = 2'000;     ///< Runs of whole suites that lie at the margin.
  std::int64_t pilot_runs = 400;
  std::int64_t peer_suite_runs = 2'000;
  std::int64_t order_runs = 400'000;
  std::int64_t eval_runs = 100'000;
  std::int64_t curve_runs = 5'000;

  double log_margin() const;
};

inline const std::vector<std::size_t> suite_sizes = {1, 20, 100, 500};
inline constexpr std::size_t summarised_suite = 100;
inline const std::vector<double> tested_effects = {0, 0.5, 1, 2, 3};  ///< In margins.

/// The three answers to one check.
struct ThreeAnswers {
  Rate failed, passed, inconclusive;
  double mean_samples = 0;  ///< Pairs or rows.
};

/// Whole suites in which all checks have the same effect.
struct SuiteResult {
  std::string model;
  std::size_t checks = 0;
  std::vector<std::int64_t> looks;
  Rate blocked, inconclusive;   ///< Runs.
  double mean_run_pairs = 0;    ///< Until the run was decided.
  double mean_check_pairs = 0;  ///< Until a check was decided.
};

/// One check of a suite whose others are unchanged.
struct EffectResult {
  std::string model;
  std::size_t family = 0;
  std::vector<std::int64_t> looks;
  double effect = 0;  ///< In margins.
  ThreeAnswers answers;
};

/// A peer, as it stands or with a threshold tuned to block 5 % of the A/A suites of `checks` checks.
struct PeerResult {
  std::string model;
  Peer peer{};
  std::size_t checks = 0;
  double threshold = 0;
  Rate blocked_suites;             ///< A/A, of other runs than those that the threshold was tuned on.
  std::map<double, Rate> blocked;  ///< Single checks, by effect in margins.
};

/// Sequential sampling against a fixed number of pairs.
struct SequentialResult {
  std::string model;
  std::size_t family = 0;
  std::vector<std::int64_t> looks;
  std::int64_t fixed_pairs = 0;  ///< The fewest with which a fixed plan has the power of the looks.
  std::map<double, ThreeAnswers> sequential, fixed;  ///< By effect in margins.
};

/// Checks at exactly the margin that pass, by who runs first in a pair.
struct PairOrderResult {
  double rho = 0;  ///< Of the noise, AR(1).
  Rate one_coin_each, one_coin_for_two;
};

/// Binary answers to the same rows by both models.
struct EvalResult {
  std::string rule;
  double margin = 0, drop = 0;  ///< In points.
  Rate failed, passed, inconclusive;
};

/// Evals whose rows are taken in looks against a fixed number of rows.
struct RowLooksResult {
  std::vector<std::int64_t> looks;
  double margin = 0;            ///< In points.
  std::int64_t fixed_rows = 0;  ///< The fewest with which a fixed plan has the power of the looks.
  std::map<double, ThreeAnswers> sequential, fixed;  ///< By effect in margins.
};

/// A figure that was promised.
struct Target {
  std::string what, demanded, measured;
  bool met = false;
};

/// One point of a curve: the share of runs at an effect.
struct CurvePoint {
  double effect = 0;  ///< In margins.
  ThreeAnswers ours;
  std::array<Rate, peer_count> blocked;
};

/// All that was measured.
struct Results {
  Settings settings;
  std::string date;  ///< UTC, YYYY-MM-DD.
  bool quick = false;
  std::string histories;                                    ///< Where they were read; empty: not resampled.
  std::string no_histories;                                 ///< Why not.
  std::vector<std::pair<std::string, std::string>> models;  ///< Name, description.
  std::vector<SuiteResult> unchanged, at_margin;            ///< With the planned pairs; likewise ordered.
  std::vector<SuiteResult> summarised;                      ///< Unchanged, with the plans of the summary.
  std::vector<EffectResult> effects;
  std::vector<EffectResult> wrong_passes;  ///< At exactly the margin, with more runs.
  std::vector<PeerResult> peers, tuned_peers;
  std::vector<SequentialResult> sequential;
  std::vector<PairOrderResult> pair_orders;
  std::vector<EvalResult> evals;
  std::vector<RowLooksResult> row_looks;
  std::vector<CurvePoint> curve;
  std::vector<Target> targets;
};

}  // namespace modelgate
