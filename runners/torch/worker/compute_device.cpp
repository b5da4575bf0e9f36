#include "runners/torch/worker/compute_device.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <dlfcn.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include "runners/torch/device_choice.h"
#include "runners/torch/failure_words.h"
#include "runners/torch/worker/model_failure.h"

namespace modelgate {
namespace {

/// Makes the GPU ready to compute. CudaFailure or an exception of LibTorch if it cannot.
void start(CudaDriver& driver, int number) {
  if (!at::globalContext().hasCUDART())
    throw CudaFailure("this LibTorch was built without CUDA (the driver shows " +
                      driver.gpus().at(static_cast<std::size_t>(number)).name + ")");
  if (static_cast<int>(torch::cuda::device_count()) <= number)
    throw CudaFailure("LibTorch sees " + std::to_string(torch::cuda::device_count()) + " GPUs");
  // A device that is too new or too old for this build is noticed only when it computes.
  at::zeros({1}, at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(number))).item();
  driver.use(number);
}

/// "13.0" of 13000, "9.1.4" of 90104 and such are left to the reader as they are.
std::string cuda_text(long version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
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

ComputeDevice::ComputeDevice(const std::string& asked, std::vector<std::string>& notes) : device_(c10::kCPU) {
  const DeviceChoice choice = device_choice_from(asked);
  if (choice.kind == DeviceChoice::Kind::cpu) return;
  driver_ = std::make_unique<CudaDriver>();
  std::string reason;
  try {
    const int number = number_of_gpu(choice, *driver_);
    start(*driver_, number);
    free_before_ = driver_->free_bytes();
    device_ = c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(number));
    return;
  } catch (const c10::Error& error) {
    reason = failure_words(error.what_without_backtrace());
  } catch (const std::exception& error) {
    reason = failure_words(error.what());
  }
  if (!driver_->unusable().empty() && !at::globalContext().hasCUDART())
    reason += "; and this LibTorch was built without CUDA";
  if (choice.kind == DeviceChoice::Kind::cuda) throw ModelFailure("no_gpu", "no usable GPU: " + reason);
  notes.push_back("measured on the CPU, because there is no usable GPU: " + reason);
}

void ComputeDevice::synchronize() const {
  if (is_cuda()) torch::cuda::synchronize(device_.index());
}

std::map<std::string, std::string> ComputeDevice::environment() const {
  std::map<std::string, std::string> environment = {{"torch", TORCH_VERSION},
                                                    {"threads", std::to_string(at::get_num_threads())},
                                                    {"device", is_cuda() ? "cuda" : "cpu"}};
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) environment[key] = value;
  };
  put("blas", blas_name());
  if (!is_cuda()) return environment;
  put("gpu", gpu().name);
  put("gpu_uuid", gpu().uuid);
  put("driver", CudaDriver::driver_version());
  try {
    put("cuda", cuda_text(at::detail::getCUDAHooks().versionCUDART()));
    put("cudnn", std::to_string(at::detail::getCUDAHooks().versionCuDNN()));
  } catch (const std::exception&) {
    // A build without one of them says so by throwing.
  }
  return environment;
}

}  // namespace modelgate
