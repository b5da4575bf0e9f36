#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runners/plan/jobs.h"
#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate plan`, as typed.
struct PlanJobsOptions {
  std::string plan = "modelgate.yaml";
  std::vector<std::string> only;
  std::int64_t shards = 1;
  std::string format = "table";  ///< "table", "json", "gitlab", "github-matrix".
  bool json = false;
  // Of the jobs in GitLab's form.
  std::string image, candidate, baseline, inconclusive, path;
  std::vector<std::string> tags, gpu_tags;
  double budget_seconds = -1;
  bool first_release = false, fail_on_flaky = false;

  void declare(OptionSet& options);
};

/// Prints the jobs that together do what the plan asks for. Errors: those of the plan; kind usage for more
/// jobs than the platform takes.
ExitCode show_jobs(const PlanJobsOptions& options);

/// The jobs as a child pipeline of GitLab, each leaving its results in gate-jobs/NAME, and a last one that
/// joins them.
std::string gitlab_pipeline(const std::vector<Job>& jobs, const PlanJobsOptions& options);

/// {"include": [{"name": …, "only": …, "shard": …, "gpu": …}, …]}, for fromJSON() in a matrix, on one line.
std::string github_matrix(const std::vector<Job>& jobs);

}  // namespace modelgate
