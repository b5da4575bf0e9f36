#include "runners/gpu/turn_judge.h"

#include <gmock/gmock.h>

#include "runners/gpu/clock_reasons.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t ours = 100, foreign = 200, unknown = 300;

Kin kin(std::int64_t pid) { return pid == ours ? Kin::ours : pid == foreign ? Kin::foreign : Kin::unknown; }

GpuSample at(double seconds, double clock, std::uint64_t reasons = 0) {
  GpuSample sample;
  sample.seconds = seconds;
  sample.sm_clock_mhz = clock;
  sample.clock_reasons = reasons;
  sample.processes = {{ours, 1 << 20}};
  sample.activity = {{ours, 0.9}};
  return sample;
}

/// A turn of two seconds of work at this clock, between idle moments.
std::vector<GpuSample> turn(double clock) {
  std::vector<GpuSample> samples = {at(0, 345, clock_reason_idle)};
  for (int i = 1; i <= 40; ++i) samples.push_back(at(0.05 * i, clock));
  samples.push_back(at(2.05, 345, clock_reason_idle));
  return samples;
}

auto code(const std::string& expected) { return Field(&GpuFinding::code, expected); }

/// One that knows what is usual.
TurnJudge experienced(const GpuLimits& limits = {}) {
  TurnJudge judge(limits);
  for (int i = 0; i < 3; ++i) EXPECT_THAT(judge.judge(turn(1980), kin), IsEmpty());
  return judge;
}

TEST(turn_judge, lets_a_steady_clock_pass_with_idle_clocks_around_it) {
  TurnJudge judge = experienced();
  EXPECT_THAT(judge.judge(turn(1980), kin), IsEmpty());
  EXPECT_EQ(judge.usual_clock(), 1980);
}

TEST(turn_judge, knows_no_usual_clock_before_the_third_turn) {
  TurnJudge judge(GpuLimits{});
  EXPECT_THAT(judge.judge(turn(1980), kin), IsEmpty());
  EXPECT_FALSE(judge.usual_clock());
  EXPECT_THAT(judge.judge(turn(1410), kin), IsEmpty());
}

TEST(turn_judge, discards_a_turn_at_a_lower_clock_and_says_both) {
  TurnJudge judge = experienced();
  EXPECT_THAT(judge.judge(turn(1410), kin),
              ElementsAre(GpuFinding{
                  "gpu_clock_fell",
                  "the SM clock was 1,410 MHz in 100 % of the turn, and 1,980 MHz in the turns before"}));
}

TEST(turn_judge, a_clock_within_the_limit_passes_and_a_declared_limit_is_kept) {
  EXPECT_THAT(experienced().judge(turn(1890), kin), IsEmpty());
  EXPECT_THAT(experienced({0.02, 0.1, 0}).judge(turn(1890), kin), ElementsAre(code("gpu_clock_fell")));
}

TEST(turn_judge, a_fall_in_a_fifth_of_the_turn_counts_and_a_single_dip_does_not) {
  std::vector<GpuSample> fifth = turn(1980), dip = turn(1980);
  for (int i = 20; i < 28; ++i) fifth[static_cast<std::size_t>(i)].sm_clock_mhz = 1200;
  dip[20].sm_clock_mhz = 1200;
  EXPECT_THAT(experienced().judge(fifth, kin), ElementsAre(code("gpu_clock_fell")));
  EXPECT_THAT(experienced().judge(dip, kin), IsEmpty());
}

TEST(turn_judge, a_part_of_the_program_whose_clock_is_always_lower_is_usual_and_its_fall_is_found) {
  // A third of each turn computes at 1,700 MHz, give or take a sample.
  const auto phased = [](int low_samples, double low) {
    std::vector<GpuSample> samples = turn(1980);
    for (int i = 1; i <= low_samples; ++i) samples[static_cast<std::size_t>(i + 5)].sm_clock_mhz = low;
    return samples;
  };
  TurnJudge judge(GpuLimits{});
  for (const int count : {13, 14, 12, 14, 13, 12})
    EXPECT_THAT(judge.judge(phased(count, 1700), kin), IsEmpty()) << count;
  EXPECT_THAT(judge.judge(phased(13, 1400), kin),
              ElementsAre(GpuFinding{"gpu_clock_fell",
                                     "the SM clock was 1,400 MHz in 30 % of the turn, and 1,700 MHz in "
                                     "the turns before"}));
  EXPECT_THAT(judge.judge(phased(30, 1700), kin), ElementsAre(code("gpu_clock_fell")));
}

TEST(turn_judge, each_side_has_a_usual_clock_of_its_own) {
  TurnJudge judge(GpuLimits{});
  for (int i = 0; i < 5; ++i) {
    EXPECT_THAT(judge.judge(turn(1980), kin, 0), IsEmpty());
    EXPECT_THAT(judge.judge(turn(1755), kin, 1), IsEmpty());
  }
  EXPECT_EQ(judge.usual_clock(0), 1980);
  EXPECT_EQ(judge.usual_clock(1), 1755);
  EXPECT_THAT(judge.judge(turn(1755), kin, 0), ElementsAre(code("gpu_clock_fell")));
}

TEST(turn_judge, the_rise_from_idle_at_the_beginning_is_no_fall_but_only_for_half_a_second) {
  std::vector<GpuSample> rising = turn(1980), sleepy = turn(1980);
  for (int i = 1; i < 9; ++i) rising[static_cast<std::size_t>(i)].sm_clock_mhz = 345 + 150 * i;
  for (int i = 1; i < 25; ++i) sleepy[static_cast<std::size_t>(i)].sm_clock_mhz = 345;
  EXPECT_THAT(experienced().judge(rising, kin), IsEmpty());
  EXPECT_THAT(experienced().judge(sleepy, kin), ElementsAre(code("gpu_clock_fell")));
}

TEST(turn_judge, a_short_turn_that_never_reached_the_usual_clock_is_discarded) {
  const std::vector<GpuSample> brief = {at(0, 600), at(0.1, 700), at(0.2, 800)};
  EXPECT_THAT(experienced().judge(brief, kin), ElementsAre(code("gpu_clock_fell")));
}

TEST(turn_judge, a_discarded_turn_does_not_become_the_usual_one) {
  TurnJudge judge = experienced();
  for (int i = 0; i < 10; ++i) EXPECT_THAT(judge.judge(turn(1410), kin), ElementsAre(code("gpu_clock_fell")));
  EXPECT_EQ(judge.usual_clock(), 1980);
}

TEST(turn_judge, every_reason_that_slows_discards_and_the_others_do_not) {
  for (const ClockReason& reason : known_clock_reasons()) {
    std::vector<GpuSample> samples = turn(1980);
    samples[20].clock_reasons = reason.bit;
    TurnJudge judge(GpuLimits{});
    const auto findings = judge.judge(samples, kin);
    if (reason.slows) {
      ASSERT_THAT(findings, ElementsAre(code("gpu_throttled"))) << reason.name;
      EXPECT_THAT(findings[0].sentence, HasSubstr("(" + reason.name + ")"));
    } else {
      EXPECT_THAT(findings, IsEmpty()) << reason.name;
    }
  }
}

TEST(turn_judge, a_reason_that_is_allowed_discards_nothing_alone) {
  std::vector<GpuSample> samples = turn(1980);
  samples[20].clock_reasons = 0x4;
  GpuLimits limits;
  limits.allowed_reasons = slowing_clock_reason("sw_power_cap");
  EXPECT_THAT(TurnJudge(limits).judge(samples, kin), IsEmpty());
  samples[21].clock_reasons = 0x4 | 0x20;
  EXPECT_THAT(TurnJudge(limits).judge(samples, kin), ElementsAre(code("gpu_throttled")));
}

TEST(turn_judge, throttling_while_nothing_of_ours_is_there_is_nobodys_business) {
  std::vector<GpuSample> samples = turn(1980);
  samples.front().clock_reasons = 0x20;
  samples.front().processes = {{foreign, 1}};
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge(samples, kin), IsEmpty());
}

TEST(turn_judge, where_no_process_is_shown_at_all_that_the_device_is_used_must_do) {
  const auto hidden = [](double clock, double utilization) {
    std::vector<GpuSample> samples = turn(clock);
    for (GpuSample& sample : samples) {
      sample.processes = std::vector<GpuProcess>{};
      sample.utilization = utilization;
    }
    return samples;
  };
  TurnJudge judge(GpuLimits{});
  for (int i = 0; i < 3; ++i) EXPECT_THAT(judge.judge(hidden(1980, 0.9), kin), IsEmpty());
  EXPECT_THAT(judge.judge(hidden(1410, 0.9), kin), ElementsAre(code("gpu_clock_fell")));
  EXPECT_THAT(judge.judge(hidden(1410, 0), kin), IsEmpty());
}

TEST(turn_judge, a_foreign_process_that_computes_discards_and_one_that_only_holds_memory_does_not) {
  std::vector<GpuSample> samples = turn(1980);
  for (GpuSample& sample : samples) sample.processes->push_back({foreign, 5 << 20});
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge(samples, kin), IsEmpty());
  samples[7].activity->push_back({foreign, 0.31});
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge(samples, kin),
              ElementsAre(GpuFinding{"gpu_shared", "another process computed on the GPU: 200 (31 %)"}));
}

TEST(turn_judge, a_process_that_cannot_be_told_is_not_called_foreign) {
  std::vector<GpuSample> samples = turn(1980);
  samples[7].activity->push_back({unknown, 0.31});
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge(samples, kin), IsEmpty());
}

TEST(turn_judge, where_the_driver_tells_no_activity_coming_going_and_taking_memory_count) {
  std::vector<GpuSample> still = turn(1980);
  for (GpuSample& sample : still) {
    sample.activity.reset();
    sample.processes->push_back({foreign, 5 << 20});
  }
  std::vector<GpuSample> grows = still, goes = still;
  grows[9].processes->back().memory_bytes = 6 << 20;
  goes[9].processes->pop_back();
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge(still, kin), IsEmpty());
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge(grows, kin), ElementsAre(code("gpu_shared")));
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge(goes, kin), ElementsAre(code("gpu_shared")));
}

TEST(turn_judge, an_ecc_error_in_the_turn_discards_and_older_ones_do_not) {
  std::vector<GpuSample> samples = turn(1980);
  for (GpuSample& sample : samples) sample.ecc_errors = 7;
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge(samples, kin), IsEmpty());
  samples.back().ecc_errors = 8;
  EXPECT_THAT(
      TurnJudge(GpuLimits{}).judge(samples, kin),
      ElementsAre(GpuFinding{"gpu_ecc_error", "the GPU's memory had 1 error that could not be corrected"}));
}

TEST(turn_judge, a_device_that_is_lost_is_all_that_is_said) {
  std::vector<GpuSample> samples = turn(1980);
  samples[5].lost = "GPU is lost";
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge(samples, kin),
              ElementsAre(GpuFinding{"gpu_lost", "the GPU answers no more: GPU is lost"}));
}

TEST(turn_judge, a_driver_that_tells_nothing_disturbs_nothing) {
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge({GpuSample{}, GpuSample{}}, kin), IsEmpty());
  EXPECT_THAT(TurnJudge(GpuLimits{}).judge({}, kin), IsEmpty());
}

TEST(peak_memory, is_the_most_that_our_processes_had_at_once) {
  std::vector<GpuSample> samples = turn(1980);
  samples[3].processes = {{ours, 7 << 20}, {ours, 1 << 20}, {foreign, 90 << 20}};
  const auto peak = peak_memory(samples, kin);
  ASSERT_TRUE(peak);
  EXPECT_EQ(peak->bytes, 8 << 20);
  EXPECT_TRUE(peak->by_process);
}

TEST(peak_memory, is_what_was_in_use_beyond_the_first_where_it_is_not_told_by_process) {
  std::vector<GpuSample> samples = turn(1980);
  for (GpuSample& sample : samples) {
    sample.processes = {{ours, std::nullopt}};
    sample.memory_used_bytes = 100;
  }
  EXPECT_FALSE(peak_memory(samples, kin));
  samples[3].memory_used_bytes = 350;
  ASSERT_TRUE(peak_memory(samples, kin));
  EXPECT_EQ(peak_memory(samples, kin)->bytes, 250);
  EXPECT_FALSE(peak_memory(samples, kin)->by_process);
}

TEST(clock_reasons, are_named_and_what_is_not_documented_is_shown_as_it_is) {
  EXPECT_THAT(names_of_clock_reasons(0x1 | 0x4 | 0x400), ElementsAre("idle", "sw_power_cap", "0x400"));
  EXPECT_EQ(slowing_clock_reason("hw_slowdown"), 0x8U);
  EXPECT_THROW(slowing_clock_reason("idle"), Error);
  try {
    slowing_clock_reason("sw_powercap");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.hint(), HasSubstr("sw_power_cap"));
  }
}

}  // namespace
}  // namespace modelgate
