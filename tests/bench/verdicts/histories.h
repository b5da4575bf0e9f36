#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "tests/bench/verdicts/noise_models.h"

namespace modelgate {

/// Models that resample measured histories: a benchmark of a run sees consecutive values of one history,
/// beginning anywhere (a history that ends goes on at its beginning); the benchmarks of a run begin together.
/// Each history is scaled so that neighbouring values have the robust spread `spread` each. `folder` holds
/// hyper-history.json and go-crc-{old,new}.txt. Errors: what a file lacks, with its name.
std::vector<NoiseModel> history_models(const std::filesystem::path& folder, double spread);

/// A model of these histories, of which each has at least 10 values.
NoiseModel model_of_histories(std::string name, std::string description,
                              const std::vector<std::vector<double>>& logarithms, double spread);

}  // namespace modelgate
