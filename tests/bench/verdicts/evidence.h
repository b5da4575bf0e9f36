#pragma once

#include <filesystem>
#include <functional>

#include "tests/bench/verdicts/results.h"

namespace modelgate {

/// Settings with which all of it takes less than a minute.
Settings quick_settings();

/// Simulates everything. `histories`: a folder to resample, or empty. `tell` hears what begins.
Results gather_evidence(const Settings& settings, const std::filesystem::path& histories,
                        const std::function<void(const std::string&)>& tell);

}  // namespace modelgate
