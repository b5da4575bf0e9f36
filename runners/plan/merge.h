#pragma once

#include <string>
#include <vector>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate merge`, as typed.
struct MergeOptions {
  std::vector<std::string> folders;  ///< Results of jobs, or folders that hold such.
  std::string plan = "modelgate.yaml";
  std::vector<std::string> only;
  std::string output = "gate-results";
  bool fail_on_flaky = false;
  std::string inconclusive;  ///< As of `modelgate run`.
  bool json = false, quiet = false;

  void declare(OptionSet& options);
};

/// Joins what the jobs of one plan left into one verdict, with its reports; the exit code is that of the
/// verdict. Gates that a job judged are taken as they are, runs of which shards measured parts are joined and
/// judged. What a job did not bring is missing, an error. Errors: kind usage for the options, and then no
/// verdict is left; kind infrastructure for jobs that are not of this plan, or of different candidates or
/// baselines, and then a verdict of status error is.
ExitCode merge_jobs(const MergeOptions& options);

}  // namespace modelgate
