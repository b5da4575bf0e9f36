#include <gmock/gmock.h>
#include <stdlib.h>

#include "runners/gpu/nvml.h"
#include "schemas/tool/error.h"
#include "tests/runners/gpu/scripted_nvml.h"

namespace modelgate {
namespace {

using testing::HasSubstr;

const std::vector<GpuDevice> two = {{"GPU-aaaaaaaa-0000", "NVIDIA H200", "0", "", 1, nullptr, nullptr},
                                    {"GPU-aaaabbbb-0000", "NVIDIA L4", "1", "", 1, nullptr, nullptr}};

std::string refusal(const std::vector<GpuDevice>& devices, const std::string& asked) {
  try {
    chosen_gpu(devices, asked);
  } catch (const Error& error) {
    return std::string(error.kind() == ErrorKind::usage ? "usage: " : "infrastructure: ") + error.what();
  }
  return "";
}

TEST(chosen_gpu, is_found_by_uuid_by_its_beginning_and_by_index) {
  EXPECT_EQ(chosen_gpu(two, "GPU-aaaabbbb-0000").index, "1");
  EXPECT_EQ(chosen_gpu(two, "GPU-aaaabb").index, "1");
  EXPECT_EQ(chosen_gpu(two, "1").uuid, "GPU-aaaabbbb-0000");
}

/// As long as it lives, the variable has this value.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~Variable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

TEST(chosen_gpu, auto_is_the_first_that_cuda_is_to_see_and_else_the_first) {
  ::unsetenv("CUDA_VISIBLE_DEVICES");
  EXPECT_EQ(chosen_gpu(two, "auto").index, "0");
  const Variable visible("CUDA_VISIBLE_DEVICES", "GPU-aaaabbbb-0000,GPU-aaaaaaaa-0000");
  EXPECT_EQ(chosen_gpu(two, "auto").index, "1");
}

TEST(chosen_gpu, auto_never_takes_a_device_that_is_hidden_from_us) {
  {
    const Variable none("CUDA_VISIBLE_DEVICES", "");
    EXPECT_THAT(refusal(two, "auto"),
                HasSubstr("infrastructure: no usable GPU: CUDA_VISIBLE_DEVICES= hides them all"));
    EXPECT_EQ(chosen_gpu(two, "1").index, "1");  // who names one, means it
  }
  const Variable none("CUDA_VISIBLE_DEVICES", "-1");
  EXPECT_THAT(refusal(two, "auto"), HasSubstr("hides them all"));
}

TEST(chosen_gpu, a_number_that_cuda_is_to_see_is_ours_only_where_both_count_alike) {
  const Variable visible("CUDA_VISIBLE_DEVICES", "1");
  EXPECT_THAT(refusal(two, "auto"),
              HasSubstr("usage: --gpu: which GPU CUDA_VISIBLE_DEVICES=1 means cannot be told"));
  {
    const Variable order("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    EXPECT_EQ(chosen_gpu(two, "auto").index, "1");
  }
  std::vector<GpuDevice> alike = two;
  alike[1].name = alike[0].name;
  EXPECT_EQ(chosen_gpu(alike, "auto").index, "1");
}

TEST(chosen_gpu, a_wrong_uuid_is_refused_with_the_nearest_and_all_that_there_are) {
  const std::string words = refusal(two, "GPU-aaaabbbb-000O");
  EXPECT_THAT(words, HasSubstr("usage: --gpu: there is no GPU 'GPU-aaaabbbb-000O'"));
  EXPECT_THAT(words, HasSubstr("Did you mean 'GPU-aaaabbbb-0000'?"));
  EXPECT_THAT(words, HasSubstr("GPU-aaaaaaaa-0000 (0, NVIDIA H200)"));
}

TEST(chosen_gpu, the_beginning_of_several_is_refused) {
  EXPECT_THAT(refusal(two, "GPU-aaaa"), HasSubstr("is the beginning of several GPUs"));
}

TEST(chosen_gpu, of_one_that_is_split_only_a_part_can_be_chosen) {
  const ScriptedNvml nvml(R"({"devices": [{"uuid": "GPU-whole", "name": "NVIDIA H200", "parts": [
      {"uuid": "MIG-part-a", "name": "NVIDIA H200 MIG 1g.18gb", "total": 18000000000},
      {"uuid": "MIG-part-b", "name": "NVIDIA H200 MIG 1g.18gb", "total": 18000000000}]}]})");
  const Nvml library;
  const std::vector<GpuDevice> devices = library.devices();
  ASSERT_EQ(devices.size(), 3U);
  EXPECT_EQ(devices[2].index, "0:1");
  EXPECT_EQ(devices[2].whole, "GPU-whole");
  EXPECT_EQ(chosen_gpu(devices, "MIG-part-b").index, "0:1");
  EXPECT_EQ(chosen_gpu(devices, "auto").uuid, "MIG-part-a");
  EXPECT_THAT(refusal(devices, "GPU-whole"), HasSubstr("is split; nothing computes on the whole of it"));
}

}  // namespace
}  // namespace modelgate
