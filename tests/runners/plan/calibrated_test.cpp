#include "runners/plan/calibrated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "runners/plan/calibrate.h"
#include "schemas/documents/calibration.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CalibratedTest : public ::testing::Test {
 protected:
  CalibratedTest() {
    plan_.folder =
        fs::path(::testing::TempDir()) /
        (std::string("calibrated ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(plan_.folder);
    fs::create_directories(plan_.folder / ".modelgate");
    plan_.digest = "sha256:1";
    calibration_.created = "2026-11-24T09:00:00Z";
    calibration_.plan_digest = "sha256:1";
    calibration_.environment = machine_ = {{"cpu", "abacus"}, {"cores", "2"}};
    calibration_.runs = calibration_.asked = 20;
    calibration_.blocks = {0, 20, 0, 0.14};
    calibration_.pairs = {{"speed", 60}};
  }
  ~CalibratedTest() override { fs::remove_all(plan_.folder); }

  CalibrationUse use(const std::string& today = "2026-11-24") {
    write_file(plan_.folder / calibration_file, to_json(calibration_));
    return calibration_for(plan_, today, machine_);
  }

  Plan plan_;
  Calibration calibration_;
  std::map<std::string, std::string> machine_;
};

TEST_F(CalibratedTest, without_a_file_nothing_is_said) {
  const CalibrationUse none = calibration_for(plan_, "2026-11-24", machine_);
  EXPECT_THAT(none.pairs, IsEmpty());
  EXPECT_THAT(none.notes, IsEmpty());
}

TEST_F(CalibratedTest, a_fresh_one_gives_the_pairs_that_the_plan_leaves_open) {
  PlanRun open{"speed", "bench", {}, {}, ""}, set = open, other = open;
  set.settings = {{"pairs", {"12"}, false}};
  other.name = "model";
  std::vector<PlanRun> runs = {open, set, other};
  take_pairs(use(), runs);
  EXPECT_THAT(runs[0].settings, ElementsAre(PlanSetting{"pairs", {"60"}, false}));
  EXPECT_EQ(runs[1].settings, set.settings) << "the plan's word counts";
  EXPECT_THAT(runs[2].settings, IsEmpty());
}

TEST_F(CalibratedTest, ages) {
  EXPECT_EQ(use("2026-12-24").pairs.size(), 1u) << "thirty days";
  const CalibrationUse old = use("2026-12-25");
  EXPECT_THAT(old.pairs, IsEmpty());
  EXPECT_THAT(old.notes, ElementsAre(HasSubstr("is 31 days old")));
}

TEST_F(CalibratedTest, is_of_this_plan_and_of_such_a_machine) {
  plan_.digest = "sha256:2";
  EXPECT_THAT(use().notes, ElementsAre(HasSubstr("another state of the plan")));
  plan_.digest = "sha256:1";
  machine_["cores"] = "64";
  EXPECT_THAT(use().pairs, IsEmpty());
  EXPECT_THAT(use().notes, ElementsAre(HasSubstr("another machine")));
}

TEST_F(CalibratedTest, a_day_that_is_none_makes_it_useless) {
  for (const char* created : {"", "yesterday", "2026-13-40T00:00:00Z", "2026/11/24", "20xx-11-24T"}) {
    calibration_.created = created;
    EXPECT_THAT(use().pairs, IsEmpty()) << created;
  }
}

TEST_F(CalibratedTest, noise_that_hides_a_margin_is_told_with_every_verdict) {
  CalibratedCheck check;
  check.gate = "performance";
  check.name = "BM_x real_time";
  check.too_noisy = true;
  check.advice = "too noisy for a margin of 5 %: allow 60 pairs";
  calibration_.checks = {check};
  EXPECT_THAT(use().notes, ElementsAre(HasSubstr("BM_x real_time is too noisy for a margin of 5 %")));
}

TEST_F(CalibratedTest, a_file_that_is_no_calibration_is_an_error) {
  write_file(plan_.folder / calibration_file, "{}");
  EXPECT_THROW(calibration_for(plan_, "2026-11-24", machine_), Error);
}

}  // namespace
}  // namespace modelgate
