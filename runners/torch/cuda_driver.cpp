#include "runners/torch/cuda_driver.h"

#include <dlfcn.h>

#include <cstdlib>
#include <fstream>

namespace modelgate {
namespace {

constexpr int attribute_l2_bytes = 38;  // CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE

/// Symbols that were replaced keep their names, and the new ones end in _v2.
template <typename Function>
void find(void* library, Function& function, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (function == nullptr) function = reinterpret_cast<Function>(::dlsym(library, name));
  if (function == nullptr) throw CudaFailure(std::string("the CUDA driver has no ") + *names.begin());
}

std::string uuid_text(const unsigned char (&bytes)[16]) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text = "GPU-";
  for (int i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

}  // namespace

CudaDriver::CudaDriver() {
  try {
    load();
    find_gpus();
  } catch (const CudaFailure& failure) {
    unusable_ = failure.what();
  }
}

void CudaDriver::load() {
  const char* named = std::getenv("MODELGATE_LIBCUDA");
  // Never closed: LibTorch may use it, too, until the process ends.
  void* library =
      ::dlopen(named != nullptr && *named != '\0' ? named : "libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* why = ::dlerror();
    throw CudaFailure(std::string("the CUDA driver cannot be loaded: ") +
                      (why != nullptr ? why : "no reason given"));
  }
  find(library, calls_.init, {"cuInit"});
  find(library, calls_.error_text, {"cuGetErrorString"});
  find(library, calls_.driver_version, {"cuDriverGetVersion"});
  find(library, calls_.device_count, {"cuDeviceGetCount"});
  find(library, calls_.device_get, {"cuDeviceGet"});
  find(library, calls_.device_name, {"cuDeviceGetName"});
  find(library, calls_.device_uuid, {"cuDeviceGetUuid_v2", "cuDeviceGetUuid"});
  find(library, calls_.device_attribute, {"cuDeviceGetAttribute"});
  find(library, calls_.context_retain, {"cuDevicePrimaryCtxRetain"});
  find(library, calls_.context_set, {"cuCtxSetCurrent"});
  find(library, calls_.memory_info, {"cuMemGetInfo_v2"});
  find(library, calls_.memory_allocate, {"cuMemAlloc_v2"});
  find(library, calls_.memory_free, {"cuMemFree_v2"});
  find(library, calls_.memory_set, {"cuMemsetD8Async"});
  find(library, calls_.event_create, {"cuEventCreate"});
  find(library, calls_.event_destroy, {"cuEventDestroy_v2"});
  find(library, calls_.event_record, {"cuEventRecord"});
  find(library, calls_.event_wait, {"cuEventSynchronize"});
  find(library, calls_.event_elapsed, {"cuEventElapsedTime", "cuEventElapsedTime_v2"});
}

void CudaDriver::find_gpus() {
  expect(calls_.init(0), "cuInit");
  int count = 0;
  expect(calls_.device_count(&count), "cuDeviceGetCount");
  for (int i = 0; i < count; ++i) {
    int device = 0, l2_bytes = 0;
    char name[256] = "";
    unsigned char uuid[16] = {};
    expect(calls_.device_get(&device, i), "cuDeviceGet");
    expect(calls_.device_name(name, sizeof name - 1, device), "cuDeviceGetName");
    expect(calls_.device_uuid(uuid, device), "cuDeviceGetUuid");
    expect(calls_.device_attribute(&l2_bytes, attribute_l2_bytes, device), "cuDeviceGetAttribute");
    gpus_.push_back({name, uuid_text(uuid), l2_bytes});
  }
  if (gpus_.empty()) throw CudaFailure("the CUDA driver shows no device; is CUDA_VISIBLE_DEVICES empty?");
}

void CudaDriver::expect(int result, const char* call) const {
  if (result != 0) throw CudaFailure(std::string(call) + ": " + words_of(result));
}

std::string CudaDriver::words_of(int result) const {
  const char* words = nullptr;
  if (calls_.error_text(result, &words) == 0 && words != nullptr) return words;
  return "error " + std::to_string(result);
}

std::string CudaDriver::cuda_version() const {
  int version = 0;
  if (calls_.driver_version == nullptr || calls_.driver_version(&version) != 0 || version == 0) return "";
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

std::string CudaDriver::driver_version() {
  // "NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.65.06  …": the first word of digits and points.
  std::ifstream file("/proc/driver/nvidia/version");
  for (std::string word; file >> word;)
    if (word.find('.') != std::string::npos && word.find_first_not_of("0123456789.") == std::string::npos)
      return word;
  return "";
}

void CudaDriver::use(int device) {
  int handle = 0;
  void* context = nullptr;
  expect(calls_.device_get(&handle, device), "cuDeviceGet");
  // Retained until the process ends.
  expect(calls_.context_retain(&context, handle), "cuDevicePrimaryCtxRetain");
  expect(calls_.context_set(context), "cuCtxSetCurrent");
}

std::int64_t CudaDriver::free_bytes() const {
  std::size_t free = 0, total = 0;
  expect(calls_.memory_info(&free, &total), "cuMemGetInfo");
  return static_cast<std::int64_t>(free);
}

CudaDriver::StreamTimer::StreamTimer(const CudaDriver& driver) : driver_(driver) {
  driver_.expect(driver_.calls_.event_create(&begin_, 0), "cuEventCreate");
  driver_.expect(driver_.calls_.event_create(&end_, 0), "cuEventCreate");
}

CudaDriver::StreamTimer::~StreamTimer() {
  for (void* event : {begin_, end_})
    if (event != nullptr) driver_.calls_.event_destroy(event);
}

void CudaDriver::StreamTimer::begin() {
  driver_.expect(driver_.calls_.event_record(begin_, nullptr), "cuEventRecord");
}

double CudaDriver::StreamTimer::end() {
  driver_.expect(driver_.calls_.event_record(end_, nullptr), "cuEventRecord");
  driver_.expect(driver_.calls_.event_wait(end_), "cuEventSynchronize");
  float milliseconds = 0;
  driver_.expect(driver_.calls_.event_elapsed(&milliseconds, begin_, end_), "cuEventElapsedTime");
  return static_cast<double>(milliseconds) / 1000;
}

CudaDriver::CacheFlush::CacheFlush(const CudaDriver& driver, std::int64_t bytes)
    : driver_(driver), bytes_(static_cast<std::size_t>(bytes)) {
  driver_.expect(driver_.calls_.memory_allocate(&memory_, bytes_), "cuMemAlloc");
}

CudaDriver::CacheFlush::~CacheFlush() {
  if (memory_ != 0) driver_.calls_.memory_free(memory_);
}

void CudaDriver::CacheFlush::flush() {
  driver_.expect(driver_.calls_.memory_set(memory_, 0, bytes_, nullptr), "cuMemsetD8Async");
}

}  // namespace modelgate
