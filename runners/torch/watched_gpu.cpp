#include "runners/torch/watched_gpu.h"

#include "runners/torch/device_choice.h"
#include "runners/torch/worker.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr const char* visible = "CUDA_VISIBLE_DEVICES";

/// The same UUID as NVML gives it, which calls parts of a GPU (MIG) differently than the CUDA driver.
std::string as_a_part(const std::string& uuid) { return "MIG-" + uuid.substr(uuid.find('-') + 1); }

/// Workers see this GPU alone, unless the person says what they see.
void show_only(const std::string& uuid, TorchOptions& options) {
  options.device = "cuda";
  if (!options.runner.environment_map().contains(visible))
    options.runner.environment.push_back(visible + ("=" + uuid));
}

/// The UUID of the GPU that is meant, as the CUDA driver shows it to us; empty if it shows none such, which
/// the workers will explain.
std::string uuid_of(const DeviceChoice& choice) {
  const CudaDriver driver;
  try {
    return driver.gpus().at(static_cast<std::size_t>(number_of_gpu(choice, driver))).uuid;
  } catch (const CudaFailure&) {
    return "";
  }
}

/// Whether LibTorch can compute on the GPU that workers see; if not, they shall all use the CPU.
bool is_usable(TorchOptions& options, const std::filesystem::path& report, std::vector<std::string>& notes) {
  TorchOptions open = options;
  open.device = "auto";
  Work work{"device", {}, {}, {}, report, {}, 1, {}};
  const WorkerReport told = run_worker(open, work).report;
  const auto device = told.environment.find("device");
  if (device != told.environment.end() && device->second == "cuda") return true;
  notes.insert(notes.end(), told.notes.begin(), told.notes.end());
  options.device = "cpu";
  return false;
}

std::unique_ptr<GpuWatch> watch_on(const std::string& uuid, const GpuOptions& gpu,
                                   std::vector<std::string>& notes) {
  std::string reason;
  for (const std::string& name : {uuid, as_a_part(uuid)}) {
    try {
      return gpu.watch(name);
    } catch (const Error& error) {
      if (reason.empty()) reason = error.message();
    }
  }
  notes.push_back("the GPU was not watched while speed was measured: " + reason);
  return nullptr;
}

}  // namespace

std::unique_ptr<GpuWatch> watched_gpu(TorchOptions& options, const std::filesystem::path& report,
                                      std::vector<std::string>& notes) {
  const DeviceChoice choice = device_choice_from(options.device);
  const std::string named = options.gpu.gpu;
  if (!named.empty() && named != "none") {
    if (choice.number || !choice.uuid.empty())
      throw usage_error("--gpu", "names a GPU, and so does --device",
                        "Write --device cuda, or leave --gpu out.");
    std::unique_ptr<GpuWatch> watch = options.gpu.watch("none");
    show_only(watch->device().uuid, options);
    return watch;
  }
  GpuOptions nobody = options.gpu;
  nobody.gpu = "none";
  nobody.watch("none");  // says what is wrong with the other options
  if (choice.kind == DeviceChoice::Kind::cpu) return nullptr;
  const std::string uuid = uuid_of(choice);
  if (uuid.empty()) return nullptr;
  if (options.runner.environment_map().contains(visible)) {
    notes.push_back(std::string("the GPU was not watched, because the environment of workers says ") +
                    visible);
    return nullptr;
  }
  show_only(uuid, options);
  if (choice.kind == DeviceChoice::Kind::automatic && !is_usable(options, report, notes)) return nullptr;
  return named == "none" ? nullptr : watch_on(uuid, options.gpu, notes);
}

}  // namespace modelgate
