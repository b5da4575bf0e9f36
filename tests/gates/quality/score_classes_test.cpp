// Classes that have scores and are no label of the test set.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "schemas/documents/manifest.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"
#include "tests/gates/quality/program.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

class ScoreClassesTest : public ProgramTest {
 protected:
  /// Rows labelled a and b, of a model that knows c as well, and as often takes it for likeliest.
  static std::string json(double of_label, const std::string& name = "c") {
    std::string text;
    for (int i = 0; i < 60; ++i) {
      const std::string label = i % 2 == 0 ? "a" : "b", other = i % 2 == 0 ? "b" : "a";
      text += "{\"id\": " + std::to_string(i) + ", \"label\": \"" + label + "\", \"scores\": {\"" + label +
              "\": " + std::to_string(of_label) + ", \"" + other + "\": 0.1, \"" + name +
              "\": " + std::to_string(0.9 - of_label) + "}}\n";
    }
    return text;
  }
  static std::string csv(double of_label) {
    std::string text = "id,label,scores.a,scores.b,scores.c\n";
    for (int i = 0; i < 60; ++i) {
      const std::string p = std::to_string(of_label);
      text += std::to_string(i) + (i % 2 == 0 ? ",a," + p + ",0.1," : ",b,0.1," + p + ",") +
              std::to_string(0.9 - of_label) + "\n";
    }
    return text;
  }

  Check judged(const std::string& baseline, const std::string& candidate, const std::string& check,
               const std::string& more = "") {
    outcome_ = run("--baseline " + baseline + " --candidate " + candidate + " --check '" + check + "' " +
                   more + " --output '" + (folder_ / "verdict.json").string() + "'");
    const Verdict verdict = read_verdict(folder_ / "verdict.json");
    return verdict.checks.empty() ? Check{} : verdict.checks.front();
  }

  Outcome outcome_;
};

TEST_F(ScoreClassesTest, have_their_share_of_the_probability) {
  for (const bool table : {false, true}) {
    const std::string old = table ? file("old.csv", csv(0.5)) : file("old.jsonl", json(0.5)),
                      now = table ? file("new.csv", csv(0.4)) : file("new.jsonl", json(0.4));
    const Check loss = judged(old, now, "log_loss margin=90%");
    EXPECT_NEAR(loss.baseline.value(), -std::log(0.5), 1e-9) << loss.sentence;
    EXPECT_NEAR(loss.candidate.value(), -std::log(0.4), 1e-9);
    const Check brier = judged(old, now, "brier margin=90%");
    EXPECT_NEAR(brier.candidate.value(), 0.6 * 0.6 + 0.1 * 0.1 + 0.5 * 0.5, 1e-9);
  }
}

TEST_F(ScoreClassesTest, stand_before_the_label_where_they_are_likelier) {
  // Of 0.4, 0.1 and 0.5 the label is the second.
  const std::string old = file("old.jsonl", json(0.5)), now = file("new.jsonl", json(0.4));
  const Check first = judged(old, now, "top@1 margin=50pp");
  EXPECT_EQ(first.baseline, 1);
  EXPECT_EQ(first.candidate, 0);
  EXPECT_EQ(judged(old, now, "top@2 margin=50pp").candidate, 1);
}

TEST_F(ScoreClassesTest, a_label_that_no_row_gives_a_score_is_an_error_and_not_impossible) {
  std::string other = json(0.4);
  for (std::size_t at = 0; (at = other.find("\"b\":", at)) != std::string::npos; ++at)
    other.replace(at, 4, "\"B\":");
  const Check check = judged(file("old.jsonl", json(0.5)), file("new.jsonl", other), "log_loss margin=90%");
  EXPECT_EQ(check.status, Status::error);
  EXPECT_EQ(check.reason, "value_out_of_range");
  EXPECT_THAT(check.sentence, HasSubstr("30 rows of the candidate"));
}

TEST_F(ScoreClassesTest, are_found_in_the_rows_of_measurements_of_either_model) {
  const auto document = [&](Role role, double of_label) {
    const std::string rows = name_of(role) + ".jsonl";
    file(rows, json(of_label));
    Measurements measurements;
    measurements.runner = "exec";
    measurements.runner_version = "1";
    measurements.created = "2026-11-24T00:00:00Z";
    measurements.subject.role = role;
    measurements.series = {RecordSeries{"rows", rows, digest_of_file(folder_ / rows), 60, 0, {}, {}, ""}};
    return file(name_of(role) + ".json", to_json(measurements));
  };
  const Check loss =
      judged(document(Role::baseline, 0.5), document(Role::candidate, 0.5), "log_loss margin=90%");
  EXPECT_NEAR(loss.candidate.value(), -std::log(0.5), 1e-9) << outcome_.err;
}

TEST_F(ScoreClassesTest, lists_of_scores_have_classes_by_their_places) {
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += "{\"id\": " + std::to_string(i) + ", \"label\": " + std::to_string(i % 2) + ", \"scores\": [" +
            (i % 2 == 0 ? "0.6, 0.2" : "0.2, 0.6") + ", 0.2]}\n";
  const std::string rows = file("rows.jsonl", text);
  EXPECT_NEAR(judged(rows, rows, "log_loss margin=90%").candidate.value(), -std::log(0.6), 1e-9);
}

}  // namespace
}  // namespace modelgate
