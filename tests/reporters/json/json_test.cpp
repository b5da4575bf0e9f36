#include "reporters/json/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

nlohmann::json summary(const Verdict& verdict) { return nlohmann::json::parse(summary_json(verdict)); }

TEST(Summary, says_what_a_script_asks_for) {
  const nlohmann::json json = summary(verdict_of({slowdown(), accuracy("zh")}));
  EXPECT_EQ(json["schema"], "modelgate/summary");
  EXPECT_EQ(json["version"], 1);
  EXPECT_EQ(json["status"], "fail");
  EXPECT_EQ(json["exit_code"], 1);
  EXPECT_EQ(json["sentence"], "the whole in one sentence");
  EXPECT_EQ(json["candidate"]["version"], "v1.1.0");
  EXPECT_EQ(json["baseline"]["version"], "v1.0.0");
  EXPECT_FALSE(json["first_release"].get<bool>());
}

TEST(Summary, counts_every_status) {
  Check better = slowdown("y", Status::pass), waived = check_of("unit", "A.W", Status::pass);
  better.improved = true;
  waived.waiver = "known";
  const nlohmann::json counts =
      summary(verdict_of({slowdown(), accuracy(), better, waived, slowdown("i", Status::inconclusive),
                          slowdown("e", Status::error), slowdown("n", Status::not_compared)}))["counts"];
  EXPECT_EQ(counts, (nlohmann::json{{"checks", 7},
                                    {"pass", 3},
                                    {"fail", 1},
                                    {"inconclusive", 1},
                                    {"error", 1},
                                    {"not_compared", 1},
                                    {"improved", 1},
                                    {"waived", 1},
                                    {"flaky", 0}}));
  EXPECT_EQ(summary(verdict_of({retried("A.b", Status::pass)}))["counts"]["flaky"], 1);
}

TEST(Summary, lists_what_blocks_the_worst_first) {
  const nlohmann::json blocking =
      summary(verdict_of({accuracy(), slowdown("i", Status::inconclusive), slowdown("e", Status::error),
                          accuracy("zh", Status::fail)}))["blocking"];
  ASSERT_EQ(blocking.size(), 3u);
  EXPECT_EQ(blocking[0]["name"], "accuracy");
  EXPECT_EQ(blocking[0]["slice"]["lang"], "zh");
  EXPECT_EQ(blocking[0]["reason"], "reason_code");
  EXPECT_EQ(blocking[1]["status"], "error");
  EXPECT_EQ(blocking[2]["status"], "inconclusive");
}

TEST(Summary, has_no_baseline_for_a_first_release) {
  Verdict verdict = verdict_of({check_of("unit", "A.B", Status::pass)});
  verdict.baseline.reset();
  verdict.first_release = true;
  EXPECT_TRUE(summary(verdict)["baseline"].is_null());
  EXPECT_TRUE(summary(verdict)["first_release"].get<bool>());
}

TEST(Summary, has_an_exit_code_that_blocks_for_all_but_a_pass) {
  for (const auto& [status, code] :
       {std::pair{Status::pass, 0}, {Status::fail, 1}, {Status::inconclusive, 3}, {Status::error, 4}})
    EXPECT_EQ(summary(verdict_of({check_of("a", "b", status)}))["exit_code"], code);
  Verdict contradicting = verdict_of({slowdown()});
  contradicting.status = Status::pass;
  EXPECT_EQ(summary(contradicting)["exit_code"], 1);
  EXPECT_TRUE(summary(contradicting).contains("contradiction"));
  Verdict empty = verdict_of({});
  empty.status = Status::pass;
  EXPECT_EQ(summary(empty)["exit_code"], 4);
}

TEST(Summary, is_json_whatever_the_verdict_holds) {
  EXPECT_EQ(summary(hostile_verdict())["counts"]["checks"], hostile_verdict().checks.size());
}

TEST(Summary, of_a_warning_has_the_exit_code_of_a_pass_and_names_what_is_undecided) {
  Verdict verdict = verdict_of({accuracy(), slowdown("i", Status::inconclusive)});
  verdict.inconclusive = InconclusivePolicy{InconclusiveAction::warn, "so"};
  const nlohmann::json warned = summary(verdict);
  EXPECT_EQ(warned["status"], "inconclusive");
  EXPECT_EQ(warned["exit_code"], 0);
  EXPECT_EQ(warned["blocking"].size(), 0u);
  EXPECT_EQ(warned["undecided"].size(), 1u);
  EXPECT_EQ(warned["inconclusive"]["because"], "so");
  verdict.inconclusive->action = InconclusiveAction::block;
  const nlohmann::json blocked = summary(verdict);
  EXPECT_EQ(blocked["exit_code"], 3);
  EXPECT_EQ(blocked["blocking"].size(), 1u);
  EXPECT_EQ(blocked["undecided"].size(), 0u);
}

}  // namespace
}  // namespace modelgate
