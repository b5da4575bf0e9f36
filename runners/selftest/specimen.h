#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runners/plan/commands.h"
#include "runners/selftest/laboratory.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/plan.h"

namespace modelgate {

/// A gate of the plan and the measurements of the last run that it judges: the candidate's, and as the other
/// side the same ones again, so that nothing differs until something is planted.
struct Specimen {
  Plan plan;
  PlanGate gate;
  std::filesystem::path candidate_folder;  ///< For settings that name {subject}.
  std::filesystem::path document;          ///< The candidate's, from which data files are taken.
  Measurements candidate;                  ///< Only series that the gate judges, without problems and notes.
  Measurements baseline;                   ///< The candidate's under the other role.
  std::optional<Measurements> measured_baseline;  ///< What the last run saw of the real baseline.

  /// The values of a setting in the plan; empty if it is not there.
  std::vector<std::string> setting(const std::string& key) const;
};

/// Reads what the last run left in `results` for the gate. Errors: kind infrastructure if it was not
/// measured, kind usage if a document is damaged.
Specimen specimen_of(const PlanGate& gate, const Plan& plan, const std::filesystem::path& candidate_folder,
                     const ResultsFolder& results);

/// Where the planted documents of a trial lie.
std::filesystem::path planted_document(const ResultsFolder& results, const PlanGate& gate, Role role);

/// Writes a file of a trial, and the folders that lead to it. It is read once and thrown away, so unlike
/// write_file() it waits for no disk. Errors: kind infrastructure.
void write_planted(const std::filesystem::path& path, std::string_view content);

/// Writes a document of a trial.
void write_planted(const Measurements& measurements, const ResultsFolder& results, const PlanGate& gate);

/// A trial of `gate`, which is the specimen's or the same with other settings, on documents that `plant`
/// writes. The specimen must live until the trial was judged.
Trial gate_trial(const Specimen& specimen, const PlanGate& gate, const std::string& name,
                 std::function<void(const ResultsFolder&)> plant, std::function<void(const Obtained&)> then);

}  // namespace modelgate
