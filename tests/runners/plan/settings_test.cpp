#include "runners/plan/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runners/recording/recording.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Plan plan_in(const std::string& folder) {
  Plan plan;
  plan.folder = folder;
  plan.runs = {{"features", "exec", {}, {}, ""}};
  return plan;
}

std::vector<std::string> of_exec(const std::string& input, const Plan& plan,
                                 const std::string& root = "/results") {
  return arguments_of_run({"r", "exec", {{"input", {input}, false}}, {}, "modelgate.yaml:7:3"}, plan, {root});
}

TEST(SettingsTest, folders_with_braces_come_back_from_the_runner_as_they_are) {
  MeasuredSubject subject;
  subject.folder = "/s";
  const auto arguments = of_exec("{plan}/{runs.features}", plan_in("/a{role}b"), "/r{subject}");
  const std::string value = arguments.front().substr(std::string("--input=").size());
  EXPECT_EQ(expand(value, subject), "/a{role}b//r{subject}/measurements/features/candidate/records.jsonl");
}

TEST(SettingsTest, a_variable_gets_the_plans_folder_as_it_is) {
  const PlanSetting environment{"environment", {"DATA={plan}/data"}, false};
  EXPECT_THAT(arguments_of_run({"r", "exec", {environment}, {}, ""}, plan_in("/a{role}b"), {"/results"}),
              ElementsAre("--environment=DATA=/a{role}b/data"));
}

TEST(SettingsTest, two_braces_stay_for_the_runner) {
  EXPECT_THAT(of_exec("{{plan}", plan_in("/p")), ElementsAre("--input={{plan}"));
}

TEST(SettingsTest, a_word_that_stands_for_nothing_is_found_before_anything_runs) {
  try {
    of_exec("{subjet}/x", plan_in("/p"));
    FAIL() << "was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_EQ(error.where(), "modelgate.yaml:7:3");
    EXPECT_THAT(error.hint(), HasSubstr("'{subject}'"));
  }
}

TEST(SettingsTest, a_golden_file_may_lie_anywhere) {
  const PlanGate gate{"g", "regression", "r", {{"golden", {"{plan}/{role} {{x}"}, false}}, ""};
  EXPECT_THAT(arguments_of_gate(gate, plan_in("/p"), "/c", {"/results"}),
              ElementsAre("--golden=/p/candidate {x}"));
}

TEST(SettingsTest, a_check_is_not_searched_for_words) {
  const PlanGate gate{"g", "quality", "r", {{"checks", {"recall({subject}) margin=1pp"}, false}}, ""};
  EXPECT_THAT(arguments_of_gate(gate, plan_in("/p"), "/c", {"/results"}),
              ElementsAre("--check=recall({subject}) margin=1pp"));
}

TEST(SettingsTest, each_slice_is_an_option) {
  const PlanGate gate{"g",
                      "quality",
                      "r",
                      {{"slices", {"lang", "lang*channel"}, false},
                       {"expect_slices", {"lang=zh"}, false},
                       {"small_slices", {"pool"}, false}},
                      ""};
  EXPECT_THAT(
      arguments_of_gate(gate, plan_in("/p"), "/c", {"/results"}),
      ElementsAre("--slice=lang", "--slice=lang*channel", "--expect-slice=lang=zh", "--small-slices=pool"));
}

TEST(SettingsTest, examples_lie_among_the_results) {
  const PlanGate gate{
      "intents", "quality", "r", {{"examples", {"20"}, false}, {"redact", {"input", "id"}, false}}, ""};
  EXPECT_THAT(arguments_of_gate(gate, plan_in("/p"), "/c", {"/results"}),
              ElementsAre("--examples-most=20", "--redact=input", "--redact=id",
                          "--examples=/results/examples/intents.jsonl"));
}

}  // namespace
}  // namespace modelgate
