// Kernels timed by events on their stream, as a Google Benchmark program: what modelgate-run-bench measures on a GPU.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <exception>
#include <memory>

#include "tests/gpu/workload.cuh"

namespace {

using namespace modelgate::gpu;

std::unique_ptr<Workload> workload;

/// Every call is timed alone, after five that are not, and with an L2 cache that holds nothing of it. The flush is
/// what the stream does while the start, the kernel and the end are being asked for, so that no time of asking is in it.
void timed_cold(benchmark::State& state, Kernel kernel) {
  cudaEvent_t start{}, end{};
  check(cudaEventCreate(&start), "making an event");
  check(cudaEventCreate(&end), "making an event");
  for (int i = 0; i < 5; ++i) (*workload.*kernel)(nullptr);
  check(cudaDeviceSynchronize(), "warming up");
  for (auto _ : state) {
    workload->flush(nullptr);
    check(cudaEventRecord(start), "recording an event");
    (*workload.*kernel)(nullptr);
    check(cudaEventRecord(end), "recording an event");
    check(cudaEventSynchronize(end), "waiting for the kernel");
    float milliseconds = 0;
    check(cudaEventElapsedTime(&milliseconds, start, end), "reading the time");
    state.SetIterationTime(milliseconds / 1e3);
#if MODELGATE_GPU_LEAK_BYTES > 0
    void* lost = nullptr;
    (void)cudaMalloc(&lost, MODELGATE_GPU_LEAK_BYTES);
#endif
  }
  cudaEventDestroy(start);
  cudaEventDestroy(end);
}

}  // namespace

int main(int argc, char** argv) try {
  if (const std::string reason = no_usable_gpu(); !reason.empty()) {
    std::fprintf(stderr, "no usable GPU: %s\n", reason.c_str());
    return 4;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  workload = std::make_unique<Workload>();
  workload->stream(nullptr);
  workload->compute(nullptr);
  if (!workload->is_right()) throw std::runtime_error("the kernels computed wrong numbers");
  benchmark::RegisterBenchmark("stream/cold", timed_cold, &Workload::stream)->UseManualTime()->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("compute/cold", timed_cold, &Workload::compute)->UseManualTime()->Unit(benchmark::kMicrosecond);
  benchmark::RunSpecifiedBenchmarks();
  workload.reset();
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "error: %s\n", error.what());
  return 4;
}
