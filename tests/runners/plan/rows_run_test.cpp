// Whole runs that take their rows look by look.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "project.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// 4,000 rows, and a model that answers those wrongly whose number a divisor divides.
class RowsRun : public ::testing::Test {
 protected:
  RowsRun() {
    std::string rows;
    for (int i = 0; i < 4000; ++i)
      rows += R"({"id":)" + std::to_string(i) + R"(,"label":"right","slices":{"half":")" +
              (i % 2 == 0 ? "even" : "odd") + "\"}}\n";
    rows += R"({"id":4000,"label":"wrong"})"
            "\n";
    rows.replace(rows.rfind("}\n"), 1, R"(,"slices":{"half":"even"}})");
    write_file(project_.folder() / "rows.jsonl", rows);
  }

  void write_plan(const std::string& settings, const std::string& checks, const std::string& more = "") {
    write_file(
        project_.folder() / "modelgate.yaml",
        "schema: modelgate/plan\nversion: 1\nname: shop\ncandidate: out\n" + more +
            "runs:\n  model: {runner: exec, command: [\"{subject}/answer\"], input: rows.jsonl, seed: 5" +
            settings + "}\ngates:\n  quality: {from: model, checks: [" + checks + "]}\n");
  }

  void write_model(int divisor, const std::string& first = "") {
    const fs::path model = project_.folder() / "out" / "answer";
    write_file(model, "#!/bin/sh\n" + first + "\nexec awk 'match($0, /[0-9]+/) {\n" +
                          "  n = substr($0, RSTART, RLENGTH)\n" +
                          R"(  printf "{\"id\":%d,\"prediction\":\"%s\"}\n", n, n % )" +
                          std::to_string(divisor) + R"( ? "right" : "wrong" }')" + "\n");
    ::chmod(model.c_str(), 0755);
  }

  void release(int divisor) {
    write_model(divisor);
    write_plan("", "accuracy min=0.5");
    ASSERT_EQ(project_.run("modelgate-baseline", {"save", "out", "--version", "v1"}).exit_code, 0);
    ASSERT_EQ(project_.modelgate({"run", "--first-release", "--quiet"}).exit_code, 0);
    ASSERT_EQ(project_
                  .run("modelgate-baseline",
                       {"promote", "v1", "--verdict", (project_.results() / "verdict.json").string()})
                  .exit_code,
              0);
  }

  int run() {
    const ProcessOutcome outcome = project_.modelgate({"run", "--quiet"});
    said_ = outcome.err.text;
    verdict_ = project_.verdict();
    return outcome.exit_code;
  }

  std::int64_t rows_measured() const {
    const Measurements measured =
        read_measurements(project_.results() / "measurements" / "model" / "candidate.json");
    return std::get<RecordSeries>(measured.series.front()).rows;
  }

  Project project_;
  Verdict verdict_;
  std::string said_;
};

TEST_F(RowsRun, a_clear_candidate_needs_only_the_first_look) {
  release(10);
  write_plan(", looks: [500, 1000, 4000]", "accuracy margin=3pp");
  EXPECT_EQ(run(), 0) << said_;
  ASSERT_TRUE(verdict_.sampling);
  EXPECT_EQ(verdict_.sampling->looks, 1);
  EXPECT_EQ(verdict_.sampling->rows, 500);
  EXPECT_EQ(verdict_.sampling->pairs, 0);
  EXPECT_EQ(verdict_.sampling->ended, "decided");
  EXPECT_EQ(rows_measured(), 500);
  EXPECT_EQ(verdict_.checks.at(0).n.at("rows"), 500);
}

TEST_F(RowsRun, a_clear_loss_is_blocked_at_the_first_look) {
  release(10);
  write_model(3);
  write_plan(", looks: [500, 1000, 4000]", "accuracy margin=3pp");
  EXPECT_EQ(run(), 1) << said_;
  EXPECT_EQ(verdict_.sampling->rows, 500);
}

TEST_F(RowsRun, a_close_case_gets_more_rows) {
  release(10);
  write_model(11);
  write_plan(", looks: [250, 1000, 4000]", "accuracy margin=2pp");
  EXPECT_EQ(run(), 0) << said_;
  const Check& check = verdict_.checks.at(0);
  EXPECT_EQ(check.looks.size(), static_cast<std::size_t>(verdict_.sampling->looks));
  EXPECT_GT(verdict_.sampling->looks, 1) << check.sentence;
  EXPECT_EQ(verdict_.sampling->rows, rows_measured());
  EXPECT_EQ(check.looks.back().n, rows_measured());
  EXPECT_TRUE(fs::exists(project_.results() / "looks" / "1.json"));
}

TEST_F(RowsRun, an_open_slice_gets_more_rows_for_all) {
  release(10);
  write_model(11);
  write_plan(", looks: [250, 1000, 4000]", "accuracy margin=20pp, accuracy margin=2.5pp by=half");
  run();
  EXPECT_GT(verdict_.sampling->looks, 1);
  EXPECT_EQ(verdict_.checks.at(0).n.at("rows"), rows_measured());
}

TEST_F(RowsRun, slices_examples_and_what_is_hidden_are_as_the_plan_says) {
  release(10);
  write_model(3);
  write_plan("",
             "accuracy margin=3pp], slices: [half], expect_slices: [half=even], examples: 7, redact: [id");
  EXPECT_EQ(run(), 1) << said_;
  EXPECT_THAT(verdict_.checks, SizeIs(3));
  EXPECT_THAT(verdict_.checks.at(0).details, HasSubstr("id [redacted]: 'right', now answered 'wrong'"));
  const std::string examples = read_file(project_.results() / "examples" / "quality.jsonl");
  EXPECT_THAT(examples, HasSubstr("\"lost\": 7"));
  EXPECT_THAT(examples, HasSubstr(R"({"kind": "lost", "id": "[redacted]", "label": "right")"));
  // Another run without them leaves none from before.
  write_plan("", "accuracy margin=3pp");
  run();
  EXPECT_FALSE(fs::exists(project_.results() / "examples"));
}

TEST_F(RowsRun, what_all_rows_leave_open_is_inconclusive) {
  release(10);
  write_model(11);
  write_plan(", looks: [250, 500]", "accuracy margin=0.5pp");
  EXPECT_EQ(run(), 3) << said_;
  EXPECT_EQ(verdict_.sampling->ended, "exhausted");
  EXPECT_EQ(rows_measured(), 500) << "the last look bounds what is asked, though the input has more";
}

TEST_F(RowsRun, a_budget_of_rows_ends_it) {
  release(10);
  write_model(11);
  write_plan(", looks: [250, 500, 4000]", "accuracy margin=0.5pp", "budget: {rows: 600}\n");
  EXPECT_EQ(run(), 3) << said_;
  EXPECT_EQ(verdict_.sampling->ended, "budget");
  EXPECT_EQ(verdict_.sampling->budget_rows, 600);
  EXPECT_EQ(rows_measured(), 500);
  EXPECT_THAT(verdict_.warnings, Contains(HasSubstr("500 of 600 rows")));
  EXPECT_THAT(verdict_.checks.at(0).needs, HasSubstr("the next look is at 4000 rows"));
}

TEST_F(RowsRun, a_model_that_dies_at_a_later_look_is_an_error) {
  release(10);
  const std::string asked = "\"" + (project_.folder() / "asked").string() + "\"";
  write_model(11, "test -e " + asked + " && exit 7; touch " + asked);
  write_plan(", looks: [250, 4000]", "accuracy margin=2pp");
  EXPECT_EQ(run(), 4) << said_;
  EXPECT_EQ(verdict_.status, Status::error);
}

TEST_F(RowsRun, a_dry_run_shows_the_looks_once) {
  write_model(10);
  write_plan(", looks: [250, 4000]", "accuracy margin=2pp");
  const ProcessOutcome dry = project_.modelgate({"run", "--first-release", "--dry-run"});
  EXPECT_EQ(dry.exit_code, 0) << dry.err.text;
  EXPECT_THAT(dry.out.text, HasSubstr("--looks=250 --looks=4000"));
  EXPECT_EQ(dry.out.text.find("--looks=250"), dry.out.text.rfind("--looks=250"));
}

}  // namespace
}  // namespace modelgate
