#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gates/suite/suite.h"
#include "schemas/tool/files.h"

namespace modelgate {

inline Check check_of(const std::string& gate, const std::string& name, Status status,
                      std::optional<double> p_regression = std::nullopt) {
  Check check;
  check.gate = gate;
  check.name = name;
  check.status = status;
  check.reason = "test";
  check.sentence = name + " is " + name_of(status);
  check.p_regression = p_regression;
  return check;
}

class SuiteTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              (std::string("suite ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    write_plan("");
    expectation_.candidate.digest = "sha256:candidate";
    expectation_.baseline.digest = "sha256:baseline";
    expectation_.today = "2026-11-23";
    leave("unit", {check_of("unit", "A.B", Status::pass)});
    leave("quality", {check_of("quality", "accuracy", Status::pass, 0.9)});
  }

  void write_plan(const std::string& more) {
    write_file(folder_ / "modelgate.yaml", R"(schema: modelgate/plan
version: 1
name: m
candidate: out
runs:
  tests: {runner: gtest, program: "{subject}/t"}
  model: {runner: exec, command: [x], input: rows.jsonl}
gates:
  unit: {from: tests}
  quality: {from: model, checks: ["accuracy margin=1pp"]}
)" + more);
  }

  /// A plan whose quality gate declares this check instead.
  void declare_check(const std::string& check) {
    write_plan("");
    std::string text = read_file(folder_ / "modelgate.yaml");
    const std::string usual = "accuracy margin=1pp";
    write_file(folder_ / "modelgate.yaml", text.replace(text.find(usual), usual.size(), check));
  }

  Verdict gate_verdict(const std::string& gate, const std::vector<Check>& checks) {
    Verdict verdict;
    verdict.gate = gate;
    verdict.gate_version = "0.1.0";
    verdict.created = "2026-11-23T20:00:00Z";
    verdict.candidate = {Role::candidate, "m", "v2", "", "sha256:candidate"};
    verdict.baseline = Subject{Role::baseline, "m", "v1", "", "sha256:baseline"};
    verdict.checks = checks;
    verdict.status = worst(checks);
    verdict.sentence = "as its checks";
    return verdict;
  }

  void leave(const std::string& gate, const std::vector<Check>& checks) { leave(gate_verdict(gate, checks)); }
  void leave(const Verdict& verdict) {
    write_file(folder_ / "verdicts" / (verdict.gate + ".json"), to_json(verdict));
  }

  Verdict join() {
    return join_verdicts(read_plan(folder_ / "modelgate.yaml"), folder_ / "verdicts", expectation_);
  }

  /// The reason of the first check that is an error.
  std::string error_reason() {
    const Verdict verdict = join();
    EXPECT_EQ(verdict.status, Status::error);
    for (const Check& check : verdict.checks)
      if (check.status == Status::error) return check.reason;
    return "";
  }

  /// The exit code of the program itself.
  int program(const std::string& options = "") {
    const std::string command = "'" + std::string(MODELGATE_BIN_DIR) + "/modelgate-gate-suite' --plan '" +
                                (folder_ / "modelgate.yaml").string() + "' --verdicts '" +
                                (folder_ / "verdicts").string() + "' --candidate-digest sha256:candidate" +
                                " --baseline-digest sha256:baseline " + options + " --output '" +
                                (folder_ / "verdict.json").string() + "' 2>/dev/null";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::filesystem::path folder_;
  Expectation expectation_;
};

}  // namespace modelgate
