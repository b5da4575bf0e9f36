// modelgate-run-bench with an eye on a GPU: a stand-in for a program that computes there, and the fake NVML.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "runners/bench/bench.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/error.h"
#include "tests/runners/gpu/scripted_nvml.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

// 0 idle, 1 at work, 2 with more memory, 3 at a lower clock, 4 too hot, 5 lost.
const std::string states = R"(
    {"sm_clock": 345, "reasons": 1, "power": 76000, "temperature": 35},
    {"sm_clock": 1980, "reasons": 0, "power": 512000, "temperature": 61,
     "processes": [{"who": "child", "memory": 8000, "share": 90}]},
    {"processes": [{"who": "child", "memory": 8000000, "share": 90}]},
    {"sm_clock": 1410, "processes": [{"who": "child", "memory": 8000, "share": 90}]},
    {"sm_clock": 1980, "reasons": 64},
    {"lost": true})";

class BenchOnGpu : public testing::Test {
 protected:
  BenchOnGpu() : nvml_(one_gpu(states)) {
    nvml_.turn_to(0);
    for (const char* name : {"old", "new"}) {
      fs::create_directories(nvml_.folder() / name);
      fs::create_symlink(TEST_PROGRAMS "/gpu_stand_in", nvml_.folder() / name / "gpu_speeds");
    }
    options_.runner.candidate = nvml_.folder() / "new";
    options_.runner.baseline = nvml_.folder() / "old";
    options_.runner.output = nvml_.folder() / "out";
    options_.runner.environment = {"MODELGATE_FAKE_NVML=" + (nvml_.folder() / "script.json").string()};
    options_.program = "{subject}/gpu_speeds";
    options_.sampling.pairs = 4;
    options_.min_time_seconds = 0.001;
    options_.seed = 7;
    options_.gpu.gpu = uuid_of_one_gpu;
  }

  /// The states of the processes of a side, in their order; the first is that of the rehearsal.
  void plan(const std::string& side, const std::string& lines) {
    std::ofstream(nvml_.folder() / side / "states") << lines;
  }

  ExitCode run() {
    const ExitCode code = run_bench(options_);
    candidate_ = read_measurements(nvml_.folder() / "out" / "candidate.json");
    return code;
  }

  const SampleSeries* series(const std::string& quantity) const {
    for (const Series& one : candidate_.series)
      if (const auto* samples = std::get_if<SampleSeries>(&one); samples->quantity == quantity)
        return samples;
    return nullptr;
  }

  std::string discarded_for(const std::string& code) const {
    std::string all;
    for (const Discarded& one : candidate_.discarded)
      if (one.code == code) all += one.sentence + "\n";
    return all;
  }

  ScriptedNvml nvml_;
  BenchOptions options_;
  Measurements candidate_;
};

TEST_F(BenchOnGpu, records_the_device_its_memory_and_what_it_was_like) {
  options_.sampling.keep_disturbed = true;  // beside other tests, processors are shared
  EXPECT_EQ(run(), ExitCode::pass);
  EXPECT_THAT(candidate_.environment,
              AllOf(Contains(Pair("gpu", "NVIDIA H200")), Contains(Pair("driver", "580.65.06"))));
  ASSERT_NE(series("peak_device_memory"), nullptr);
  EXPECT_EQ(series("peak_device_memory")->name, "program");
  ASSERT_EQ(series("peak_device_memory")->processes.size(), 4U);
  for (const ProcessSamples& process : series("peak_device_memory")->processes)
    EXPECT_EQ(process.values, std::vector<double>{8000});
  EXPECT_THAT(candidate_.notes, Contains(HasSubstr("SM clock 1,980 MHz, 61 °C, up to 512 W, no throttling")));
}

TEST_F(BenchOnGpu, takes_pairs_again_in_which_the_clock_fell_or_the_device_was_too_hot) {
  options_.sampling.pairs = 6;
  plan("new", "1\n1\n1\n1\n3\n3\n1\n");
  plan("old", "1\n1\n4\n");
  run();
  EXPECT_THAT(discarded_for("gpu_clock_fell"),
              HasSubstr("the process of the candidate: the SM clock was 1,410 MHz"));
  EXPECT_THAT(discarded_for("gpu_throttled"),
              HasSubstr("the process of the baseline: the hardware lowered the clock"));
  // If only the GPU disturbed, all pairs are there all the same.
  if (candidate_.problems.empty()) {
    EXPECT_EQ(series("peak_device_memory")->processes.size(), 6U);
  }
}

TEST_F(BenchOnGpu, is_unfit_where_the_device_is_throttled_all_the_time_unless_that_is_declared) {
  std::string hot;
  for (int i = 0; i < 40; ++i) hot += "4\n";
  plan("new", hot);
  EXPECT_EQ(run(), ExitCode::error);
  EXPECT_THAT(candidate_.problems, Contains(Field(&Problem::code, "machine_unfit")));
  plan("new", hot);
  options_.gpu.allow = {"hw_thermal_slowdown"};
  run();
  EXPECT_THAT(discarded_for("gpu_throttled"), IsEmpty());
}

TEST_F(BenchOnGpu, a_device_that_is_lost_ends_in_an_error) {
  std::string lost;
  for (int i = 0; i < 40; ++i) lost += i < 2 ? "1\n" : "5\n";
  plan("new", lost);
  EXPECT_EQ(run(), ExitCode::error);
  EXPECT_THAT(candidate_.problems, Contains(Field(&Problem::code, "machine_unfit")));
  EXPECT_THAT(discarded_for("gpu_lost"), HasSubstr("the GPU answers no more: GPU is lost"));
}

TEST_F(BenchOnGpu, a_gpu_that_is_not_there_is_said_before_an_earlier_measurement_is_removed) {
  fs::create_directories(nvml_.folder() / "out");
  std::ofstream(nvml_.folder() / "out" / "candidate.json") << "kept";
  options_.gpu.gpu = "GPU-0";
  EXPECT_THROW(run_bench(options_), Error);
  EXPECT_TRUE(fs::exists(nvml_.folder() / "out" / "candidate.json"));
}

}  // namespace
}  // namespace modelgate
