#pragma once

#include <vector>

#include "runners/gpu/gpu_watch.h"
#include "runners/pairs/paired_measuring.h"
#include "runners/torch/timed_turns.h"
#include "runners/torch/torch_options.h"

namespace modelgate {

/// Measures the subjects in processes that take turns (measure_pairs), and adds the series of what is
/// measured (process_plans) to their documents. `watch`, which may be null, looks at the GPU that all must
/// compute on. Errors: those of process_plans.
void measure_latency(const TorchOptions& options, const PairStretch& stretch,
                     const std::vector<TimedSubject>& subjects, GpuWatch* watch);

}  // namespace modelgate
