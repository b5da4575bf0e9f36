// The same kernels, timed the way nvbench times what it calls cold: L2 flushed, the stream held back by a kernel that
// waits until start, kernel and end are all asked for, each call alone. Prints medians in seconds as JSON.

#include <algorithm>
#include <cstdio>
#include <exception>
#include <vector>

#include "tests/gpu/workload.cuh"

namespace {

using namespace modelgate::gpu;

constexpr int calls = 300, warm_up = 10;
// Of the device's clock: some seconds. Whoever waits longer has been forgotten.
constexpr long long most_waiting = 1LL << 33;

__global__ void wait_for(volatile int* go) {
  const long long begin = clock64();
  while (*go == 0 && clock64() - begin < most_waiting) {
  }
}

double median_seconds(Workload& workload, Kernel kernel, bool cold) {
  cudaStream_t stream{};
  cudaEvent_t start{}, end{};
  int *go = nullptr, *go_on_device = nullptr;
  check(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking), "making a stream");
  check(cudaEventCreate(&start), "making an event");
  check(cudaEventCreate(&end), "making an event");
  check(cudaHostAlloc(&go, sizeof *go, cudaHostAllocMapped), "allocating memory of the host");
  check(cudaHostGetDevicePointer(&go_on_device, go, 0), "showing the host's memory to the device");
  std::vector<double> seconds;
  for (int i = 0; i < warm_up + calls; ++i) {
    // During warm-up nothing waits: a kernel is loaded by its first call, which must not wait for a held stream.
    *go = i < warm_up ? 1 : 0;
    if (cold) workload.flush(stream);
    check(cudaStreamSynchronize(stream), "flushing");
    wait_for<<<1, 1, 0, stream>>>(go_on_device);
    check(cudaEventRecord(start, stream), "recording an event");
    (workload.*kernel)(stream);
    check(cudaEventRecord(end, stream), "recording an event");
    *reinterpret_cast<volatile int*>(go) = 1;
    check(cudaEventSynchronize(end), "waiting for the kernel");
    float milliseconds = 0;
    check(cudaEventElapsedTime(&milliseconds, start, end), "reading the time");
    if (i >= warm_up) seconds.push_back(milliseconds / 1e3);
  }
  cudaFreeHost(go);
  cudaEventDestroy(start);
  cudaEventDestroy(end);
  cudaStreamDestroy(stream);
  std::sort(seconds.begin(), seconds.end());
  return (seconds[calls / 2 - 1] + seconds[calls / 2]) / 2;
}

}  // namespace

int main() try {
  if (const std::string reason = no_usable_gpu(); !reason.empty()) {
    std::fprintf(stderr, "no usable GPU: %s\n", reason.c_str());
    return 4;
  }
  Workload workload;
  const double stream = median_seconds(workload, &Workload::stream, true);
  const double compute = median_seconds(workload, &Workload::compute, true);
  if (!workload.is_right()) throw std::runtime_error("the kernels computed wrong numbers");
  std::printf("{\"stream/cold\": %.9g, \"compute/cold\": %.9g, \"resident/cold\": %.9g, \"resident/warm\": %.9g}\n", stream,
              compute, median_seconds(workload, &Workload::resident, true),
              median_seconds(workload, &Workload::resident, false));
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "error: %s\n", error.what());
  return 4;
}
