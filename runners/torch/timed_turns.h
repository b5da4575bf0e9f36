#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "runners/pairs/process_run.h"
#include "runners/torch/configurations.h"
#include "runners/torch/torch_options.h"
#include "runners/torch/worker_report.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// A subject whose speed is measured.
struct TimedSubject {
  std::filesystem::path model;
  std::filesystem::path data;  ///< Empty where inputs are declared.
  std::vector<std::string> inputs;
  std::filesystem::path report;  ///< A file that its workers may write.
  Measurements* document = nullptr;
};

/// Measures a subject turn by turn, a process each.
class TimedTurns {
 public:
  /// `gpu_uuid` is shared by the turns of all subjects: the GPU that is watched, or else that on which the
  /// first process computed. A process that computes on another fails.
  TimedTurns(const TorchOptions& options, const std::vector<ProcessPlan>& plans, TimedSubject subject,
             std::string& gpu_uuid);

  /// Runs a process of one of the plans.
  ProcessRun run(const ProcessPlan& plan, std::size_t padding_bytes);
  /// The same process with few calls, so that the machine has read what it needs.
  ProcessRun rehearse(const ProcessPlan& plan);
  /// What calls were timed, how they were warmed up and which of them were kept.
  std::vector<std::string> notes() const;

 private:
  ProcessRun run(const ProcessPlan& plan, bool briefly, std::size_t padding_bytes);
  void expect_same_gpu(const WorkerReport& report, ProcessRun& result);
  void remember(const ProcessPlan& plan, const WorkerReport& report);

  const TorchOptions& options_;
  const std::vector<ProcessPlan>& plans_;
  TimedSubject subject_;
  std::string& gpu_uuid_;
  // Over all turns.
  std::int64_t processes_ = 0, unsteady_ = 0, most_step_ = 1, flushed_bytes_ = 0;
  std::int64_t least_warm_up_ = 0, most_warm_up_ = 0;
  std::string unsteady_name_;
  bool on_gpu_ = false;
};

}  // namespace modelgate
