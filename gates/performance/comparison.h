#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// How the values of baseline and candidate belong together.
enum class Design {
  paired,      ///< Processes next to each other in randomised order: the differences of pairs are judged.
  unpaired,    ///< Several processes each, not interleaved.
  one_process  ///< One process each: how much processes differ was not measured.
};

/// What the times of one benchmark say about the badness θ: the log-ratio of candidate and baseline, positive
/// where the candidate is worse.
struct Comparison {
  Design design = Design::paired;
  std::int64_t units = 0;  ///< Pairs, or processes of the smaller side; repetitions where one process ran.
  double estimate = 0;     ///< Of θ.
  double lower = 0, upper = 0;   ///< One-sided bounds of θ, each at 1 − tail; may be infinite.
  double p_regression = 1;       ///< Of H0: θ ≤ δ.
  double p_non_inferiority = 1;  ///< Of H0: θ ≥ δ.
  double spread = 0;  ///< Standard deviation of θ for one unit, robustly; what a further unit brings.
  std::string method;
  std::string doubt;  ///< The two rules prove opposite things; empty if they do not.
};

/// The rules' settings.
struct ComparisonRule {
  double margin = 0;            ///< δ, as a log-ratio.
  double tail = 0.05;           ///< Of the bounds.
  double alpha_fail = 0.05;     ///< At which the cross-check calls a regression proven.
  double process_noise = 0.01;  ///< Standard deviation between processes, assumed where only one process ran.
};

/// Compares two series of one benchmark and quantity. All values must be positive; there is at least one
/// process with a value on each side.
Comparison compare(const SampleSeries& baseline, const SampleSeries& candidate, const ComparisonRule& rule);

/// The value of a process: the median of the logarithms of its values.
double log_median(const ProcessSamples& process);

/// Above this number of pairs the signed-rank rule decides, below it Student's t.
inline constexpr std::int64_t rank_rule_from_pairs = 10;

}  // namespace modelgate
