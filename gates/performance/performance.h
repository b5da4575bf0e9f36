#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// A setting for the benchmarks whose name (or "name quantity") matches a shell pattern.
struct PatternSetting {
  std::string pattern;
  double value = 0;
};

/// What the performance gate demands.
struct PerformanceDemands {
  double margin = 0;                              ///< Tolerated worsening, 0.1 for 10 %.
  std::vector<PatternSetting> benchmark_margins;  ///< For some benchmarks another; the last match counts.
  std::vector<PatternSetting> maxima;             ///< Absolute limits, in the series' unit.
  std::vector<std::string> quantities;  ///< Judged; empty: real_time and latency, or what else there is.
  std::string filter;                   ///< Shell pattern of benchmark names; empty: all.
  std::int64_t minimum_pairs = 5;
  double process_noise = 0.01;
  int threads = 0;  ///< 0: as many as there are cores. The checks are the same for any number.
};

/// The demands as typed.
struct PerformanceOptions {
  std::string margin = "5%";
  std::vector<std::string> benchmark_margins, maxima, quantities;
  std::string filter;
  std::int64_t minimum_pairs = 5;
  std::string process_noise = "1%";

  void declare(OptionSet& options);
  /// Errors: kind usage for what is no percentage or no NAME=VALUE.
  PerformanceDemands demands() const;
};

/// The checks of the candidate against the baseline; without a baseline (first release) comparisons are
/// not_compared and only the absolute limits are judged. `verdict` brings the gate's name and the error
/// rates.
std::vector<Check> judge_performance(const std::optional<Measurements>& baseline,
                                     const Measurements& candidate, const PerformanceDemands& demands,
                                     const Verdict& verdict);

}  // namespace modelgate
