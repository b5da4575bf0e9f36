#include <cmath>

#include "tests/gpu/workload.cuh"

namespace modelgate::gpu {
namespace {

constexpr std::size_t elements = std::size_t{128} << 20;
// 12 MiB of traffic: less than the half of a large device's L2 cache that is near to each of its processors.
constexpr std::size_t resident_elements = std::size_t{1} << 20;
constexpr unsigned threads = 256;
constexpr unsigned blocks_per_processor = 4;
constexpr int links = 60000;  // of each chain
constexpr float factor = 0.999f, summand = 0.001f;

constexpr std::size_t with_work(std::size_t usual) { return usual * MODELGATE_GPU_WORK_PERCENT / 100; }

__global__ void fill(float* to, float value, std::size_t count) {
  for (std::size_t i = blockIdx.x * std::size_t{blockDim.x} + threadIdx.x; i < count; i += std::size_t{gridDim.x} * blockDim.x)
    to[i] = value;
}

/// Goes over `count` elements of arrays that have `elements`, from their beginning again where there are more.
__global__ void add_tripled(const float4* a, const float4* b, float4* c, std::size_t size, std::size_t count) {
  for (std::size_t i = blockIdx.x * std::size_t{blockDim.x} + threadIdx.x; i < count; i += std::size_t{gridDim.x} * blockDim.x) {
    const std::size_t at = i < size ? i : i - size;
    const float4 x = a[at], y = b[at];
    c[at] = {x.x + 3 * y.x, x.y + 3 * y.y, x.z + 3 * y.z, x.w + 3 * y.w};
  }
}

__global__ void multiply_add(float* sums, int count) {
  // Four chains, so that no processor waits for the one before.
  float x = 1, y = 2, z = 3, w = 4;
  for (int i = 0; i < count; ++i) {
    x = fmaf(x, factor, summand);
    y = fmaf(y, factor, summand);
    z = fmaf(z, factor, summand);
    w = fmaf(w, factor, summand);
  }
  sums[blockIdx.x * blockDim.x + threadIdx.x] = x + y + z + w;
}

float* allocated(std::size_t count) {
  void* memory = nullptr;
  check(cudaMalloc(&memory, count * sizeof(float)), "allocating device memory");
  return static_cast<float*>(memory);
}

}  // namespace

std::string no_usable_gpu() {
  int count = 0;
  if (const cudaError_t result = cudaGetDeviceCount(&count); result != cudaSuccess) return cudaGetErrorString(result);
  if (count == 0) return "no CUDA device is visible";
  // A device that this program was not built for is noticed only when it computes.
  cudaFuncAttributes attributes{};
  if (const cudaError_t result = cudaFuncGetAttributes(&attributes, multiply_add); result != cudaSuccess)
    return cudaGetErrorString(result);
  return "";
}

Workload::Workload() {
  cudaDeviceProp device{};
  check(cudaGetDeviceProperties(&device, 0), "asking for the device's properties");
  blocks_ = static_cast<unsigned>(device.multiProcessorCount) * blocks_per_processor;
  flushed_bytes_ = 2 * static_cast<std::size_t>(device.l2CacheSize);
  a_ = allocated(elements);
  b_ = allocated(elements);
  c_ = allocated(elements);
  sums_ = allocated(std::size_t{blocks_} * threads);
  check(cudaMalloc(&flushed_, flushed_bytes_), "allocating device memory");
  fill<<<blocks_, threads>>>(a_, 1, elements);
  fill<<<blocks_, threads>>>(b_, 2, elements);
  check(cudaDeviceSynchronize(), "filling device memory");
}

Workload::~Workload() {
  for (void* memory : {static_cast<void*>(a_), static_cast<void*>(b_), static_cast<void*>(c_), static_cast<void*>(sums_), flushed_})
    cudaFree(memory);
}

void Workload::stream(cudaStream_t to) {
  constexpr std::size_t size = elements / 4;
  add_tripled<<<blocks_ * 2, threads, 0, to>>>(reinterpret_cast<float4*>(a_), reinterpret_cast<float4*>(b_),
                                               reinterpret_cast<float4*>(c_), size, with_work(size));
}

void Workload::resident(cudaStream_t to) {
  constexpr std::size_t size = resident_elements / 4;
  add_tripled<<<blocks_ * 2, threads, 0, to>>>(reinterpret_cast<float4*>(a_), reinterpret_cast<float4*>(b_),
                                               reinterpret_cast<float4*>(c_), size, with_work(size));
}

void Workload::compute(cudaStream_t to) {
  multiply_add<<<blocks_, threads, 0, to>>>(sums_, static_cast<int>(with_work(links)));
}

void Workload::flush(cudaStream_t to) { check(cudaMemsetAsync(flushed_, 0, flushed_bytes_, to), "flushing the L2 cache"); }

bool Workload::is_right() const {
  check(cudaDeviceSynchronize(), "running the kernels");
  float first = 0, last = 0, sum = 0;
  check(cudaMemcpy(&first, c_, sizeof first, cudaMemcpyDeviceToHost), "reading a result");
  check(cudaMemcpy(&last, c_ + elements - 1, sizeof last, cudaMemcpyDeviceToHost), "reading a result");
  check(cudaMemcpy(&sum, sums_ + std::size_t{blocks_} * threads - 1, sizeof sum, cudaMemcpyDeviceToHost), "reading a result");
  // Each chain comes to rest at summand / (1 - factor), which is 1.
  return first == 7 && last == 7 && std::fabs(sum - 4) < 0.01f;
}

}  // namespace modelgate::gpu
