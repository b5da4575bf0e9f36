#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runners/plan/commands.h"
#include "runners/plan/jobs.h"
#include "runners/plan/results_folder.h"
#include "runners/plan/run.h"
#include "schemas/documents/pipeline_record.h"
#include "schemas/documents/plan.h"
#include "schemas/pipeline/pipeline.h"

namespace modelgate {

/// All that is known before anything is measured.
struct Undertaking {
  RunOptions options;
  std::filesystem::path plan_file;
  Plan plan;
  Pipeline pipeline;
  BaselineWish wish;  ///< What options.baseline says once it is settled; until then it is its text.
  std::vector<std::string> only;
  std::vector<PlanGate> gates;
  std::vector<PlanRun> runs;
  ResultsFolder results;
  PipelineRecord record;  ///< Of the pipeline, for the verdict.
  /// More of the suite's options: about checks that cannot be decided.
  std::vector<std::string> suite_options;
  std::vector<std::string> notes;                                 ///< For the verdict's warnings.
  std::string candidate_name;                                     ///< In the plan's {candidate}.
  std::optional<std::chrono::steady_clock::time_point> deadline;  ///< Of measuring.
  std::optional<Shard> shard;  ///< Of the runs only a part is measured, and nothing judged.
  /// Of the candidate without commit and digest, of the baseline without version, commit and digest: they
  /// take time, and are found out while other steps run.
  Comparison comparison;
};

/// The gates that --only names, of which one entry may hold several. Errors: kind usage for an empty name.
std::vector<std::string> gate_names(const std::vector<std::string>& entries);

/// Reads the plan. Errors: those of read_plan(); kind usage, with what to do, if there is none.
Plan plan_at(const std::string& path);

/// The results folder that the options name.
ResultsFolder results_folder(const RunOptions& options);

/// What the plan and the options say without a candidate. Errors: as below.
Undertaking understand_plan(const RunOptions& options);

/// Reads the plan, finds the candidate, and makes sure that every step can be written down. Errors: kind
/// usage; kind infrastructure if the plan cannot be read.
Undertaking understand(const RunOptions& options);

/// Finds out which version the baseline that is wished for is, where that takes more than the store; what is
/// not plain about it becomes a note of the verdict. Errors: those of choose_baseline().
void settle_baseline(Undertaking& all);

/// Takes the candidate's commit from the working copy around the plan; what keeps it from being known becomes
/// a note of the verdict.
void identify_commit(Undertaking& all);

/// The steps that measure a shard.
std::vector<Step> shard_steps(const Undertaking& all);

/// What `modelgate merge` needs to know of it.
JobRecord job_record_of(const Undertaking& all, const std::optional<Sampling>& sampling);

/// The step that joins the gates' verdicts.
Step suite_step_of(const Undertaking& all);

/// The steps in order.
std::vector<Step> steps_of(const Undertaking& all);

/// Puts what a manifest says of the baseline into the comparison. Errors: kind usage with the place.
void take_baseline(const std::string& manifest, Comparison& comparison);

}  // namespace modelgate
