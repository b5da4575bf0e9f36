// A CUDA driver without a GPU, loaded in place of libcuda.so.1: two devices whose clock moves only when a
// test says that work was done. FAKE_CUDA_FAILS names a call that fails, FAKE_CUDA_DEVICES says how many
// there are.

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

double device_clock_ms = 0;
int current_context = -1;
std::size_t allocated = 0;

int result_of(const char* call) {
  const char* failing = std::getenv("FAKE_CUDA_FAILS");
  return failing != nullptr && std::strcmp(failing, call) == 0 ? 700 : 0;
}

/// The device that CUDA_VISIBLE_DEVICES names by its UUID, or -1 for all.
int visible() {
  const char* text = std::getenv("CUDA_VISIBLE_DEVICES");
  if (text == nullptr) return -1;
  return std::strncmp(text, "GPU-11", 6) == 0 ? 0 : std::strncmp(text, "GPU-b0", 6) == 0 ? 1 : -1;
}

int devices() {
  const char* text = std::getenv("FAKE_CUDA_DEVICES");
  return visible() != -1 ? 1 : text == nullptr ? 2 : std::atoi(text);
}

struct Event {
  double at_ms = 0;
};

}  // namespace

extern "C" {

/// The device computes for so many milliseconds.
void fake_cuda_work(double milliseconds) { device_clock_ms += milliseconds; }
int fake_cuda_context() { return current_context; }
std::size_t fake_cuda_allocated() { return allocated; }

int cuInit(unsigned) { return result_of("cuInit"); }
int cuGetErrorString(int code, const char** words) {
  *words = code == 700 ? "an illegal memory access was encountered" : nullptr;
  return code == 700 ? 0 : 1;
}
int cuDriverGetVersion(int* version) { return *version = 13000, 0; }
int cuDeviceGetCount(int* count) { return *count = devices(), result_of("cuDeviceGetCount"); }
int cuDeviceGet(int* device, int number) { return *device = visible() == -1 ? number : visible(), 0; }
int cuDeviceGetName(char* name, int size, int device) {
  const std::string text = "Fake H200 " + std::to_string(device);
  std::strncpy(name, text.c_str(), static_cast<std::size_t>(size));
  return 0;
}
int cuDeviceGetUuid_v2(unsigned char* uuid, int device) {
  // The first is the GPU that the tests' NVML shows, too.
  const unsigned char first[16] = {0x11, 0x11, 0x11, 0x11, 0x22, 0x22, 0x33, 0x33,
                                   0x44, 0x44, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55};
  for (int i = 0; i < 16; ++i) uuid[i] = device == 0 ? first[i] : static_cast<unsigned char>(0xb0 + i);
  return 0;
}
int cuDeviceGetAttribute(int* value, int attribute, int) {
  return *value = attribute == 38 ? 1 << 20 : -1, 0;
}
int cuDevicePrimaryCtxRetain(void** context, int device) {
  *context = reinterpret_cast<void*>(static_cast<std::size_t>(device) + 1);
  return 0;
}
int cuCtxSetCurrent(void* context) {
  current_context = static_cast<int>(reinterpret_cast<std::size_t>(context)) - 1;
  return 0;
}
int cuMemGetInfo_v2(std::size_t* free, std::size_t* total) {
  *total = std::size_t{1} << 30;
  *free = *total - allocated;
  return 0;
}
int cuMemAlloc_v2(unsigned long long* memory, std::size_t bytes) {
  if (result_of("cuMemAlloc") != 0) return 700;
  *memory = 0x1000;
  allocated += bytes;
  return 0;
}
int cuMemFree_v2(unsigned long long) { return allocated = 0, 0; }
int cuMemsetD8Async(unsigned long long, unsigned char, std::size_t bytes, void* stream) {
  if (stream != nullptr) return 700;
  device_clock_ms += static_cast<double>(bytes) / (1 << 20);  // a MiB in a millisecond
  return 0;
}
int cuEventCreate(void** event, unsigned) { return *event = new Event, 0; }
int cuEventDestroy_v2(void* event) { return delete static_cast<Event*>(event), 0; }
int cuEventRecord(void* event, void* stream) {
  if (stream != nullptr) return 700;
  static_cast<Event*>(event)->at_ms = device_clock_ms;
  return result_of("cuEventRecord");
}
int cuEventSynchronize(void*) { return result_of("cuEventSynchronize"); }
int cuEventElapsedTime(float* milliseconds, void* begin, void* end) {
  *milliseconds = static_cast<float>(static_cast<Event*>(end)->at_ms - static_cast<Event*>(begin)->at_ms);
  return 0;
}

}  // extern "C"
