#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gates/performance/creep.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// A setting for the benchmarks whose name (or "name quantity") matches a shell pattern.
struct PatternSetting {
  std::string pattern;
  double value = 0;
};

/// Whether more or less is better, for the benchmarks likewise.
struct DirectionSetting {
  std::string pattern;
  Better better = Better::unknown;
};

/// An absolute limit of the candidate's own value.
struct PerformanceLimit {
  std::string benchmarks = "*";  ///< Shell pattern of their names.
  std::string quantity;          ///< "real_time", "p99", "peak_memory", …
  Limit::Kind kind = Limit::Kind::maximum;
  double value = 0;
  std::string unit;  ///< "s", "bytes", "1/s"; empty: that of the measurement.
};

/// What the performance gate demands.
struct PerformanceDemands {
  double margin = 0;                              ///< Tolerated worsening, 0.1 for 10 %.
  std::vector<PatternSetting> benchmark_margins;  ///< For some benchmarks another; the last match counts.
  std::vector<PerformanceLimit> limits;
  std::vector<std::string> quantities;  ///< Judged; empty: real_time and latency, or what else there is.
  std::optional<double> creep;       ///< What the changes of the last releases may add up to; 0.2 for 20 %.
  std::int64_t creep_releases = 10;  ///< Changes that are added up.
  std::vector<DirectionSetting> better;  ///< Of series of which it is not known; the last match counts.
  std::vector<std::string> may_differ;   ///< Shell patterns of fields of the environment.
  std::string filter;                    ///< Shell pattern of benchmark names; empty: all.
  std::int64_t minimum_pairs = 5;
  double process_noise = 0.01;
  int threads = 0;  ///< 0: as many as there are cores. The checks are the same for any number.
};

/// The demands as typed.
struct PerformanceOptions {
  std::string margin = "5%";
  std::vector<std::string> benchmark_margins, limits, quantities, better, may_differ;
  std::string filter;
  std::int64_t minimum_pairs = 5;
  std::string process_noise = "1%";
  std::string creep, history;
  std::int64_t creep_releases = 10;

  void declare(OptionSet& options);
  /// Errors: kind usage for what is no percentage or no NAME=VALUE.
  PerformanceDemands demands() const;
};

/// What of two environments differs, as an error check that names the fields; nothing if they can be
/// compared. A field that one tells and the other does not differs, too, unless that tells nothing at all.
std::optional<Check> environment_check(const Measurements& baseline, const Measurements& candidate,
                                       const std::vector<std::string>& may_differ, const Verdict& verdict);

/// The checks of the candidate against the baseline; without a baseline (first release) comparisons are
/// not_compared and only the absolute limits are judged. `verdict` brings the gate's name and the error
/// rates.
std::vector<Check> judge_performance(const std::optional<Measurements>& baseline,
                                     const Measurements& candidate, const PerformanceDemands& demands,
                                     const Verdict& verdict);

/// Tells of what the changes of the last releases add up to: as a warning of each compared check that is
/// proven to have become worse over two or more, and, where demands.creep is set, as a check of its own.
void judge_creeps(const History& history, const PerformanceDemands& demands, const Verdict& verdict,
                  std::vector<Check>& checks);

}  // namespace modelgate
