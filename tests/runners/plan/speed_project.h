#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "runners/process/process.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/files.h"

namespace modelgate {

/// A project whose benchmarks have made-up times (subjects/speeds.cpp).
class SpeedProject : public ::testing::Test {
 protected:
  SpeedProject() {
    const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = std::filesystem::path(::testing::TempDir()) / ("sampled " + name);
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "out");
    std::filesystem::copy_file(TEST_PROGRAMS "/plan_speeds", folder_ / "out" / "bench");
    write_plan("pairs: 40");
  }
  ~SpeedProject() override { std::filesystem::remove_all(folder_); }

  void write_plan(const std::string& settings, const std::string& more = "",
                  const std::string& gate = "{from: speed, margin: 10%}") {
    write_file(folder_ / "modelgate.yaml",
               "schema: modelgate/plan\nversion: 1\nname: shop\ncandidate: out\n" + more +
                   "runs:\n  speed: {runner: bench, program: \"{subject}/bench\", min_time_seconds: 0.001, "
                   "seed: 8, keep_disturbed: true, environment: {COUNT: \"{plan}/count\"}, " +
                   settings + "}\ngates:\n  performance: " + gate + "\n");
  }

  void release(const std::string& speeds) {
    write_file(folder_ / "out" / "speeds", speeds);
    ASSERT_EQ(program("modelgate-baseline", {"save", "out", "--version", "v1"}).exit_code, 0);
    // What is tested is how a candidate is measured, so the release needs no verdict of its own.
    write_plan_of_release();
  }

  /// The next release, let through by the verdict of the last run.
  void release_next(const std::string& version) {
    ASSERT_EQ(program("modelgate-baseline", {"save", "out", "--version", version}).exit_code, 0);
    const ProcessOutcome promoted =
        program("modelgate-baseline", {"promote", version, "--verdict", "gate-results/verdict.json"});
    ASSERT_EQ(promoted.exit_code, 0) << promoted.err.text;
  }

  void write_plan_of_release() {
    const std::string plan = read_file(folder_ / "modelgate.yaml");
    write_plan("pairs: 3", "", "{from: speed, margin: 10%, limits: [real_time <= 1 s]}");
    ASSERT_EQ(program("modelgate", {"run", "--first-release", "--quiet"}).exit_code, 0);
    ASSERT_EQ(
        program("modelgate-baseline", {"promote", "v1", "--verdict", "gate-results/verdict.json"}).exit_code,
        0);
    write_file(folder_ / "modelgate.yaml", plan);
  }

  ProcessOutcome program(const std::string& name, const std::vector<std::string>& arguments) {
    ProcessSpec spec;
    spec.argv = {MODELGATE_BIN_DIR "/" + name};
    spec.argv.insert(spec.argv.end(), arguments.begin(), arguments.end());
    spec.folder = folder_;
    spec.timeout = std::chrono::seconds(120);
    return run_process(spec);
  }

  /// Runs with this candidate; the count of processes, and so the noise, begins anew.
  int run(const std::string& speeds, std::vector<std::string> arguments = {}) {
    write_file(folder_ / "out" / "speeds", speeds);
    std::filesystem::remove(folder_ / "count");
    arguments.insert(arguments.begin(), {"run", "--quiet"});
    const ProcessOutcome outcome = program("modelgate", arguments);
    said_ = outcome.err.text;
    verdict_ = read_verdict(folder_ / "gate-results" / "verdict.json");
    return outcome.exit_code;
  }

  const Check& check(const std::string& name) const {
    for (const Check& one : verdict_.checks)
      if (one.name == name + "/manual_time real_time") return one;
    throw std::runtime_error("no check of " + name);
  }

  std::filesystem::path folder_;
  std::string said_;
  Verdict verdict_;
};

}  // namespace modelgate
