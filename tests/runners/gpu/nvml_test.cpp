#include "runners/gpu/nvml.h"

#include <gmock/gmock.h>
#include <stdlib.h>
#include <unistd.h>

#include "runners/gpu/gpu_sample.h"
#include "schemas/tool/error.h"
#include "tests/runners/gpu/scripted_nvml.h"

namespace modelgate {
namespace {

using testing::HasSubstr;

std::string refusal() {
  try {
    const Nvml library;
    (void)library.devices();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::infrastructure);
    return error.message();
  }
  return "";
}

TEST(nvml, a_machine_without_the_library_has_no_usable_gpu_and_the_loader_says_why) {
  ::setenv("MODELGATE_NVML", "/nowhere/libnvidia-ml.so.1", 1);
  EXPECT_THAT(refusal(),
              HasSubstr("no usable GPU: /nowhere/libnvidia-ml.so.1: cannot open shared object file"));
  ::unsetenv("MODELGATE_NVML");
}

TEST(nvml, a_library_that_lacks_what_is_needed_is_named_with_what_it_lacks) {
  const ScriptedNvml nvml(one_gpu("{}"), "fake_nvml_broken");
  EXPECT_THAT(refusal(), HasSubstr("fake_nvml_broken.so has no nvmlDeviceGetHandleByIndex_v2"));
}

TEST(nvml, a_driver_that_is_not_loaded_says_so_itself) {
  const ScriptedNvml nvml(R"({"init": 9})");
  EXPECT_EQ(refusal(), "no usable GPU: Driver Not Loaded");
}

TEST(nvml, a_driver_without_devices_is_no_usable_gpu) {
  const ScriptedNvml nvml(R"({"devices": []})");
  EXPECT_EQ(refusal(), "no usable GPU: the driver is loaded, and shows no device");
}

TEST(nvml, tells_the_driver_cuda_and_the_device) {
  const ScriptedNvml nvml(one_gpu("{}"));
  const Nvml library;
  EXPECT_EQ(library.driver_version(), "580.65.06");
  EXPECT_EQ(library.cuda_version(), "13.0");
  const std::vector<GpuDevice> devices = library.devices();
  ASSERT_EQ(devices.size(), 1U);
  EXPECT_EQ(devices[0].uuid, uuid_of_one_gpu);
  EXPECT_EQ(devices[0].name, "NVIDIA H200");
  EXPECT_EQ(devices[0].index, "0");
  EXPECT_EQ(devices[0].memory_bytes, 150754820096);
}

/// As one sample reads it.
GpuSample sample_of(const std::string& state, const std::string& library_name = "fake_nvml") {
  const ScriptedNvml nvml(one_gpu(state), library_name);
  const Nvml library;
  return GpuReader(library, library.devices().front()).read();
}

TEST(gpu_reader, reads_everything_that_the_driver_tells) {
  const GpuSample sample = sample_of(
      R"({"sm_clock": 1755, "memory_clock": 3201, "power": 512345, "temperature": 61, "utilization": 97, "reasons": 4,
          "ecc": 2, "memory": 4096, "processes": [{"who": "self", "memory": 1024, "share": 50}]})");
  EXPECT_EQ(sample.sm_clock_mhz, 1755);
  EXPECT_EQ(sample.memory_clock_mhz, 3201);
  EXPECT_DOUBLE_EQ(*sample.power_watts, 512.345);
  EXPECT_EQ(sample.temperature_celsius, 61);
  EXPECT_DOUBLE_EQ(*sample.utilization, 0.97);
  EXPECT_EQ(sample.clock_reasons, 4U);
  EXPECT_EQ(sample.ecc_errors, 2);
  EXPECT_EQ(sample.memory_used_bytes, 4096);
  ASSERT_TRUE(sample.processes && sample.processes->size() == 1);
  EXPECT_EQ(sample.processes->front().pid, ::getpid());
  EXPECT_EQ(sample.processes->front().memory_bytes, 1024);
  ASSERT_TRUE(sample.activity && sample.activity->size() == 1);
  EXPECT_DOUBLE_EQ(sample.activity->front().share, 0.5);
  EXPECT_EQ(sample.lost, "");
}

TEST(gpu_reader, an_old_driver_tells_the_same_by_its_older_calls_but_for_who_computes) {
  const GpuSample sample = sample_of(
      R"({"temperature": 61, "reasons": 8, "memory": 4096, "processes": [{"who": "self", "memory": 1024, "share": 50}]})",
      "fake_nvml_old");
  EXPECT_EQ(sample.temperature_celsius, 61);
  EXPECT_EQ(sample.clock_reasons, 8U);
  EXPECT_EQ(sample.memory_used_bytes, 4096 + (1 << 20));  // with what the driver keeps
  ASSERT_TRUE(sample.processes && sample.processes->size() == 1);
  EXPECT_EQ(sample.processes->front().memory_bytes, 1024);
  EXPECT_FALSE(sample.activity);
}

TEST(gpu_reader, what_the_device_cannot_tell_is_absent_and_not_zero) {
  const GpuSample sample = sample_of(
      R"({"sm_clock": -1, "power": -1, "ecc": -1, "utilization": -1, "reasons": -1, "tells_activity": false,
          "processes": [{"who": "self", "memory": -1}]})");
  EXPECT_FALSE(sample.sm_clock_mhz || sample.power_watts || sample.ecc_errors || sample.utilization ||
               sample.clock_reasons || sample.activity);
  ASSERT_TRUE(sample.processes && sample.processes->size() == 1);
  EXPECT_FALSE(sample.processes->front().memory_bytes);
}

TEST(gpu_reader, more_processes_than_there_is_room_for_are_all_read) {
  std::string processes;
  for (int pid = 1; pid <= 300; ++pid)
    processes +=
        (pid == 1 ? "" : ",") + std::string(R"({"who": ")") + std::to_string(pid) + R"(", "share": 1})";
  const GpuSample sample = sample_of(R"({"processes": [)" + processes + "]}");
  EXPECT_EQ(sample.processes->size(), 300U);
  EXPECT_EQ(sample.activity->size(), 300U);
}

TEST(gpu_reader, reads_the_clocks_alone_and_keeps_the_rest_as_it_was) {
  const ScriptedNvml nvml(one_gpu(
      R"({"sm_clock": 1980, "temperature": 61, "processes": [{"who": "self", "memory": 1024, "share": 50}]},
         {"sm_clock": 1410, "reasons": 4, "temperature": 90})"));
  const Nvml library;
  GpuReader reader(library, library.devices().front());
  (void)reader.read();
  const GpuSample sample = reader.read(Extent::clocks);
  EXPECT_EQ(sample.sm_clock_mhz, 1410);
  EXPECT_EQ(sample.clock_reasons, 4U);
  EXPECT_EQ(sample.temperature_celsius, 61);
  EXPECT_EQ(sample.processes->size(), 1U);
  EXPECT_TRUE(sample.activity && sample.activity->empty());
}

TEST(gpu_reader, a_device_that_is_lost_is_told_by_its_reason) {
  EXPECT_EQ(sample_of(R"({"lost": true})").lost, "GPU is lost");
}

}  // namespace
}  // namespace modelgate
