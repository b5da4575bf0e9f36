#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/job_record.h"
#include "schemas/documents/plan.h"

namespace modelgate {

/// Names of runs, each list in the plan's order, of which one reads what another wrote, directly or by
/// others: they are measured on one machine.
std::vector<std::vector<std::string>> chains_of(const std::vector<PlanRun>& runs);

/// Whether the runner can measure a part of the run, so that several machines share it: a gtest or bench run
/// that neither reads of others nor is read by them.
bool can_be_shared(const std::vector<std::string>& chain, const std::vector<PlanRun>& runs);

/// The runs of a shard: of those that can be shared a part, of the others every N-th chain.
std::vector<PlanRun> runs_of_shard(const Shard& shard, const std::vector<PlanRun>& runs);

/// What a CI system starts as a job of its own: the gates of one chain of runs, or a shard of them.
struct Job {
  std::string name;  ///< "unit", "regression+quality", "performance-2": safe as a file's name.
  std::vector<std::string> gates;
  std::vector<std::string> runs;
  bool needs_gpu = false;  ///< A run names a GPU or computes on one.
  std::optional<Shard> shard;
};

/// The jobs that together do what the plan asks for, in the plan's order of gates. Chains that can be shared
/// are divided among `shards` jobs.
std::vector<Job> jobs_of(const Plan& plan, const std::vector<PlanGate>& gates, std::int64_t shards);

}  // namespace modelgate
