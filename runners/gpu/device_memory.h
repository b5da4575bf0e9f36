#pragma once

#include <string>

#include "runners/gpu/gpu_watch.h"
#include "runners/pairs/process_run.h"

namespace modelgate {

/// Adds the peak device memory of a process that has just ended to what it measured, as a series "`name`" of
/// quantity "peak_device_memory"; nothing where nobody watches, or none was seen.
void add_device_memory(GpuWatch* watch, const std::string& name, ProcessRun& run);

}  // namespace modelgate
