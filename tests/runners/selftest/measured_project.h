#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "runners/process/process.h"

namespace modelgate {

/// A plan and what a run of it would have left in gate-results, in a folder of the test's own: 12 tests, two
/// benchmarks in 20 pairs (a time and a rate), 900 rows of answers in two languages, and two tensors.
class MeasuredProject {
 public:
  MeasuredProject();

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path results() const { return folder_ / "gate-results"; }

  /// The plan with these gates, in YAML: "  unit: {from: tests}\n".
  void write_plan(const std::string& gates);
  /// Only the candidate was measured.
  void forget_the_baseline();

  /// `modelgate selftest ARGUMENTS` in the project's folder.
  ProcessOutcome selftest(const std::vector<std::string>& arguments = {}) const;
  /// The document that --json prints.
  nlohmann::json rows(const std::vector<std::string>& arguments = {}) const;

 private:
  std::filesystem::path folder_;
};

/// Gates that judge all of it, and can fail.
inline constexpr char sound_gates[] = R"(  unit: {from: tests, minimum_tests: 10}
  performance: {from: speed, margin: 10%, quantities: [real_time, items_per_second], limits: [infer real_time <= 2 ms]}
  quality: {from: model, checks: ["accuracy margin=4pp min=0.8", "accuracy margin=8pp by=lang", "roc_auc(refund) margin=8pp", "f1(macro) margin=5pp"]}
  regression: {from: model}
)";

}  // namespace modelgate
