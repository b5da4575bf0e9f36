#pragma once

#include <string>
#include <vector>

#include "runners/gpu/gpu_sample.h"

namespace modelgate {

/// A sample as a line of JSON, without its end. `time` is seconds since 1970. What the driver did not tell is
/// left out.
std::string sample_json(const GpuSample& sample, double time);

/// A device and what it is like, as JSON.
std::string device_json(const GpuDevice& device, const GpuSample& now);
/// What `list --json` prints.
std::string devices_json(const std::string& driver, const std::string& cuda,
                         const std::vector<std::string>& devices);

}  // namespace modelgate
