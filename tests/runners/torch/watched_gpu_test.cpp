// Which GPU workers see and who watches it, on a CUDA driver and an NVML without a GPU.

#include "runners/torch/watched_gpu.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/runners/gpu/scripted_nvml.h"
#include "tests/runners/torch/folder_of_test.h"

namespace modelgate {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WatchedGpuTest : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("MODELGATE_LIBCUDA", FAKE_CUDA_DRIVER, 1); }
  void TearDown() override { ::unsetenv("MODELGATE_LIBCUDA"); }

  std::unique_ptr<GpuWatch> watch(const std::string& device) {
    options_.device = device;
    return watched_gpu(options_, "unused.json", notes_);
  }

  TorchOptions options_;
  std::vector<std::string> notes_;
  const std::string visible_ = "CUDA_VISIBLE_DEVICES=" + uuid_of_one_gpu;
};

TEST_F(WatchedGpuTest, is_none_on_the_processor) {
  EXPECT_EQ(watch("cpu"), nullptr);
  EXPECT_THAT(notes_, IsEmpty());
  EXPECT_EQ(options_.device, "cpu");
  EXPECT_THAT(options_.runner.environment, IsEmpty());
}

TEST_F(WatchedGpuTest, is_the_one_that_the_device_names_and_that_workers_alone_see) {
  const ScriptedNvml nvml(one_gpu(R"({"memory": 0})"));
  for (const std::string device : {"cuda", "cuda:0", "cuda:GPU-1111"}) {
    options_ = {};
    const auto watched = watch(device);
    ASSERT_NE(watched, nullptr) << device;
    EXPECT_EQ(watched->device().uuid, uuid_of_one_gpu);
    EXPECT_EQ(options_.device, "cuda");
    EXPECT_THAT(options_.runner.environment, ElementsAre(visible_));
  }
  EXPECT_THAT(notes_, IsEmpty());
}

TEST_F(WatchedGpuTest, that_nvml_does_not_show_is_measured_without_a_watch_which_is_noted) {
  const ScriptedNvml nvml(one_gpu(R"({"memory": 0})"));
  EXPECT_EQ(watch("cuda:1"), nullptr);
  EXPECT_THAT(notes_,
              ElementsAre(HasSubstr("the GPU was not watched while speed was measured: there is no GPU")));
  EXPECT_THAT(options_.runner.environment, ElementsAre(HasSubstr("CUDA_VISIBLE_DEVICES=GPU-b0b1b2b3")));
}

TEST_F(WatchedGpuTest, that_is_not_there_is_left_to_the_workers_to_explain) {
  EXPECT_EQ(watch("cuda:7"), nullptr);
  EXPECT_EQ(options_.device, "cuda:7");
  ::setenv("MODELGATE_LIBCUDA", "/no/such/driver", 1);
  EXPECT_EQ(watch("cuda"), nullptr);
  EXPECT_EQ(options_.device, "cuda");
  EXPECT_THAT(options_.runner.environment, IsEmpty());
}

TEST_F(WatchedGpuTest, is_not_watched_where_nobody_is_to_or_the_person_says_what_workers_see) {
  const ScriptedNvml nvml(one_gpu(R"({"memory": 0})"));
  options_.gpu.gpu = "none";
  EXPECT_EQ(watch("cuda"), nullptr);
  EXPECT_THAT(options_.runner.environment, ElementsAre(visible_));
  options_ = {};
  options_.runner.environment = {"CUDA_VISIBLE_DEVICES=3"};
  EXPECT_EQ(watch("cuda"), nullptr);
  EXPECT_THAT(options_.runner.environment, ElementsAre("CUDA_VISIBLE_DEVICES=3"));
  EXPECT_THAT(notes_, Contains(HasSubstr("the environment of workers says CUDA_VISIBLE_DEVICES")));
}

TEST_F(WatchedGpuTest, may_be_named_as_for_any_runner_but_not_twice) {
  const ScriptedNvml nvml(one_gpu(R"({"memory": 0})"));
  options_.gpu.gpu = "GPU-1111";
  const auto watched = watch("cpu");
  ASSERT_NE(watched, nullptr);
  EXPECT_EQ(options_.device, "cuda");
  EXPECT_THAT(options_.runner.environment, ElementsAre(visible_));
  EXPECT_THAT(refusal([&] { watch("cuda:0"); }), HasSubstr("--gpu: names a GPU, and so does --device"));
  options_.gpu = {"", "half", {}};
  EXPECT_THAT(refusal([&] { watch("cpu"); }), HasSubstr("--gpu-clock-fall"));
}

}  // namespace
}  // namespace modelgate
