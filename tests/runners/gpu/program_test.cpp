#include <gmock/gmock.h>

#include <fstream>

#include "runners/process/process.h"
#include "schemas/documents/node.h"
#include "tests/runners/gpu/scripted_nvml.h"

namespace modelgate {
namespace {

using testing::HasSubstr;

const std::string two_gpus = R"({"driver": "580.65.06", "devices": [
    {"uuid": "GPU-aaaaaaaa-0000", "name": "NVIDIA H200", "total": 150754820096,
     "states": [{"sm_clock": 345, "reasons": 1, "power": 76543, "temperature": 35, "memory": 1048576}]},
    {"uuid": "GPU-bbbbbbbb-0000", "name": "NVIDIA H200", "total": 150754820096, "parts": [
      {"uuid": "MIG-cccccccc-0000", "name": "NVIDIA H200 MIG 1g.18gb", "total": 18253611008, "states": [{"memory": 0}]}]}]})";

ProcessOutcome run(const std::vector<std::string>& arguments) {
  ProcessSpec spec;
  spec.argv = {std::string(MODELGATE_BIN_DIR) + "/modelgate-run-gpu"};
  spec.argv.insert(spec.argv.end(), arguments.begin(), arguments.end());
  for (const char* name : {"MODELGATE_NVML", "MODELGATE_FAKE_NVML"})
    if (const char* value = std::getenv(name)) spec.environment[name] = value;
  return run_process(spec);
}

TEST(modelgate_run_gpu, lists_every_device_and_its_parts) {
  const ScriptedNvml nvml(two_gpus);
  const ProcessOutcome outcome = run({"list"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
  EXPECT_EQ(
      outcome.out.text,
      "driver 580.65.06, CUDA up to 13.0\n"
      "index  uuid               name                     memory              SM clock   temperature  power  "
      "processes  clock reasons\n"
      "0      GPU-aaaaaaaa-0000  NVIDIA H200              1 MiB of 140.4 GiB  345 MHz    35 °C        77 W   "
      "0          idle\n"
      "1      GPU-bbbbbbbb-0000  NVIDIA H200              0 MiB of 140.4 GiB  1,980 MHz  61 °C        512 W  "
      "0          -\n"
      "1:0    MIG-cccccccc-0000  NVIDIA H200 MIG 1g.18gb  0 MiB of 17.0 GiB   1,980 MHz  61 °C        512 W  "
      "0          -\n");
}

TEST(modelgate_run_gpu, lists_them_as_json) {
  const ScriptedNvml nvml(two_gpus);
  const ProcessOutcome outcome = run({"list", "--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err.text;
  Fields fields(parse_json(outcome.out.text, "list"));
  EXPECT_EQ(fields.text("driver"), "580.65.06");
  const std::vector<Node> devices = fields.required("devices").items();
  ASSERT_EQ(devices.size(), 3U);
  Fields part(devices[2]);
  EXPECT_EQ(part.text("part_of"), "GPU-bbbbbbbb-0000");
  EXPECT_EQ(part.required("memory_bytes").integer(), 18253611008);
}

TEST(modelgate_run_gpu, records_samples_beside_a_command_which_sees_the_chosen_device_alone) {
  const ScriptedNvml nvml(one_gpu(
      R"({"processes": [{"who": "self", "memory": 4096, "share": 80}, {"who": "1", "memory": 1, "share": 0}]})"));
  const std::string file = nvml.folder() / "gpu.jsonl";
  const ProcessOutcome outcome =
      run({"watch", "--output", file, "--", "sh", "-c", "echo \"seen: $CUDA_VISIBLE_DEVICES\""});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err.text;
  EXPECT_EQ(outcome.out.text, "seen: " + uuid_of_one_gpu + "\n");
  EXPECT_THAT(outcome.err.text,
              HasSubstr("GPU NVIDIA H200 (" + uuid_of_one_gpu + "): SM clock 1,980 MHz, 61 °C"));
  std::ifstream lines(file);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    Fields sample(parse_json(line, file));
    EXPECT_EQ(sample.required("sm_clock_mhz").number(), 1980);
    EXPECT_GT(sample.required("time").number(), 1.7e9);
  }
  EXPECT_GE(count, 2U);
}

TEST(modelgate_run_gpu, a_command_that_fails_is_an_error_and_its_samples_are_kept) {
  const ScriptedNvml nvml(one_gpu("{}"));
  const std::string file = nvml.folder() / "gpu.jsonl";
  const ProcessOutcome outcome = run({"watch", "--output", file, "--", "sh", "-c", "exit 7"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err.text, HasSubstr("error: sh: exited with code 7"));
  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(modelgate_run_gpu, says_what_disturbed_the_command) {
  const ScriptedNvml nvml(
      one_gpu(R"({"reasons": 64, "processes": [{"who": "self", "memory": 4096, "share": 80}]})"));
  const ProcessOutcome outcome = run({"watch", "--output", nvml.folder() / "gpu.jsonl", "--", "true"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err.text,
              HasSubstr("gpu_throttled: the hardware lowered the clock to half or less because of the "
                        "temperature (hw_thermal_slowdown), in 100 % of what was seen of it"));
}

TEST(modelgate_run_gpu, a_wrong_uuid_is_a_usage_error_before_the_command_starts) {
  const ScriptedNvml nvml(two_gpus);
  const ProcessOutcome outcome = run({"watch", "--gpu", "GPU-aaaaaaaa-000O", "--output", nvml.folder() / "x",
                                      "--", "touch", nvml.folder() / "y"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err.text, HasSubstr("Did you mean 'GPU-aaaaaaaa-0000'?"));
  EXPECT_FALSE(std::filesystem::exists(nvml.folder() / "y"));
  EXPECT_FALSE(std::filesystem::exists(nvml.folder() / "x"));
}

TEST(modelgate_run_gpu, without_a_driver_every_call_says_why_and_is_exit_4) {
  const ScriptedNvml nvml(R"({"init": 18})");
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"list"},
                                                    {"list", "--json"},
                                                    {"watch", "--output", "gpu.jsonl", "--", "true"}}) {
    const ProcessOutcome outcome = run(arguments);
    EXPECT_EQ(outcome.exit_code, 4);
    EXPECT_EQ(outcome.out.text, "");
    EXPECT_THAT(outcome.err.text, HasSubstr("error: no usable GPU: Driver/library version mismatch"));
  }
}

}  // namespace
}  // namespace modelgate
