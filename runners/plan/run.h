#pragma once

#include <string>
#include <vector>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate run`, as typed.
struct RunOptions {
  std::string plan = "modelgate.yaml";
  std::string candidate;          ///< Empty: the plan's default.
  std::string candidate_version;  ///< Empty: the candidate's name.
  std::string baseline;           ///< See BaselineWish; empty: as the plan says, else the latest release.
  double fetch_seconds = 120;     ///< What fetching older commits may take.
  bool first_release = false;
  std::vector<std::string> only;  ///< Gates; one entry may hold several, separated by commas.
  std::string shard;              ///< "2/4"; empty: all of it, and it is judged.
  double budget_seconds = -1;     ///< Negative: the plan's.
  std::string output = "gate-results";
  bool fail_on_flaky = false;      ///< For every unit gate, whatever the plan says.
  std::string inconclusive;        ///< "block" or "warn", whatever the plan says; empty: as it says.
  bool changed = false;            ///< Only gates which what changed concerns.
  bool brief = false;              ///< Of a verdict that passes only a line is shown.
  std::vector<std::string> notes;  ///< For the verdict's warnings.
  double time_limit_seconds = 0;   ///< Of measuring, after which it is an error; 0: none.
  bool dry_run = false, json = false, quiet = false;

  void declare(OptionSet& options);
};

/// Measures, judges, reports; the exit code is that of the verdict written. Errors: kind usage before
/// anything is measured, and then no verdict is left; kind infrastructure, and then a verdict of status error
/// is.
ExitCode run_plan(const RunOptions& options);

}  // namespace modelgate
