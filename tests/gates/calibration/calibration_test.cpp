#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "gates/calibration/repeated_runs.h"
#include "gates/calibration/table.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "tests/gates/performance/samples.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// Runs of a baseline against itself, as `modelgate calibrate` leaves them.
class CalibrationTest : public ::testing::Test {
 protected:
  CalibrationTest() {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("calibration ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "runs");
    write_file(folder_ / "modelgate.yaml",
               "schema: modelgate/plan\nversion: 1\nname: shop\ncandidate: out\n"
               "runs:\n  speed: {runner: bench, program: p}\n  tests: {runner: gtest, program: t}\n"
               "gates:\n  performance: {from: speed, margin: 5%}\n  unit: {from: tests}\n");
    plan_ = read_plan(folder_ / "modelgate.yaml");
  }
  ~CalibrationTest() override { fs::remove_all(folder_); }

  fs::path run_folder(int number) const { return folder_ / "runs" / ("00" + std::to_string(number)); }

  void write_run(int number, Status speed, Status test, double noise = 0.02) {
    Noise random(static_cast<std::uint64_t>(number) + 100);
    for (const Role role : {Role::baseline, Role::candidate}) {
      std::vector<double> values;
      for (int i = 0; i < 10; ++i) values.push_back(1e-3 * std::exp(noise * random.normal()));
      Measurements measured;
      measured.runner = "bench";
      measured.runner_version = "0.1.0";
      measured.created = "2026-11-24T00:00:00Z";
      measured.subject = {role, "shop", "v1", "", ""};
      measured.series = {series_of(values)};
      for (ProcessSamples& process : std::get<SampleSeries>(measured.series[0]).processes)
        process.position = 2 * process.pair + (role == Role::candidate ? 1 : 0);
      write_file(run_folder(number) / "measurements" / "speed" / (name_of(role) + ".json"),
                 to_json(measured));
    }
    Verdict verdict;
    verdict.gate = "suite";
    verdict.gate_version = "0.1.0";
    verdict.created = "2026-11-24T00:00:00Z";
    verdict.candidate = {Role::candidate, "shop", "v1", "", ""};
    verdict.baseline = {Role::baseline, "shop", "v1", "", ""};
    verdict.plan_digest = plan_.digest;
    verdict.environment = {{"cpu", "abacus"}};
    Check check;
    check.gate = "performance";
    check.name = "BM_x real_time";
    check.status = speed;
    check.reason = "made_up";
    check.margin = 5;
    check.effect = Effect{0, {}, {}, 0.95, "percent"};
    check.p_regression = 0.5;
    verdict.checks = {check};
    check = {};
    check.gate = "unit";
    check.name = "Suite.Test";
    check.status = test;
    check.reason = "made_up";
    verdict.checks.push_back(check);
    verdict.status = worst(verdict.checks);
    write_file(run_folder(number) / "verdict.json", to_json(verdict));
  }

  Calibration calibrated() const { return calibrate(plan_, {folder_ / "runs", 5, 12, 3}); }
  static const CalibratedCheck& found(const Calibration& calibration, const std::string& gate) {
    for (const CalibratedCheck& one : calibration.checks)
      if (one.gate == gate) return one;
    throw std::runtime_error("no check of " + gate);
  }

  fs::path folder_;
  Plan plan_;
};

TEST_F(CalibrationTest, counts_false_blocks_of_checks_and_of_the_suite) {
  write_run(1, Status::pass, Status::pass);
  write_run(2, Status::fail, Status::pass);
  write_run(3, Status::inconclusive, Status::fail);
  write_run(4, Status::pass, Status::error);
  const Calibration calibration = calibrated();
  EXPECT_EQ(calibration.runs, 4);
  EXPECT_EQ(calibration.asked, 5);
  EXPECT_EQ(calibration.blocks.count, 2);
  EXPECT_EQ(found(calibration, "performance").blocks.count, 1);
  EXPECT_EQ(found(calibration, "performance").inconclusive.count, 1);
  EXPECT_EQ(found(calibration, "unit").blocks.count, 1);
  EXPECT_EQ(found(calibration, "unit").inconclusive.count, 1) << "an error is no pass";
  // Clopper & Pearson of 1 of 4: the beta quantiles 0.0127 and 0.7514.
  EXPECT_NEAR(found(calibration, "unit").blocks.lower, 0.01274, 1e-4);
  EXPECT_NEAR(found(calibration, "unit").blocks.upper, 0.75140, 1e-4);
  EXPECT_EQ(calibration.baseline.version, "v1");
  EXPECT_EQ(calibration.environment.at("cpu"), "abacus");
}

TEST_F(CalibrationTest, says_what_can_be_found_and_what_would_be_better) {
  for (int i = 1; i <= 5; ++i) write_run(i, Status::pass, Status::pass, 0.02);
  const CalibratedCheck quiet = found(calibrated(), "performance");
  ASSERT_TRUE(quiet.noise);
  EXPECT_NEAR(quiet.noise->pair, 2.8, 0.9);
  EXPECT_EQ(quiet.pairs, 10);
  EXPECT_GT(*quiet.detectable_80, 5);
  EXPECT_LT(*quiet.detectable_80, *quiet.detectable_95);
  EXPECT_LT(*quiet.detectable_95, 12);
  EXPECT_FALSE(quiet.too_noisy);
  EXPECT_FALSE(found(calibrated(), "unit").noise) << "tests have none";
}

TEST_F(CalibrationTest, a_machine_that_is_too_noisy_is_told_so) {
  for (int i = 1; i <= 5; ++i) write_run(i, Status::inconclusive, Status::pass, 0.12);
  const Calibration calibration = calibrated();
  const CalibratedCheck noisy = found(calibration, "performance");
  EXPECT_TRUE(noisy.too_noisy);
  EXPECT_THAT(noisy.advice, HasSubstr("too noisy for a margin of 5 %"));
  EXPECT_THAT(noisy.advice, HasSubstr("a margin of "));
  EXPECT_GT(*noisy.suggested_margin, 8);
  EXPECT_THAT(calibration.sentence, HasSubstr("1 of 2 checks too noisy"));
  EXPECT_THAT(table_of(calibration), HasSubstr(noisy.advice));
  ASSERT_TRUE(noisy.suggested_pairs);
  EXPECT_EQ(calibration.pairs.at("speed"), std::min<std::int64_t>(*noisy.suggested_pairs, 200));
}

TEST_F(CalibrationTest, a_table_has_a_line_for_each_check) {
  write_run(1, Status::pass, Status::pass);
  write_run(2, Status::pass, Status::pass);
  const std::string table = table_of(calibrated());
  EXPECT_THAT(table, HasSubstr("performance: BM_x real_time"));
  EXPECT_THAT(table, HasSubstr("unit: Suite.Test"));
  EXPECT_THAT(table, HasSubstr("0/2 (≤ 78 %)"));
  EXPECT_THAT(table, HasSubstr("2 runs of v1 against itself: no false block"));
}

TEST_F(CalibrationTest, is_written_and_read_again_unchanged) {
  write_run(1, Status::pass, Status::fail, 0.1);
  write_run(2, Status::pass, Status::pass, 0.1);
  const Calibration calibration = calibrated();
  write_file(folder_ / "calibration.json", to_json(calibration));
  EXPECT_EQ(read_calibration(folder_ / "calibration.json"), calibration);
}

TEST_F(CalibrationTest, runs_that_measured_nothing_are_no_calibration) {
  write_run(1, Status::error, Status::pass);
  write_run(2, Status::error, Status::pass);
  EXPECT_THROW(calibrated(), Error);
  write_run(3, Status::inconclusive, Status::pass);
  EXPECT_THAT(calibrated().sentence, HasSubstr("1 check was never decided"));
}

TEST_F(CalibrationTest, refuses_runs_of_another_plan_and_no_runs) {
  EXPECT_THROW(calibrated(), Error);
  write_run(1, Status::pass, Status::pass);
  plan_.digest = "sha256:other";
  EXPECT_THROW(calibrated(), Error);
}

}  // namespace
}  // namespace modelgate
