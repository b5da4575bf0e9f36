#include "runners/torch/worker/compute_device.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <dlfcn.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include "runners/torch/failure_words.h"
#include "runners/torch/worker/model_failure.h"

namespace modelgate {
namespace {

/// Why no GPU can be used, or "".
std::string no_gpu_because() {
  if (!at::globalContext().hasCUDART()) return "this LibTorch was built without CUDA";
  try {
    if (torch::cuda::device_count() == 0)
      return "no CUDA device is visible (driver not loaded, or CUDA_VISIBLE_DEVICES is empty)";
    // A device that is too new or too old for this build is noticed only when it computes.
    at::zeros({1}, at::Device(at::kCUDA, 0)).item();
  } catch (const c10::Error& error) {
    return failure_words(error.what_without_backtrace());
  } catch (const std::exception& error) {
    return failure_words(error.what());
  }
  return "";
}

/// The GPU's name by the driver's own interface, since LibTorch's needs CUDA headers to build.
std::string gpu_name() {
  void* driver = ::dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (driver == nullptr) return "";
  const auto init = reinterpret_cast<int (*)(unsigned)>(::dlsym(driver, "cuInit"));
  const auto get = reinterpret_cast<int (*)(int*, int)>(::dlsym(driver, "cuDeviceGet"));
  const auto name_of = reinterpret_cast<int (*)(char*, int, int)>(::dlsym(driver, "cuDeviceGetName"));
  int device = 0;
  char name[256] = "";
  if (init == nullptr || get == nullptr || name_of == nullptr || init(0) != 0 || get(&device, 0) != 0 ||
      name_of(name, sizeof name, device) != 0)
    return "";
  return name;
}

/// Which library multiplies matrices. Debian's LibTorch takes whatever provides libblas.so.3, which only the
/// process itself can tell.
std::string blas_name() {
  if (at::hasMKL()) return at::get_mkl_version().substr(0, at::get_mkl_version().find('\n'));
  if (void* config = ::dlsym(RTLD_DEFAULT, "openblas_get_config"))
    return reinterpret_cast<const char* (*)()>(config)();
  Dl_info where{};
  if (void* multiply = ::dlsym(RTLD_DEFAULT, "sgemm_");
      multiply != nullptr && ::dladdr(multiply, &where) != 0)
    return where.dli_fname;
  return "";
}

}  // namespace

c10::Device compute_device(const std::string& asked, std::vector<std::string>& notes) {
  if (asked == "cpu") return c10::Device(c10::kCPU);
  const std::string reason = no_gpu_because();
  if (reason.empty()) return c10::Device(c10::kCUDA, 0);
  if (asked == "cuda") throw ModelFailure("no_gpu", "no usable GPU: " + reason);
  notes.push_back("measured on the CPU, because there is no usable GPU: " + reason);
  return c10::Device(c10::kCPU);
}

void synchronize(const c10::Device& device) {
  if (device.is_cuda()) torch::cuda::synchronize(device.index());
}

std::map<std::string, std::string> torch_environment(const c10::Device& device) {
  std::map<std::string, std::string> environment = {{"torch", TORCH_VERSION},
                                                    {"threads", std::to_string(at::get_num_threads())},
                                                    {"device", device.is_cuda() ? "cuda" : "cpu"}};
  if (const std::string blas = blas_name(); !blas.empty()) environment["blas"] = blas;
  if (device.is_cuda())
    if (const std::string name = gpu_name(); !name.empty()) environment["gpu"] = name;
  return environment;
}

}  // namespace modelgate
