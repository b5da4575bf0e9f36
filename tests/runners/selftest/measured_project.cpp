#include "measured_project.h"

#include <cmath>

#include "schemas/documents/manifest.h"
#include "schemas/documents/measurements.h"
#include "schemas/formats/safetensors.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// Between −1 and 1, without any pattern that matters here.
double noise(int i) { return std::sin(12.9898 * (i + 1) + 4.1414 * i * i); }

Measurements measured(const std::string& runner, Role role) {
  Measurements measurements;
  measurements.runner = runner;
  measurements.runner_version = "0.1.0";
  measurements.created = "2026-11-24T00:00:00Z";
  measurements.subject = {role, "shop", role == Role::baseline ? "v1" : "v2", "",
                          "sha256:" + std::string(64, role == Role::baseline ? 'b' : 'c')};
  return measurements;
}

void write(const Measurements& measurements, const fs::path& folder) {
  write_file(folder / (name_of(measurements.subject.role) + ".json"), to_json(measurements));
}

void write_tests(const fs::path& folder, Role role) {
  CaseSeries series{"tests", {}};
  for (int i = 0; i < 12; ++i) {
    Case test;
    test.name = "Suite.test" + std::to_string(i);
    test.status = i == 11 ? CaseStatus::skipped : CaseStatus::passed;
    test.seconds = 0.001;
    series.cases.push_back(test);
  }
  Measurements measurements = measured("gtest", role);
  measurements.series.push_back(series);
  write(measurements, folder);
}

void write_speed(const fs::path& folder, Role role) {
  Measurements measurements = measured("bench", role);
  for (const bool rate : {false, true}) {
    SampleSeries series;
    series.name = rate ? "batch" : "infer";
    series.quantity = rate ? "items_per_second" : "real_time";
    series.unit = rate ? "1/s" : "s";
    series.better = rate ? Better::higher : Better::lower;
    series.interleaved = true;
    for (int pair = 0; pair < 20; ++pair) {
      // The candidate is 3 % better, which selftest must take out before it plants.
      const int seed = 2 * pair + (role == Role::candidate ? 1 : 0);
      const double speed = (role == Role::candidate ? 1.03 : 1) * (1 + 0.01 * noise(seed));
      series.processes.push_back({pair, seed, {rate ? 5000 * speed : 0.001 / speed}});
    }
    measurements.series.push_back(series);
  }
  write(measurements, folder);
}

std::string answers(Role role) {
  static const std::vector<std::string> labels = {"delivery", "refund", "other"};
  std::string text;
  for (int id = 0; id < 900; ++id) {
    const std::string& label = labels[static_cast<std::size_t>(id) % 3];
    const bool right = id % (role == Role::candidate ? 20 : 18) != 0;
    const std::string& answer = right ? label : labels[static_cast<std::size_t>(id + 1) % 3];
    nlohmann::ordered_json row{{"id", id}, {"label", label}, {"prediction", answer}};
    for (const std::string& name : labels)
      row["scores"][name] = (name == answer ? 0.7 : 0.1) + 0.05 * noise(id + static_cast<int>(name.size()));
    row["slices"]["lang"] = id % 5 < 2 ? "zh" : "en";
    text += row.dump() + "\n";
  }
  return text;
}

void write_model(const fs::path& folder, Role role) {
  Measurements measurements = measured("exec", role);
  const fs::path data = folder / name_of(role);
  const std::string text = answers(role);
  write_file(data / "records.jsonl", text);
  measurements.series.push_back(
      RecordSeries{"answers", name_of(role) + "/records.jsonl", digest_of_bytes(text), 900, 0});
  std::vector<float> logits;
  for (int i = 0; i < 60; ++i) logits.push_back(static_cast<float>(3 * noise(i)));
  const std::vector<std::int64_t> classes = {0, 1, 2, 1};
  write_safetensors(data / "outputs.safetensors",
                    {{"logits", "F32", {20, 3}, std::as_bytes(std::span(logits))},
                     {"classes", "I64", {4}, std::as_bytes(std::span(classes))}});
  measurements.series.push_back(TensorSeries{"outputs", name_of(role) + "/outputs.safetensors",
                                             digest_of_file(data / "outputs.safetensors")});
  write(measurements, folder);
}

}  // namespace

MeasuredProject::MeasuredProject() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  std::string name = std::string(test->test_suite_name()) + " " + test->name();
  for (char& c : name)
    if (c == '/') c = '-';
  folder_ = fs::path(::testing::TempDir()) / ("selftest " + name);
  fs::remove_all(folder_);
  for (const Role role : {Role::candidate, Role::baseline}) {
    write_tests(results() / "measurements" / "tests", role);
    write_speed(results() / "measurements" / "speed", role);
    write_model(results() / "measurements" / "model", role);
  }
  write_plan(sound_gates);
}

void MeasuredProject::write_plan(const std::string& gates) {
  write_file(folder_ / "modelgate.yaml", R"(schema: modelgate/plan
version: 1
name: shop
candidate: out
runs:
  tests: {runner: gtest, program: "{subject}/tests"}
  speed: {runner: bench, program: "{subject}/bench"}
  model: {runner: exec, command: ["{subject}/answer"], input: rows.jsonl}
gates:
)" + gates);
}

void MeasuredProject::forget_the_baseline() {
  for (const char* run : {"tests", "speed", "model"})
    fs::remove(results() / "measurements" / run / "baseline.json");
}

ProcessOutcome MeasuredProject::selftest(const std::vector<std::string>& arguments) const {
  ProcessSpec spec;
  spec.argv = {MODELGATE_BIN_DIR "/modelgate", "selftest"};
  spec.argv.insert(spec.argv.end(), arguments.begin(), arguments.end());
  spec.folder = folder_;
  spec.kept_bytes = 8 << 20;
  spec.timeout = std::chrono::seconds(110);
  return run_process(spec);
}

nlohmann::json MeasuredProject::rows(const std::vector<std::string>& arguments) const {
  std::vector<std::string> all = {"--json"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const ProcessOutcome outcome = selftest(all);
  const nlohmann::json document = nlohmann::json::parse(outcome.out.text, nullptr, false);
  if (!document.is_object()) ADD_FAILURE() << outcome.sentence() << outcome.out.text << outcome.err.text;
  return document;
}

}  // namespace modelgate
