// Without a GPU: on the driver of fake_cuda_driver.cpp.

#include <dlfcn.h>
#include <gmock/gmock.h>

#include <cstdlib>

#include "runners/torch/cuda_driver.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

class CudaDriverTest : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("MODELGATE_LIBCUDA", FAKE_CUDA_DRIVER, 1); }
  void TearDown() override {
    for (const char* name : {"MODELGATE_LIBCUDA", "FAKE_CUDA_FAILS", "FAKE_CUDA_DEVICES"}) ::unsetenv(name);
  }

  /// A function of the fake driver that a real one has not.
  template <typename Function>
  static Function* fake(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(::dlopen(FAKE_CUDA_DRIVER, RTLD_NOW | RTLD_LOCAL), name));
  }

  static std::string failure_of(const std::function<void()>& action) {
    try {
      action();
    } catch (const CudaFailure& failure) {
      return failure.what();
    }
    return "";
  }
};

TEST_F(CudaDriverTest, names_the_devices_as_nvidia_smi_does) {
  const CudaDriver driver;
  ASSERT_EQ(driver.unusable(), "");
  ASSERT_EQ(driver.gpus().size(), 2u);
  EXPECT_EQ(driver.gpus()[1].name, "Fake H200 1");
  EXPECT_EQ(driver.gpus()[0].uuid, "GPU-11111111-2222-3333-4444-555555555555");
  EXPECT_EQ(driver.gpus()[0].l2_bytes, 1 << 20);
  EXPECT_EQ(driver.cuda_version(), "13.0");
}

TEST_F(CudaDriverTest, times_what_the_stream_does_between_two_events_by_the_clock_of_the_device) {
  CudaDriver driver;
  driver.use(1);
  EXPECT_EQ(fake<int()>("fake_cuda_context")(), 1);
  CudaDriver::StreamTimer timer(driver);
  fake<void(double)>("fake_cuda_work")(100);  // before the call
  timer.begin();
  fake<void(double)>("fake_cuda_work")(2.5);
  EXPECT_FLOAT_EQ(static_cast<float>(timer.end()), 0.0025f);
  timer.begin();
  fake<void(double)>("fake_cuda_work")(0.25);
  EXPECT_FLOAT_EQ(static_cast<float>(timer.end()), 0.00025f);
}

TEST_F(CudaDriverTest, a_flush_takes_memory_writes_it_all_and_gives_it_back) {
  CudaDriver driver;
  driver.use(0);
  const std::int64_t free = driver.free_bytes();
  {
    CudaDriver::CacheFlush caches(driver, 2 << 20);
    EXPECT_EQ(driver.free_bytes(), free - (2 << 20));
    CudaDriver::StreamTimer timer(driver);
    timer.begin();
    caches.flush();
    EXPECT_FLOAT_EQ(static_cast<float>(timer.end()), 0.002f);
  }
  EXPECT_EQ(driver.free_bytes(), free);
}

TEST_F(CudaDriverTest, says_why_there_is_no_gpu_in_the_words_of_the_driver) {
  ::setenv("FAKE_CUDA_FAILS", "cuInit", 1);
  EXPECT_EQ(CudaDriver().unusable(), "cuInit: an illegal memory access was encountered");
  ::unsetenv("FAKE_CUDA_FAILS");
  ::setenv("FAKE_CUDA_DEVICES", "0", 1);
  EXPECT_THAT(CudaDriver().unusable(), HasSubstr("shows no device"));
  ::setenv("MODELGATE_LIBCUDA", "/no/such/libcuda.so.1", 1);
  EXPECT_THAT(CudaDriver().unusable(), HasSubstr("the CUDA driver cannot be loaded: /no/such/libcuda.so.1"));
}

TEST_F(CudaDriverTest, a_library_that_is_no_driver_is_told_from_one) {
  ::setenv("MODELGATE_LIBCUDA", "libdl.so.2", 1);
  EXPECT_EQ(CudaDriver().unusable(), "the CUDA driver has no cuInit");
}

TEST_F(CudaDriverTest, a_call_that_fails_is_a_failure_and_no_time) {
  CudaDriver driver;
  driver.use(0);
  CudaDriver::StreamTimer timer(driver);
  timer.begin();
  ::setenv("FAKE_CUDA_FAILS", "cuEventSynchronize", 1);
  EXPECT_EQ(failure_of([&] { timer.end(); }), "cuEventSynchronize: an illegal memory access was encountered");
  ::setenv("FAKE_CUDA_FAILS", "cuEventRecord", 1);
  EXPECT_THAT(failure_of([&] { timer.begin(); }), HasSubstr("cuEventRecord: "));
  ::setenv("FAKE_CUDA_FAILS", "cuMemAlloc", 1);
  EXPECT_THAT(failure_of([&] { CudaDriver::CacheFlush(driver, 10); }), HasSubstr("cuMemAlloc: "));
}

}  // namespace
}  // namespace modelgate
