#include "runners/gpu/gpu_watch.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runners/gpu/gpu_options.h"
#include "schemas/tool/error.h"
#include "tests/runners/gpu/scripted_nvml.h"

namespace modelgate {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

// As a script sees it: 0 idle, 1 at work for us, 2 at a lower clock, 3 too hot, 4 with a stranger at work, 5
// after an ECC error, 6 lost.
const std::string states = R"(
    {"sm_clock": 345, "reasons": 1, "utilization": 0, "power": 76000, "temperature": 35, "memory": 0},
    {"sm_clock": 1980, "reasons": 0, "utilization": 100, "power": 512000, "temperature": 61, "memory": 9000,
     "processes": [{"who": "self", "memory": 8000, "share": 90}]},
    {"sm_clock": 1410},
    {"sm_clock": 1980, "reasons": 32, "temperature": 91},
    {"reasons": 0, "temperature": 61, "processes": [{"who": "self", "memory": 8000, "share": 60}, {"who": "1", "memory": 5000, "share": 40}]},
    {"processes": [{"who": "self", "memory": 8000, "share": 90}], "ecc": 1},
    {"lost": true})";

std::vector<Disturbance> turn(const ScriptedNvml& nvml, GpuWatch& watch, std::size_t state) {
  nvml.turn_to(0);
  watch.begin_turn(0);
  nvml.turn_to(state);
  return watch.end_turn({});
}

auto code(const std::string& expected) { return Field(&Disturbance::code, expected); }

TEST(gpu_watch, leaves_steady_turns_alone_and_tells_what_it_saw) {
  const ScriptedNvml nvml(one_gpu(states));
  GpuWatch watch("auto", 50, {});
  for (int i = 0; i < 4; ++i) EXPECT_THAT(turn(nvml, watch, 1), IsEmpty());
  ASSERT_TRUE(watch.device_memory());
  EXPECT_EQ(watch.device_memory()->bytes, 8000);
  EXPECT_THAT(watch.notes(),
              Contains("GPU NVIDIA H200 (" + uuid_of_one_gpu +
                       "): SM clock 1,980 MHz, 61 °C, up to 512 W, no throttling, no foreign process"));
  EXPECT_THAT(watch.environment(), testing::UnorderedElementsAre(testing::Pair("gpu", "NVIDIA H200"),
                                                                 testing::Pair("gpu_uuid", uuid_of_one_gpu),
                                                                 testing::Pair("driver", "580.65.06")));
}

TEST(gpu_watch, sees_the_clock_fall_heat_and_ecc_errors) {
  const ScriptedNvml nvml(one_gpu(states));
  GpuWatch watch(uuid_of_one_gpu, 50, {});
  for (int i = 0; i < 3; ++i) EXPECT_THAT(turn(nvml, watch, 1), IsEmpty());
  EXPECT_THAT(turn(nvml, watch, 2), ElementsAre(code("gpu_clock_fell")));
  EXPECT_THAT(turn(nvml, watch, 3), ElementsAre(code("gpu_throttled")));
  EXPECT_THAT(turn(nvml, watch, 5), ElementsAre(code("gpu_ecc_error")));
  EXPECT_THAT(watch.notes(),
              Contains(HasSubstr(
                  "SM clock 1,410–1,980 MHz, 61–91 °C, up to 512 W, throttled by "
                  "sw_thermal_slowdown, no foreign process; disturbed of 6 turns: 1 by gpu_clock_fell, 1 by "
                  "gpu_ecc_error, 1 by gpu_throttled")));
}

TEST(gpu_watch, sees_a_stranger_compute) {
  const ScriptedNvml nvml(one_gpu(states));
  nvml.turn_to(4);
  // Who is there before us is foreign, also where the numbers of processes are the host's.
  GpuWatch watch("auto", 50, {});
  EXPECT_THAT(turn(nvml, watch, 1), IsEmpty());
  const std::vector<Disturbance> disturbances = turn(nvml, watch, 4);
  ASSERT_THAT(disturbances, ElementsAre(code("gpu_shared")));
  EXPECT_EQ(disturbances[0].sentence, "another process computed on the GPU: 1 (40 %)");
  EXPECT_EQ(watch.device_memory()->bytes, 8000);
  EXPECT_THAT(watch.notes(), Contains(HasSubstr("1 foreign process")));
}

TEST(gpu_watch, a_device_that_is_lost_in_the_middle_disturbs_every_turn_from_then_on) {
  const ScriptedNvml nvml(one_gpu(states));
  GpuWatch watch("auto", 50, {});
  EXPECT_THAT(turn(nvml, watch, 1), IsEmpty());
  EXPECT_THAT(turn(nvml, watch, 6), ElementsAre(code("gpu_lost")));
  nvml.turn_to(6);
  watch.begin_turn(0);
  EXPECT_THAT(watch.end_turn({}), ElementsAre(code("gpu_lost")));
}

TEST(gpu_watch, says_when_nothing_computed_on_the_device) {
  const ScriptedNvml nvml(one_gpu(states));
  GpuWatch watch("auto", 50, {});
  EXPECT_THAT(turn(nvml, watch, 0), IsEmpty());
  EXPECT_FALSE(watch.device_memory());
  EXPECT_THAT(watch.notes(), ElementsAre(HasSubstr("no process was seen to compute on it")));
}

TEST(gpu_watch, an_old_driver_is_watched_as_far_as_it_tells_and_the_notes_say_how_far) {
  const ScriptedNvml nvml(one_gpu(states), "fake_nvml_old");
  GpuWatch watch("auto", 50, {});
  EXPECT_THAT(turn(nvml, watch, 3), ElementsAre(code("gpu_throttled")));
  EXPECT_THAT(watch.notes(), Contains(HasSubstr("the driver does not tell which process computes")));
}

TEST(gpu_options, choose_the_watch_that_the_runner_thinks_fit_unless_the_person_says_otherwise) {
  const ScriptedNvml nvml(one_gpu(states));
  GpuOptions options;
  EXPECT_EQ(options.watch("none"), nullptr);
  EXPECT_NE(options.watch("auto"), nullptr);
  options.gpu = "none";
  EXPECT_EQ(options.watch("auto"), nullptr);
  options.gpu = "0";
  EXPECT_NE(options.watch("none"), nullptr);
  options.gpu = "GPU-2";
  EXPECT_THROW((void)options.watch("none"), Error);
}

TEST(gpu_options, a_gpu_that_cannot_be_had_is_an_error) {
  const ScriptedNvml nvml(R"({"init": 9})");
  GpuOptions options;
  EXPECT_EQ(options.watch("none"), nullptr);
  EXPECT_THROW((void)options.watch("auto"), Error);
}

TEST(gpu_options, refuse_shares_and_reasons_that_make_no_sense) {
  for (const char* share : {"5", "0%", "100%", "nan%", "-1%", "", "%"}) {
    GpuOptions options;
    options.clock_fall = share;
    EXPECT_THROW((void)options.watch("none"), Error) << share;
  }
  GpuOptions options;
  options.allow = {"cold"};
  EXPECT_THROW((void)options.watch("none"), Error);
}

TEST(gpu_options, show_programs_the_watched_device_alone_but_never_against_the_persons_word) {
  const ScriptedNvml nvml(one_gpu(states));
  GpuOptions options;
  options.gpu = "auto";
  const auto watch = options.watch("none");
  std::map<std::string, std::string> nothing, own = {{"CUDA_VISIBLE_DEVICES", "7"}};
  show_only(watch.get(), nothing);
  show_only(watch.get(), own);
  EXPECT_EQ(nothing.at("CUDA_VISIBLE_DEVICES"), uuid_of_one_gpu);
  EXPECT_EQ(own.at("CUDA_VISIBLE_DEVICES"), "7");
}

}  // namespace
}  // namespace modelgate
