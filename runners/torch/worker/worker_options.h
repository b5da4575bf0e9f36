#pragma once

#include <string>
#include <vector>

#include "runners/torch/worker/measuring.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate-torch-worker answer|time|device`, as typed.
struct WorkerOptions {
  ModelSettings model;
  TimingSettings timing;
  std::int64_t batch_size = 64;
  std::vector<std::string> shapes, calls, timed;
  std::string outputs, report;

  void declare_answer(OptionSet& options);
  void declare_time(OptionSet& options);
  void declare_device(OptionSet& options);
};

/// Measures, and writes the report. Returns pass, or error if the report holds a problem.
ExitCode work_on_answers(const WorkerOptions& options);
ExitCode work_on_time(WorkerOptions options);
ExitCode work_on_device(const WorkerOptions& options);

}  // namespace modelgate
