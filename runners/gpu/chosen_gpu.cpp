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

/// What CUDA_VISIBLE_DEVICES names first: a UUID, or the index of the same device here; empty where it is not
/// set.
std::string first_visible(const Devices& devices) {
  const char* visible = std::getenv("CUDA_VISIBLE_DEVICES");
  if (visible == nullptr) return "";
  const std::string all = visible, first = all.substr(0, all.find(','));
  if (first.starts_with("GPU-") || first.starts_with("MIG-")) return first;
  // Whoever may not use the others (by a scheduler, say) must not get one.
  if (first.empty() || first.find_first_not_of("0123456789") != std::string::npos)
    throw infrastructure_error("", "no usable GPU: CUDA_VISIBLE_DEVICES=" + all + " hides them all",
                               "Name the GPU: --gpu with one of the UUIDs of 'modelgate-run-gpu list'.");
  // CUDA counts the fastest first, unless it is told to count as the driver does.
  const char* order = std::getenv("CUDA_DEVICE_ORDER");
  const bool alike = std::all_of(devices.begin(), devices.end(), [&](const GpuDevice& device) {
    return !device.whole.empty() || device.name == devices.front().name;
  });
  if (!alike && (order == nullptr || std::string(order) != "PCI_BUS_ID"))
    throw usage_error("--gpu",
                      "which GPU CUDA_VISIBLE_DEVICES=" + all + " means cannot be told, as they differ",
                      "Name the GPU: --gpu with one of the UUIDs of 'modelgate-run-gpu list'.");
  return first;
}

}  // namespace

GpuDevice chosen_gpu(const Devices& devices, const std::string& asked) {
  std::string wanted = asked;
  if (asked == "auto") wanted = first_visible(devices);
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
