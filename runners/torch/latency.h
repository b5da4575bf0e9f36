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

/// Measures each subject in `options.pairs` processes, those of two subjects in pairs of random order, after
/// one process of each that does not count. Adds a series "latency batch=N" for each batch size to their
/// documents. The first process that fails is a problem of its subject's document, and ends the measuring.
void measure_latency(const TorchOptions& options, const std::vector<TimedSubject>& subjects);

}  // namespace modelgate
