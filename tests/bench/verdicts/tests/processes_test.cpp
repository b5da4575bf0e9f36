#include "tests/bench/verdicts/processes.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modelgate {
namespace {

TEST(Processes, measured_in_parts_give_what_they_give_at_once) {
  for (const NoiseModel& model : noise_models(0.02, 5)) {
    Processes at_once(model, 3, 40, 11, 12), in_parts(model, 3, 40, 11, 12);
    std::vector<double> whole(40), parts(40);
    for (std::size_t benchmark = 0; benchmark < 3; ++benchmark) {
      at_once.measure(benchmark, whole);
      in_parts.measure(benchmark, std::span(parts).first(10));
      in_parts.measure(2 - benchmark, std::span<double>());
      in_parts.measure(benchmark, std::span(parts).subspan(10));
      EXPECT_EQ(whole, parts) << model.name;
    }
  }
}

TEST(Processes, give_differences_that_are_candidate_less_baseline) {
  const NoiseModel model = noise_models(0.02, 5).front();
  Processes one(model, 2, 20, 3, 4), other(model, 2, 20, 3, 4);
  std::vector<double> differences(20), baseline(20), candidate(20);
  one.measure(1, differences);
  other.measure(1, baseline, candidate);
  for (std::size_t i = 0; i < 20; ++i) EXPECT_DOUBLE_EQ(differences[i], candidate[i] - baseline[i]);
}

TEST(Processes, share_their_luck_among_all_benchmarks) {
  NoiseModel model = noise_models(0.02, 5).front();
  model.own_weight = 0;
  Processes processes(model, 2, 10, 3, 4);
  std::vector<double> first(10), second(10);
  processes.measure(0, first);
  processes.measure(1, second);
  EXPECT_EQ(first, second);
  EXPECT_NE(first[0], 0);
}

// A machine that warms up must not make the candidate look worse: the order of each pair is drawn.
TEST(Processes, favour_neither_side_whatever_the_noise) {
  for (const NoiseModel& model : noise_models(0.02, 5)) {
    int positive = 0, all = 0;
    for (std::uint64_t run = 0; run < 500; ++run) {
      Processes processes(model, 1, 10, 21, run);
      std::vector<double> differences(10);
      processes.measure(0, differences);
      for (const double difference : differences) positive += difference > 0, ++all;
    }
    EXPECT_NEAR(positive, all / 2, 5 * std::sqrt(all) / 2) << model.name;
  }
}

/// 0, 1, 2, …: tells in which order the processes ran.
class Clock : public NoiseSource {
 public:
  void extend(NoisePath& path, std::span<double> values) const override {
    for (double& value : values) value = static_cast<double>(path.position++);
  }
};

TEST(Processes, run_each_pair_in_an_order_that_no_other_pair_foretells) {
  const auto clock = std::make_shared<Clock>();
  const NoiseModel model{"clock", "", clock, clock, 1, 0};
  constexpr int runs = 4000;
  int first = 0, like_the_next = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    Processes processes(model, 1, 4, 51, run);
    std::vector<double> differences(4);
    processes.measure(0, differences);
    for (const double difference : differences) EXPECT_EQ(std::abs(difference), 1);
    first += differences[0] < 0;
    like_the_next += differences[0] == differences[1];
  }
  // Five standard deviations of a fair coin.
  EXPECT_NEAR(first, runs / 2, 158);
  EXPECT_NEAR(like_the_next, runs / 2, 158);
}

}  // namespace
}  // namespace modelgate
