#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace modelgate {

/// A GPU as the driver shows it to this process.
struct Gpu {
  std::string name;  ///< "NVIDIA H200"
  std::string uuid;  ///< "GPU-8f1c…", as nvidia-smi writes it.
  std::int64_t l2_bytes = 0;
};

/// A call of the CUDA driver failed. The words are its own.
class CudaFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The CUDA driver, libcuda.so.1, loaded when it is asked for: nothing of CUDA is needed to build this or to
/// start it. MODELGATE_LIBCUDA names another file. Device numbers are those of the CUDA runtime, too: both
/// see what CUDA_VISIBLE_DEVICES leaves, in the same order.
class CudaDriver {
 public:
  CudaDriver();

  /// Why there is no GPU to be used, in the driver's words; empty if there is one.
  const std::string& unusable() const { return unusable_; }
  const std::vector<Gpu>& gpus() const { return gpus_; }
  /// The newest CUDA that the driver runs, "13.0", and its own version, "580.65.06"; empty if not known.
  std::string cuda_version() const;
  static std::string driver_version();

  /// Makes the device's primary context, which the CUDA runtime and so LibTorch use, current in this thread.
  void use(int device);
  /// Free memory of the device in use.
  std::int64_t free_bytes() const;

  /// Times the work that is given to the legacy default stream between begin() and end(). Of the device in
  /// use.
  class StreamTimer {
   public:
    explicit StreamTimer(const CudaDriver& driver);
    ~StreamTimer();
    StreamTimer(const StreamTimer&) = delete;
    StreamTimer& operator=(const StreamTimer&) = delete;

    void begin();
    /// Waits until the work is done. Seconds on the device's own clock, with a resolution of about 0.5 µs.
    double end();

   private:
    const CudaDriver& driver_;
    void* begin_ = nullptr;
    void* end_ = nullptr;
  };

  /// Memory of the device in use that is written to push everything else out of its L2 cache.
  class CacheFlush {
   public:
    CacheFlush(const CudaDriver& driver, std::int64_t bytes);
    ~CacheFlush();
    CacheFlush(const CacheFlush&) = delete;
    CacheFlush& operator=(const CacheFlush&) = delete;
    /// On the legacy default stream, before whatever is given to it later.
    void flush();

   private:
    const CudaDriver& driver_;
    unsigned long long memory_ = 0;
    std::size_t bytes_ = 0;
  };

 private:
  struct Calls {
    int (*init)(unsigned) = nullptr;
    int (*error_text)(int, const char**) = nullptr;
    int (*driver_version)(int*) = nullptr;
    int (*device_count)(int*) = nullptr;
    int (*device_get)(int*, int) = nullptr;
    int (*device_name)(char*, int, int) = nullptr;
    int (*device_uuid)(unsigned char*, int) = nullptr;
    int (*device_attribute)(int*, int, int) = nullptr;
    int (*context_retain)(void**, int) = nullptr;
    int (*context_set)(void*) = nullptr;
    int (*memory_info)(std::size_t*, std::size_t*) = nullptr;
    int (*memory_allocate)(unsigned long long*, std::size_t) = nullptr;
    int (*memory_free)(unsigned long long) = nullptr;
    int (*memory_set)(unsigned long long, unsigned char, std::size_t, void*) = nullptr;
    int (*event_create)(void**, unsigned) = nullptr;
    int (*event_destroy)(void*) = nullptr;
    int (*event_record)(void*, void*) = nullptr;
    int (*event_wait)(void*) = nullptr;
    int (*event_elapsed)(float*, void*, void*) = nullptr;
  };

  void load();
  void find_gpus();
  /// Throws a CudaFailure with the driver's words unless `result` is 0.
  void expect(int result, const char* call) const;
  std::string words_of(int result) const;

  Calls calls_;
  std::string unusable_;
  std::vector<Gpu> gpus_;
};

}  // namespace modelgate
