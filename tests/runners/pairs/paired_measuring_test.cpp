// The loop over pairs, with processes and watches that say what the test wants: what disturbs a real process
// cannot be called up at will.

#include "runners/pairs/paired_measuring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace modelgate {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Two subjects whose processes measure the number of their turn.
class PairedMeasuringTest : public ::testing::Test {
 protected:
  PairedMeasuringTest() {
    documents_[0].subject.role = Role::candidate;
    documents_[1].subject.role = Role::baseline;
    settings_.stretch = {0, 6, 0};
    for (std::size_t i = 0; i < 2; ++i)
      sides_.push_back({[this, i] { return process(i, true); },
                        [this, i](std::size_t padding_bytes) {
                          paddings_.insert(padding_bytes);
                          return process(i, false);
                        },
                        &documents_[i]});
  }

  virtual ProcessRun process(std::size_t side, bool is_rehearsal) {
    (is_rehearsal ? rehearsed_ : order_).push_back(side);
    ProcessRun run;
    run.wall_seconds = 1;
    run.results.series.push_back(SampleSeries{
        "add", "real_time", "s", Better::lower, false, {{0, 0, {static_cast<double>(order_.size())}}}});
    return run;
  }

  const SampleSeries& series(std::size_t side) const {
    return std::get<SampleSeries>(documents_[side].series.at(0));
  }

  Measurements documents_[2];
  std::vector<PairedSide> sides_;
  PairedSettings settings_;
  std::vector<std::size_t> rehearsed_, order_;
  std::set<std::size_t> paddings_;
};

/// Sees a disturbance in the turns that the test names, counted from 1.
class ScriptedWatch : public TurnWatch {
 public:
  explicit ScriptedWatch(std::set<int> disturbed) : disturbed_(std::move(disturbed)) {}
  void begin_turn(std::size_t) override { ++turn_; }
  std::vector<Disturbance> end_turn(const ProcessRun&) override {
    if (!disturbed_.contains(turn_) && !disturbed_.contains(0)) return {};
    return {{"processor_shared", "turn " + std::to_string(turn_)}};
  }
  std::vector<std::string> notes() const override {
    return {"the watch saw " + std::to_string(turn_) + " turns"};
  }

 private:
  std::set<int> disturbed_;
  int turn_ = 0;
};

TEST_F(PairedMeasuringTest, runs_both_of_a_pair_next_to_each_other_after_a_rehearsal_of_each) {
  measure_pairs(settings_, sides_);
  EXPECT_EQ(rehearsed_, (std::vector<std::size_t>{0, 1}));
  ASSERT_EQ(order_.size(), 12u);
  for (std::size_t i = 0; i < order_.size(); i += 2) EXPECT_NE(order_[i], order_[i + 1]);
  for (std::size_t side = 0; side < 2; ++side) {
    ASSERT_EQ(series(side).processes.size(), 6u);
    EXPECT_TRUE(series(side).interleaved);
    for (std::size_t pair = 0; pair < 6; ++pair) {
      const ProcessSamples& process = series(side).processes[pair];
      EXPECT_EQ(process.pair, static_cast<std::int64_t>(pair));
      // The turn that the process measured, counted from 1.
      EXPECT_EQ(static_cast<double>(process.position + 1), process.values.at(0));
      EXPECT_EQ(order_[static_cast<std::size_t>(process.position)], side);
    }
  }
  EXPECT_GT(paddings_.size(), 9u);
}

TEST_F(PairedMeasuringTest, a_disturbed_pair_is_discarded_and_measured_again) {
  ScriptedWatch watch({2, 5});
  settings_.watches = {&watch};
  measure_pairs(settings_, sides_);
  // Turns 1 and 2 are a pair whose second was disturbed, 3 and 4 the same pair again, and 5 the first of the
  // next, whose second is not worth running.
  EXPECT_EQ(order_.size(), 15u);
  for (const Measurements& document : documents_) {
    EXPECT_THAT(document.problems, IsEmpty());
    ASSERT_EQ(document.discarded.size(), 2u);
    EXPECT_EQ(document.discarded[0].pair, 0);
    EXPECT_EQ(document.discarded[1].pair, 1);
    EXPECT_EQ(document.discarded[0].code, "processor_shared");
    EXPECT_THAT(document.discarded[0].sentence, HasSubstr(": turn 2"));
    EXPECT_THAT(document.notes, Contains(HasSubstr("the watch saw 15 turns")));
  }
  for (std::size_t side = 0; side < 2; ++side) {
    ASSERT_EQ(series(side).processes.size(), 6u);
    for (const ProcessSamples& process : series(side).processes)
      for (const double disturbed : {1.0, 2.0, 5.0}) EXPECT_NE(process.values.at(0), disturbed);
  }
}

TEST_F(PairedMeasuringTest, a_machine_that_is_always_disturbed_is_unfit_and_not_waited_for_without_end) {
  ScriptedWatch watch({0});
  settings_.watches = {&watch};
  measure_pairs(settings_, sides_);
  EXPECT_EQ(order_.size(), 7u);  // six pairs may be discarded, as many as are wanted
  for (const Measurements& document : documents_) {
    ASSERT_EQ(document.problems.size(), 1u);
    EXPECT_EQ(document.problems[0].code, "machine_unfit");
    EXPECT_THAT(document.problems[0].sentence,
                HasSubstr("7 pairs were disturbed and discarded, more than 50 %"));
    EXPECT_THAT(document.series, IsEmpty());
  }
}

TEST_F(PairedMeasuringTest, where_no_pair_may_be_discarded_the_first_disturbance_ends_it) {
  ScriptedWatch watch({3});
  settings_.watches = {&watch};
  settings_.disturbances.most_discarded = 0;
  measure_pairs(settings_, sides_);
  EXPECT_EQ(order_.size(), 3u);
  EXPECT_EQ(documents_[0].problems.at(0).code, "machine_unfit");
}

TEST_F(PairedMeasuringTest, disturbed_pairs_are_kept_where_that_is_asked_for) {
  ScriptedWatch watch({0});
  settings_.watches = {&watch};
  settings_.disturbances.keep = true;
  measure_pairs(settings_, sides_);
  EXPECT_EQ(order_.size(), 12u);
  EXPECT_THAT(documents_[0].problems, IsEmpty());
  EXPECT_THAT(documents_[0].discarded, IsEmpty());
}

TEST_F(PairedMeasuringTest, a_later_stretch_goes_on_with_its_pairs_and_positions) {
  settings_.stretch = {4, 6, 11};
  measure_pairs(settings_, sides_);
  EXPECT_EQ(series(0).processes.at(0).pair, 4);
  EXPECT_EQ(std::min(series(0).processes.at(0).position, series(1).processes.at(0).position), 11);
  EXPECT_THAT(documents_[0].notes, Contains(HasSubstr("2 more pairs")));
  EXPECT_THAT(documents_[0].notes, Contains(HasSubstr("pairs 5 to 6: ")));
}

class FailingProcessTest : public PairedMeasuringTest {
 protected:
  ProcessRun process(std::size_t side, bool is_rehearsal) override {
    ProcessRun run = PairedMeasuringTest::process(side, is_rehearsal);
    if (order_.size() == 4) run.problem = Problem{"crashed", "it crashed"};
    return run;
  }
};

TEST_F(FailingProcessTest, a_process_that_fails_ends_the_measuring_and_its_pair_does_not_count) {
  measure_pairs(settings_, sides_);
  EXPECT_EQ(order_.size(), 4u);
  const std::size_t failed = order_.back();
  ASSERT_EQ(documents_[failed].problems.size(), 1u);
  EXPECT_EQ(documents_[failed].problems[0].code, "crashed");
  EXPECT_EQ(documents_[failed].problems[0].sentence, "pair 2 of 6: it crashed");
  EXPECT_THAT(documents_[1 - failed].problems, IsEmpty());
  for (std::size_t side = 0; side < 2; ++side) EXPECT_EQ(series(side).processes.size(), 1u);
}

}  // namespace
}  // namespace modelgate
