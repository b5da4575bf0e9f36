#include "runners/selftest/specimen.h"

#include <algorithm>
#include <fstream>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// Whether a series is of the kind that the gate judges.
bool is_judged_by(const std::string& kind, const Series& series) {
  if (kind == "unit") return std::holds_alternative<CaseSeries>(series);
  if (kind == "performance") return std::holds_alternative<SampleSeries>(series);
  if (kind == "quality") return std::holds_alternative<RecordSeries>(series);
  if (kind == "regression") return std::holds_alternative<TensorSeries>(series);
  return false;
}

Measurements reduced(Measurements measurements, const std::string& kind) {
  std::erase_if(measurements.series, [&](const Series& series) { return !is_judged_by(kind, series); });
  measurements.problems.clear();
  measurements.notes.clear();
  return measurements;
}

}  // namespace

std::vector<std::string> Specimen::setting(const std::string& key) const {
  for (const PlanSetting& setting : gate.settings)
    if (setting.key == key) return setting.values;
  return {};
}

Specimen specimen_of(const PlanGate& gate, const Plan& plan, const fs::path& candidate_folder,
                     const ResultsFolder& results) {
  Specimen specimen{plan, gate, candidate_folder, {}, {}, {}, {}};
  specimen.document = results.measurements(gate.from) / "candidate.json";
  std::error_code ignored;
  if (!fs::exists(specimen.document, ignored))
    throw infrastructure_error(specimen.document.string(), "the run '" + gate.from + "' was not measured",
                               "`modelgate run` measures it.");
  specimen.candidate = reduced(read_measurements(specimen.document), gate.kind);
  if (specimen.candidate.series.empty())
    throw infrastructure_error(specimen.document.string(), "holds nothing that the gate judges");
  // After a first release the candidate was measured alone. Both sides of the specimen are its values,
  // process by process, so they are the pairs that a comparison will have.
  for (Series& series : specimen.candidate.series)
    if (auto* samples = std::get_if<SampleSeries>(&series)) samples->interleaved = true;
  specimen.baseline = specimen.candidate;
  specimen.baseline.subject.role = Role::baseline;
  const fs::path baseline = results.measurements(gate.from) / "baseline.json";
  if (fs::exists(baseline, ignored)) {
    specimen.measured_baseline = reduced(read_measurements(baseline), gate.kind);
    specimen.baseline.subject = specimen.measured_baseline->subject;
  }
  return specimen;
}

fs::path planted_document(const ResultsFolder& results, const PlanGate& gate, Role role) {
  return results.measurements(gate.from) / (name_of(role) + ".json");
}

void write_planted(const fs::path& path, std::string_view content) {
  std::error_code failure;
  fs::create_directories(path.parent_path(), failure);
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  if (!file.flush()) throw infrastructure_error(path.string(), "cannot be written");
}

void write_planted(const Measurements& measurements, const ResultsFolder& results, const PlanGate& gate) {
  write_planted(planted_document(results, gate, measurements.subject.role), to_json(measurements));
}

Trial gate_trial(const Specimen& specimen, const PlanGate& gate, const std::string& name,
                 std::function<void(const ResultsFolder&)> plant, std::function<void(const Obtained&)> then) {
  auto prepare = [&specimen, gate, plant = std::move(plant)](const ResultsFolder& results) {
    plant(results);
    Comparison comparison;
    comparison.candidate_folder = specimen.candidate_folder;
    return gate_step(gate, specimen.plan, comparison, results);
  };
  return {gate.name + "-" + name, std::move(prepare), std::move(then)};
}

}  // namespace modelgate
