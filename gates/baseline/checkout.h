#pragma once

#include <filesystem>

#include "gates/baseline/store.h"

namespace modelgate {

/// Writes the files of a version into `folder`, as copies of their own; every byte is checked on the way. The
/// folder appears when it is whole. It must not exist, be empty, or hold an unchanged checkout of some
/// version of this store, which is replaced. Errors: kind usage for any other folder; kind infrastructure if
/// the store is damaged (with file, expected and found) or nothing can be written.
void checkout(const Store& store, const Manifest& manifest, const std::filesystem::path& folder);

}  // namespace modelgate
