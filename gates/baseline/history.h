#pragma once

#include <filesystem>

#include "gates/baseline/store.h"

namespace modelgate {

/// Writes the verdict that let a release or green through, that of what it was judged against, and so on, as
/// 001.json, 002.json, … (at most 100). Nothing for a version that is merely saved. Errors: kind usage if the
/// folder is not empty; kind infrastructure for a damaged store, or if nothing can be written.
void write_history(const Store& store, const Manifest& version, const std::filesystem::path& folder);

}  // namespace modelgate
