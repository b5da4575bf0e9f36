#include <algorithm>
#include <cstdlib>

#include "runners/gpu/nvml.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using Devices = std::vector<GpuDevice>;

bool is_split(const Devices& devices, const GpuDevice& device) {
  return std::any_of(devices.begin(), devices.end(),
                     [&](const GpuDevice& part) { return part.whole == device.uuid; });
}

/// The first that can be computed on.
const GpuDevice& first_of(const Devices& devices) {
  for (const GpuDevice& device : devices)
    if (!is_split(devices, device)) return device;
  throw infrastructure_error("", "no usable GPU: every GPU is set to be split, and none has a part",
                             "nvidia-smi mig -cgi makes parts, nvidia-smi -mig 0 undoes the splitting.");
}

std::string described(const GpuDevice& device) {
  return device.uuid + " (" + device.index + ", " + device.name + ")";
}

/// Numbers in CUDA_VISIBLE_DEVICES are CUDA's, which may count otherwise than the driver: only a UUID tells.
std::string first_visible_uuid() {
  const char* visible = std::getenv("CUDA_VISIBLE_DEVICES");
  const std::string all = visible == nullptr ? "" : visible;
  const std::string first = all.substr(0, all.find(','));
  return first.starts_with("GPU-") || first.starts_with("MIG-") ? first : "";
}

}  // namespace

GpuDevice chosen_gpu(const Devices& devices, const std::string& asked) {
  std::string wanted = asked;
  if (asked == "auto") wanted = first_visible_uuid();
  if (wanted.empty()) return first_of(devices);
  std::vector<const GpuDevice*> found;
  for (const GpuDevice& device : devices) {
    if (device.uuid == wanted || device.index == wanted) {
      found = {&device};
      break;
    }
    // As CUDA takes them: as much of a UUID as no other has.
    if (wanted.size() > 4 && wanted[3] == '-' && device.uuid.starts_with(wanted)) found.push_back(&device);
  }
  std::vector<std::string> uuids, all;
  for (const GpuDevice& device : devices) {
    uuids.push_back(device.uuid);
    all.push_back(described(device));
  }
  if (found.empty()) {
    const std::string near = did_you_mean(wanted, uuids);
    throw usage_error("--gpu", "there is no GPU '" + wanted + "'",
                      (near.empty() ? "" : near + " ") + "There are: " + listing(all) + ".");
  }
  if (found.size() > 1)
    throw usage_error("--gpu", "'" + wanted + "' is the beginning of several GPUs",
                      "There are: " + listing(all) + ".");
  if (is_split(devices, *found.front()))
    throw usage_error("--gpu", described(*found.front()) + " is split; nothing computes on the whole of it",
                      "Choose one of its parts: " + listing(all) + ".");
  return *found.front();
}

}  // namespace modelgate
