#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/node.h"
#include "schemas/documents/subject.h"

namespace modelgate {

/// How often something happened, with one-sided 95 % bounds of its probability (Clopper & Pearson).
struct ObservedRate {
  std::int64_t count = 0, of = 0;
  double lower = 0, upper = 1;

  bool operator==(const ObservedRate&) const = default;
};

/// Of what the noise of a time or rate consists: standard deviations in percent.
struct NoiseComponents {
  double between = 0;  ///< Between processes.
  double within = 0;   ///< Of single values within a process.
  double drift = 0;    ///< Of slow changes of the machine over a run.
  double pair = 0;     ///< Of the difference of a pair, robustly: what the verdict has to live with.

  bool operator==(const NoiseComponents&) const = default;
};

/// What the runs of a baseline against itself showed of one check.
struct CalibratedCheck {
  std::string gate, name;
  std::map<std::string, std::string> slice;
  ObservedRate blocks;        ///< False: there was no difference to find.
  ObservedRate inconclusive;  ///< Or an error.
  std::optional<NoiseComponents> noise;
  std::optional<std::int64_t> pairs;  ///< That the plan allows, at most.
  std::optional<double> margin;       ///< In the unit.
  std::string unit;                   ///< "percent" or "points".
  /// The smallest worsening that is found with this probability, with what the plan allows; absent where none
  /// is, or where it is not known.
  std::optional<double> detectable_80, detectable_95;
  std::string basis;                            ///< On what these rest.
  std::optional<double> suggested_margin;       ///< That an equal candidate passes in 90 % of runs.
  std::optional<std::int64_t> suggested_pairs;  ///< With which it does so at the present margin.
  bool too_noisy = false;                       ///< At the present margin it would mostly be inconclusive.
  std::string advice;                           ///< For people; empty where all is well.

  bool operator==(const CalibratedCheck&) const = default;
};

/// What runs of a plan with the baseline in both places showed.
struct Calibration {
  std::string created;  ///< UTC, "2026-11-23T20:15:00Z".
  std::string plan_digest;
  Subject baseline;
  std::map<std::string, std::string> environment;
  std::int64_t runs = 0, asked = 0;  ///< Done, and asked for.
  double seconds = 0;
  std::int64_t seed = 0;
  double alpha_fail = 0.05, alpha_pass = 0.05;
  ObservedRate blocks;                        ///< Of the whole suite.
  std::map<std::string, std::int64_t> pairs;  ///< By run of the plan: what its checks need.
  std::string sentence;
  std::vector<CalibratedCheck> checks;

  bool operator==(const Calibration&) const = default;
};

/// Reads and checks a calibration. Errors: kind usage with the place.
Calibration calibration_from(const Node& document);
Calibration read_calibration(const std::filesystem::path& path);
/// The document as JSON text; an Error (kind infrastructure) if a number is not finite.
std::string to_json(const Calibration& calibration);

}  // namespace modelgate
