// modelgate-run-exec --bench with an eye on a GPU.

#include <gmock/gmock.h>

#include <filesystem>

#include "runners/exec/exec.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/error.h"
#include "tests/runners/gpu/scripted_nvml.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

ExecOptions options_in(const ScriptedNvml& nvml) {
  fs::create_directories(nvml.folder() / "new");
  fs::create_symlink(TEST_PROGRAMS "/gpu_stand_in", nvml.folder() / "new" / "gpu_speeds");
  ExecOptions options;
  options.runner.candidate = nvml.folder() / "new";
  options.runner.output = nvml.folder() / "out";
  options.runner.environment = {"MODELGATE_FAKE_NVML=" + (nvml.folder() / "script.json").string()};
  options.command = {"{subject}/gpu_speeds", "--benchmark_min_time=0.001"};
  options.bench.mode = "cold";
  options.bench.sampling.pairs = 2;
  options.bench.sampling.keep_disturbed = true;  // beside other tests, processors are shared
  options.bench.gpu.gpu = "auto";
  return options;
}

TEST(exec_on_gpu, records_the_device_and_its_memory_beside_the_times_of_a_command) {
  const ScriptedNvml nvml(one_gpu(
      R"({"sm_clock": 345, "reasons": 1}, {"sm_clock": 1980, "reasons": 0,
          "processes": [{"who": "child", "memory": 8000, "share": 90}]})"));
  nvml.turn_to(0);
  EXPECT_EQ(run_exec(options_in(nvml)), ExitCode::pass);
  const Measurements measured = read_measurements(nvml.folder() / "out" / "candidate.json");
  EXPECT_THAT(measured.environment, Contains(Pair("gpu", "NVIDIA H200")));
  EXPECT_THAT(measured.notes, Contains(HasSubstr("SM clock 1,980 MHz")));
  std::size_t found = 0;
  for (const Series& one : measured.series) {
    const auto* samples = std::get_if<SampleSeries>(&one);
    if (samples == nullptr || samples->quantity != "peak_device_memory") continue;
    EXPECT_EQ(samples->name, "command");
    for (const ProcessSamples& process : samples->processes) {
      EXPECT_EQ(process.values, std::vector<double>{8000});
      ++found;
    }
  }
  EXPECT_EQ(found, 2U);
}

TEST(exec_on_gpu, watches_nothing_where_answers_are_asked_for) {
  const ScriptedNvml nvml(one_gpu("{}"));
  ExecOptions options = options_in(nvml);
  options.bench.mode = "";
  options.bench.sampling.pairs = 0;
  options.input = "rows.jsonl";
  try {
    run_exec(options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_EQ(error.where(), "--gpu");
  }
}

}  // namespace
}  // namespace modelgate
