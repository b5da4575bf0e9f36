#pragma once

#include <filesystem>

namespace modelgate {

/// The folder of real data beside the source tree, or $MODELGATE_SHARED_DATA; it need not exist.
std::filesystem::path shared_data();

}  // namespace modelgate
