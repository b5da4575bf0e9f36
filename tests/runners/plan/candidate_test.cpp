#include "runners/plan/candidate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

Plan plan_with(const std::string& candidate, const std::string& fallback = "") {
  Plan plan;
  plan.candidate = candidate;
  plan.default_candidate = fallback;
  plan.folder = std::filesystem::path(::testing::TempDir()) / "candidate_test";
  std::filesystem::create_directories(plan.folder / "candidates" / "slower");
  std::filesystem::create_directories(plan.folder / "candidates" / "v1.1.0");
  return plan;
}

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.message() + " | " + error.hint();
  }
  return "accepted";
}

TEST(CandidateTest, takes_the_default_of_the_plan_where_none_is_asked_for) {
  EXPECT_EQ(candidate_name(plan_with("candidates/{candidate}", "v1.1.0"), ""), "v1.1.0");
  EXPECT_EQ(candidate_name(plan_with("candidates/{candidate}", "v1.1.0"), "slower"), "slower");
}

TEST(CandidateTest, needs_a_name_where_the_plan_has_a_place_for_one) {
  EXPECT_THAT(refusal([] { candidate_name(plan_with("candidates/{candidate}"), ""); }),
              HasSubstr("needs the candidate's name"));
}

TEST(CandidateTest, refuses_a_name_where_the_plan_has_no_place_for_it) {
  EXPECT_THAT(refusal([] { candidate_name(plan_with("out"), "slower"); }), HasSubstr("takes no name"));
}

TEST(CandidateTest, refuses_names_that_lead_elsewhere) {
  for (const char* name : {"../x", "/etc", "a/b", "..", ".hidden", "-x"})
    EXPECT_THAT(refusal([&] { candidate_name(plan_with("candidates/{candidate}"), name); }),
                HasSubstr("cannot be a name"))
        << name;
}

TEST(CandidateTest, says_which_neighbour_was_meant) {
  EXPECT_THAT(refusal([] { candidate_folder(plan_with("candidates/{candidate}"), "slowre"); }),
              HasSubstr("'slower'"));
  EXPECT_EQ(candidate_folder(plan_with("candidates/{candidate}"), "slower").filename(), "slower");
}

}  // namespace
}  // namespace modelgate
