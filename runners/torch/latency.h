#pragma once

#include <filesystem>
#include <vector>

#include "runners/torch/torch_options.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// A subject whose latency is measured.
struct TimedSubject {
  std::filesystem::path model, data;
  std::vector<std::string> inputs;
  std::filesystem::path report;  ///< A file that its workers may write.
  Measurements* document = nullptr;
};

/// The pairs that are measured in one call, and the place of the first process among all.
struct LatencyStretch {
  std::int64_t first_pair = 0, end_pair = 0, first_position = 0;
};

/// Measures each subject in a process for each pair of the stretch, those of two subjects in random order,
/// after one process of each that does not count. Adds a series "latency batch=N" for each batch size (of
/// those asked for by options.sampling.benchmarks, if any) to their documents. The first process that fails
/// is a problem of its subject's document, and ends the measuring.
void measure_latency(const TorchOptions& options, const LatencyStretch& stretch,
                     const std::vector<TimedSubject>& subjects);

}  // namespace modelgate
