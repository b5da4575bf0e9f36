#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "runners/process/process.h"
#include "schemas/documents/measurements.h"
#include "schemas/formats/gate_input.h"
#include "schemas/formats/safetensors.h"
#include "schemas/tool/files.h"
#include "tests/runners/torch/folder_of_test.h"
#include "tests/schemas/fixtures/records.h"

namespace modelgate {

/// The document's series of one kind.
template <typename Kind>
std::vector<Kind> of_kind(const Measurements& measurements) {
  std::vector<Kind> found;
  for (const Series& series : measurements.series)
    if (const auto* one = std::get_if<Kind>(&series)) found.push_back(*one);
  return found;
}

/// The real program on real TorchScript models (make_models.cpp): each has a weight that turns the input (x0,
/// x1) into (x0, x1, x0 - x1).
class TorchRunnerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    write_file(
        folder_ / "rows.jsonl",
        "{\"id\": \"a\", \"inputs\": [0.5, 2], \"label\": \"cancel\", \"slices\": {\"lang\": \"en\"}}\n"
        "{\"id\": 7, \"inputs\": [-1.5, 0.25], \"label\": \"other\"}\n"
        "{\"id\": \"c\", \"inputs\": [3, 1], \"label\": \"other\"}\n");
    write_file(folder_ / "classes.txt", "refund\ncancel\nother\n");
  }

  /// A subject's folder that holds one of the models.
  std::filesystem::path subject(const std::string& name, const std::string& model) {
    std::filesystem::create_directories(folder_ / name);
    std::filesystem::copy_file(std::filesystem::path(TORCH_MODELS_DIR) / (model + ".pt"),
                               folder_ / name / "model.pt",
                               std::filesystem::copy_options::overwrite_existing);
    return folder_ / name;
  }

  /// The program with these options, for a candidate; latency only where it is asked for.
  ProcessSpec command(const std::string& model, std::vector<std::string> more = {}) {
    const auto asked = [&](const char* option) {
      return std::find(more.begin(), more.end(), option) != more.end();
    };
    if (!asked("--data") && !asked("--shapes"))
      more.insert(more.end(), {"--data", (folder_ / "rows.jsonl").string()});
    if (!asked("--pairs")) more.insert(more.end(), {"--pairs", "0"});
    ProcessSpec spec;
    spec.argv = {MODELGATE_BIN_DIR "/modelgate-run-torch",
                 "--candidate",
                 subject("candidate model", model).string(),
                 "--output",
                 (folder_ / "out").string(),
                 "--model",
                 model_file_,
                 "--keep-disturbed"};
    spec.argv.insert(spec.argv.end(), more.begin(), more.end());
    return spec;
  }

  ProcessOutcome run(const std::string& model, const std::vector<std::string>& more = {}) {
    return run_process(command(model, more));
  }

  Measurements document(const std::string& role = "candidate") {
    return read_measurements(folder_ / "out" / (role + ".json"));
  }

  /// The only problem of the candidate's document, after a run that ended with exit code 4.
  Problem problem_of(const ProcessOutcome& outcome) {
    EXPECT_EQ(outcome.exit_code, 4) << outcome.err.text;
    const Measurements measurements = document();
    EXPECT_EQ(measurements.problems.size(), 1u);
    const Problem problem = measurements.problems.empty() ? Problem{} : measurements.problems.front();
    EXPECT_THAT(outcome.err.text,
                ::testing::HasSubstr("modelgate-run-torch: candidate: " + problem.sentence));
    EXPECT_THAT(problem.sentence, ::testing::Not(::testing::HasSubstr("frame #")));
    EXPECT_THAT(of_kind<RecordSeries>(measurements), ::testing::IsEmpty());
    return problem;
  }

  std::vector<Record> records() {
    const auto series = of_kind<RecordSeries>(document());
    if (series.size() != 1) {
      ADD_FAILURE() << "no records";
      return {};
    }
    return read_records(data_file(folder_ / "out" / "candidate.json", series[0].path, series[0].digest));
  }

  Safetensors outputs() {
    const auto series = of_kind<TensorSeries>(document());
    if (series.size() != 1) throw std::runtime_error("no tensors");
    return Safetensors(data_file(folder_ / "out" / "candidate.json", series[0].path, series[0].digest));
  }

  static std::vector<float> floats(const Tensor& tensor) {
    std::vector<float> values(tensor.bytes.size() / sizeof(float));
    std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
    return values;
  }

  std::filesystem::path folder_ = folder_of_test();
  std::string model_file_ = "{subject}/model.pt";
};

}  // namespace modelgate
