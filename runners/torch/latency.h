#pragma once

#include <filesystem>
#include <vector>

#include "runners/pairs/paired_measuring.h"
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

/// Measures the subjects in processes that take turns (measure_pairs). Adds a series "latency batch=N" for
/// each batch size (of those asked for by options.sampling.benchmarks, if any) to their documents.
void measure_latency(const TorchOptions& options, const PairStretch& stretch,
                     const std::vector<TimedSubject>& subjects);

}  // namespace modelgate
