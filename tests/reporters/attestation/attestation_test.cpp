#include "reporters/attestation/attestation.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "schemas/tool/error.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

nlohmann::json predicate(Verdict verdict) {
  if (verdict.plan_digest.empty()) verdict.plan_digest = "sha256:" + std::string(64, 'a');
  return nlohmann::json::parse(test_result_predicate(verdict, "https://ci.example/runs/7"));
}

TEST(Attestation, of_a_pass_names_what_passed_and_against_what) {
  Verdict verdict = verdict_of({accuracy("zh"), check_of("unit", "A.B", Status::pass),
                                check_of("unit", "A.New", Status::not_compared)});
  verdict.plan_digest = "sha256:" + std::string(64, 'a');
  const auto json = predicate(verdict);
  EXPECT_EQ(json["result"], "PASSED");
  EXPECT_EQ(json["url"], "https://ci.example/runs/7");
  EXPECT_EQ(json["passedTests"], nlohmann::json::array({"quality: accuracy [lang=zh]", "unit: A.B"}));
  EXPECT_EQ(json["failedTests"], nlohmann::json::array());
  EXPECT_EQ(json["configuration"][0],
            (nlohmann::json{{"name", "plan"}, {"digest", {{"sha256", std::string(64, 'a')}}}}));
  EXPECT_EQ(json["configuration"][1]["name"], "baseline support-intents v1.0.0");
}

TEST(Attestation, of_all_but_a_pass_is_failed) {
  for (const Status status : {Status::fail, Status::error, Status::inconclusive}) {
    const auto json = predicate(verdict_of({accuracy(), slowdown("x", status)}));
    EXPECT_EQ(json["result"], "FAILED");
    EXPECT_EQ(json["failedTests"], nlohmann::json::array({"performance: x"}));
  }
  Verdict forged = verdict_of({slowdown()});
  forged.status = Status::pass;
  EXPECT_EQ(predicate(forged)["result"], "FAILED");
  Verdict empty = verdict_of({});
  EXPECT_EQ(predicate(empty)["result"], "FAILED");
}

TEST(Attestation, of_a_pass_with_reservations_is_warned) {
  Check waived = check_of("unit", "A.W", Status::pass);
  waived.waiver = "known";
  EXPECT_EQ(predicate(verdict_of({waived, accuracy()}))["result"], "WARNED");
  EXPECT_EQ(predicate(verdict_of({retried("A.F", Status::pass)}))["warnedTests"],
            nlohmann::json::array({"unit: A.F"}));
  Verdict verdict = verdict_of({accuracy(), slowdown("i", Status::inconclusive)});
  verdict.inconclusive = InconclusivePolicy{InconclusiveAction::warn, "so"};
  EXPECT_EQ(predicate(verdict)["result"], "WARNED");
}

TEST(Attestation, of_files_that_nobody_knows_is_refused) {
  Verdict verdict = verdict_of({accuracy()});
  verdict.plan_digest = "sha256:p";
  EXPECT_NO_THROW(test_result_predicate(verdict, ""));
  verdict.candidate.digest.clear();
  EXPECT_THROW(test_result_predicate(verdict, ""), Error);
}

TEST(Attestation, of_one_gate_or_of_a_part_of_the_plan_is_refused) {
  Verdict verdict = verdict_of({accuracy()});
  EXPECT_THROW(test_result_predicate(verdict, ""), Error) << "of no plan";
  verdict.plan_digest = "sha256:p";
  verdict.gate = "quality";
  EXPECT_THROW(test_result_predicate(verdict, ""), Error);
  verdict.gate = "suite";
  EXPECT_NO_THROW(test_result_predicate(verdict, ""));
  verdict.left_out = {"unit"};
  EXPECT_THROW(test_result_predicate(verdict, ""), Error);
}

TEST(Attestation, is_json_whatever_the_verdict_holds) {
  Verdict verdict = hostile_verdict();
  verdict.candidate.digest = "sha256:" + std::string(64, 'c');
  verdict.left_out.clear();
  EXPECT_EQ(predicate(verdict)["result"], "FAILED");
}

}  // namespace
}  // namespace modelgate
