#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// How the values of baseline and candidate belong together.
enum class Design {
  paired,      ///< Processes next to each other in randomised order: the differences of pairs are judged.
  unpaired,    ///< Several processes each, not interleaved.
  one_process  ///< One process each: how much processes differ was not measured.
};

/// What the cross-check says of θ; it has no part in the numbers of the rule.
struct CrossEvidence {
  std::string method;
  double estimate = 0;      ///< Of θ.
  double p_regression = 1;  ///< Of H0: θ ≤ δ, where several looks were declared at the last one reached.
  double p_non_inferiority = 1;  ///< Of H0: θ ≥ δ, likewise.
};

/// What the times of one benchmark say about the badness θ: the log-ratio of candidate and baseline, positive
/// where the candidate is worse.
struct Comparison {
  Design design = Design::paired;
  std::int64_t units = 0;  ///< Pairs, or processes of the smaller side; repetitions where one process ran.
  std::vector<LookRecord> looks;  ///< Of pairs: those reached.
  double estimate = 0;            ///< Of θ.
  double lower = 0, upper = 0;    ///< One-sided bounds of θ, each at 1 − tail; may be infinite.
  double p_regression = 1;        ///< Of H0: θ ≤ δ.
  double p_non_inferiority = 1;   ///< Of H0: θ ≥ δ.
  double spread = 0;        ///< Standard deviation of θ for one unit, robustly; what a further unit brings.
  double fixed_spread = 0;  ///< Standard deviation of θ that no further unit lowers.
  bool worse_is_less = false;  ///< The values are rates: θ is the negative of their log-ratio.
  std::string method;
  std::optional<CrossEvidence> cross_check;  ///< None where there is a single value.
  std::string doubt;  ///< Rule and cross-check contradict each other; empty if they do not.
};

/// Repetitions in one process each of which ranks can prove something at 5 %.
inline constexpr std::int64_t least_repetitions = 3;

/// The rules' settings.
struct ComparisonRule {
  double margin = 0;            ///< δ, as a log-ratio.
  double tail = 0.05;           ///< Of the bounds.
  double alpha_fail = 0.05;     ///< At which the cross-check calls a regression proven.
  double process_noise = 0.01;  ///< Standard deviation between processes, assumed where only one process ran.
  std::vector<std::int64_t> looks;  ///< Numbers of pairs at which the data are looked at, as declared.
};

/// Compares two series of one benchmark and quantity. All values must be positive; there is at least one
/// process with a value on each side, and no more pairs than the last look.
Comparison compare(const SampleSeries& baseline, const SampleSeries& candidate, const ComparisonRule& rule);

/// The differences of the pairs that both sides have, in the order of their numbers; positive: the candidate
/// is worse.
std::vector<double> pair_differences(const SampleSeries& baseline, const SampleSeries& candidate);

/// The tolerated badness on the log scale: a time may grow by the margin, a rate may shrink by it.
double log_margin(double margin, Better better);

/// The value of a process: the median of the logarithms of its values.
double log_median(const ProcessSamples& process);

}  // namespace modelgate
