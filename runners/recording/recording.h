#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// A subject to measure: a folder that holds everything that would be released.
struct MeasuredSubject {
  Subject subject;
  std::filesystem::path folder;
};

/// The options that every runner takes:
///   --candidate DIR  [--baseline DIR]  --output DIR
///   --subject-name, --candidate-version, --candidate-commit, --candidate-digest, and the same of the
///   baseline
///   --timeout-seconds, --environment NAME=VALUE (repeated), --memory-limit-mib, --cpu-limit-seconds
/// Measured are the candidate and, if it is given, the baseline; the documents are OUTPUT/candidate.json and
/// OUTPUT/baseline.json, data files lie beside them in OUTPUT/candidate/ and OUTPUT/baseline/.
struct RunnerOptions {
  std::string candidate, baseline, output;
  std::string subject_name;
  std::string candidate_version, candidate_commit, candidate_digest;
  std::string baseline_version, baseline_commit, baseline_digest;
  double timeout_seconds = 600;
  std::int64_t memory_limit_mib = 0;   ///< Of a process that is measured, with all that it starts; 0: none.
  std::int64_t cpu_limit_seconds = 0;  ///< Likewise.
  std::vector<std::string> environment;

  void declare(OptionSet& options);
  /// The subjects, candidate first; checks that the folders exist. Errors: kind usage.
  std::vector<MeasuredSubject> subjects() const;
  std::map<std::string, std::string> environment_map() const;
};

/// Replaces {subject} (the folder, absolute) and {role} in a setting. An unknown {word} is a usage Error with
/// "did you mean"; "{{" stands for "{".
std::string expand(const std::string& text, const MeasuredSubject& subject);
std::vector<std::string> expand(const std::vector<std::string>& texts, const MeasuredSubject& subject);

/// CPU model, cores, memory, kernel, compiler of this program, …: what decides comparability.
std::map<std::string, std::string> environment_fingerprint();

/// An empty document of this runner for the subject.
Measurements new_measurements(const std::string& runner, const Subject& subject);

/// Removes the documents of an earlier run: one that does not get replaced would be taken for this run's.
/// Call before anything is measured. Errors: kind infrastructure.
void remove_old_measurements(const std::filesystem::path& output);

/// Says the document's problems on stderr, a line each: "modelgate-run-gtest: candidate: …". True if there
/// are any.
bool say_problems(const Measurements& measurements);

/// Writes OUTPUT/ROLE.json.
void write_measurements(const Measurements& measurements, const std::filesystem::path& output);

}  // namespace modelgate
