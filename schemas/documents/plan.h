#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/baseline_wish.h"
#include "schemas/documents/inconclusive.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// A setting of a run or gate, as the program that it is for takes it: key "test_timeout_seconds" with values
/// {"5"} becomes `--test-timeout-seconds 5`; a list becomes the option repeated; a map (environment) becomes
/// `--environment NAME=VALUE` repeated; a flag that is true has no values, one that is false is left out.
struct PlanSetting {
  std::string key;
  std::vector<std::string> values;
  bool is_flag = false;

  bool operator==(const PlanSetting&) const = default;
};

/// Something to measure: a runner and its settings. Texts may hold {subject} (the folder of what is
/// measured), {role} (baseline or candidate), {plan} (the plan's folder) and {runs.NAME} (the records file
/// that the exec or torch run NAME wrote for the same subject).
struct PlanRun {
  std::string name;
  std::string
      runner;  ///< "gtest", "bench", "torch", "exec", or another for which there is a modelgate-run-X.
  std::vector<PlanSetting> settings;
  std::vector<std::string> after;  ///< Names of the runs whose records this one reads.
  std::string where;               ///< The place in the plan.
};

/// Something to decide.
struct PlanGate {
  std::string name;
  std::string kind;  ///< "unit", "regression", "performance", "quality".
  std::string from;  ///< The run that it judges.
  std::vector<PlanSetting> settings;
  std::string where;
  /// Shell patterns of files that concern it, for `modelgate run --changed`; empty: all do.
  std::vector<std::string> changes = {};
};

/// What is judged before a push.
struct PlanHook {
  std::vector<std::string> gates;  ///< Empty: those of kind unit and regression.
  double seconds = 60;             ///< After which it is given up, as an error.

  bool operator==(const PlanHook&) const = default;
};

/// A failure that is known and let through until a day.
struct Waiver {
  std::string check;  ///< "unit/Suite.Test": gate/name, or gate/name[lang=zh].
  std::string reason;
  std::string until;  ///< "2026-12-31", the last day it holds.
  std::string where;
};

/// What a run may take to decide checks that are undecided after the first look.
struct Budget {
  std::optional<double> seconds;      ///< Of wall time, from the start of measuring.
  std::optional<std::int64_t> pairs;  ///< Of process pairs, over all runs.
  std::optional<std::int64_t> rows;   ///< Of rows, over all runs that take them in looks.

  bool operator==(const Budget&) const = default;
};

/// modelgate.yaml: what to run and what must hold.
struct Plan {
  std::string name;
  std::string candidate;          ///< The candidate's folder, relative to the plan; may hold {candidate}.
  std::string default_candidate;  ///< The name used where --candidate is not given.
  std::string store;              ///< The baseline store's folder, relative to the plan.
  BaselineWish baseline;          ///< What is compared with where --baseline says nothing.
  double alpha_fail = 0.05, alpha_pass = 0.05;
  Budget budget;
  int verdict_days = 14;  ///< For how many days a verdict lets a candidate through, after the day it is made.
  /// What checks do that cannot be decided; absent: they block where a release branch or a tag is judged.
  std::optional<InconclusiveAction> inconclusive;
  std::vector<std::string> release_branches;  ///< Shell patterns; a '*' meets '/' too.
  /// Shell patterns of files that concern no gate, wherever they are not the candidate's or named here.
  std::vector<std::string> unrelated;
  PlanHook hook;
  std::vector<PlanRun> runs;  ///< In an order in which each comes after those it reads.
  std::vector<PlanGate> gates;
  std::vector<Waiver> waivers;
  std::filesystem::path folder;  ///< Of the plan file.
  std::string digest;            ///< "sha256:…" of the plan file.
};

/// Reads and checks a plan. Errors: kind usage with file, line and column.
Plan read_plan(const std::filesystem::path& path);

}  // namespace modelgate
