#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate init`, as typed.
struct InitOptions {
  std::string candidate;  ///< The folder of what would be released.
  std::string data;       ///< JSONL for its models; empty: they are left out.
  std::string plan = "modelgate.yaml";
  std::string name;  ///< Of the model; empty: the plan's folder's name.

  void declare(OptionSet& options);
};

/// What a candidate's folder holds that a plan can be written for. Paths are relative to the folder.
struct Findings {
  std::vector<std::string> tests;       ///< GoogleTest programs.
  std::vector<std::string> benchmarks;  ///< Google Benchmark programs.
  std::vector<std::string> models;      ///< TorchScript files (.pt, .ts).
};

/// Looks for them by content, without running anything: a GoogleTest program holds the text
/// "gtest_list_tests" or names libgtest, a Google Benchmark program likewise.
Findings look_into(const std::filesystem::path& folder);

/// The text of a plan for them. `data` is a JSONL file for the models; without one they are left out.
std::string plan_text(const std::string& name, const std::string& candidate_folder, const Findings& findings,
                      const std::string& data);

/// Writes a plan that runs, and the schema for editors beside it. Asks nothing. Errors: kind usage if there
/// is a plan already, nothing was found that could be judged, or the plan would become a part of the
/// candidate.
ExitCode init_plan(const InitOptions& options);

}  // namespace modelgate
