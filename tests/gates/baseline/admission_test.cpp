#include "gates/baseline/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace modelgate {
namespace {

using ::testing::HasSubstr;

Check check_of(Status status) {
  Check check;
  check.gate = "unit";
  check.name = "A.a";
  check.status = status;
  return check;
}

class AdmissionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    files_.version = "v1.1.0";
    files_.digest = "sha256:candidate";
    latest_.version = "v1.0.0";
    latest_.digest = "sha256:baseline";
    verdict_.gate = "suite";
    verdict_.plan_digest = "sha256:plan";
    verdict_.status = Status::pass;
    verdict_.candidate = {Role::candidate, "m", "v1.1.0", "", "sha256:candidate"};
    verdict_.baseline = Subject{Role::baseline, "m", "v1.0.0", "", "sha256:baseline"};
    verdict_.checks = {check_of(Status::pass), check_of(Status::not_compared)};
  }

  /// The exit code of the refusal; 0 if there is none.
  int refused() const {
    if (const auto refusal = refusal_of_files(verdict_, files_)) {
      EXPECT_FALSE(refusal->why.empty());
      return static_cast<int>(refusal->code);
    }
    return 0;
  }
  int refused_against(const std::optional<Manifest>& latest) const {
    const auto refusal = refusal_of_baseline(verdict_, latest);
    return refusal ? static_cast<int>(refusal->code) : 0;
  }

  Manifest files_, latest_;
  Verdict verdict_;
};

TEST_F(AdmissionTest, lets_a_passing_verdict_of_these_files_through) {
  EXPECT_EQ(refused(), 0);
  EXPECT_EQ(refused_against(latest_), 0);
}

TEST_F(AdmissionTest, what_did_not_pass_is_refused_with_the_code_of_its_status) {
  const std::pair<Status, int> codes[] = {
      {Status::fail, 1}, {Status::inconclusive, 3}, {Status::error, 4}, {Status::not_compared, 4}};
  for (const auto& [status, code] : codes) {
    verdict_.status = status;
    verdict_.checks = {check_of(status), check_of(Status::pass)};
    EXPECT_EQ(refused(), code) << name_of(status);
  }
}

TEST_F(AdmissionTest, a_status_that_its_checks_contradict_is_refused) {
  for (const Status status : {Status::fail, Status::inconclusive, Status::error}) {
    verdict_.checks = {check_of(Status::pass), check_of(status)};
    EXPECT_EQ(refused(), 2) << name_of(status);
  }
  verdict_.checks = {check_of(Status::not_compared)};
  EXPECT_EQ(refused(), 2);
  verdict_.checks.clear();
  EXPECT_EQ(refused(), 2);
}

TEST_F(AdmissionTest, other_files_are_refused_even_by_one_letter_or_none) {
  verdict_.candidate.digest = "sha256:candidatf";
  EXPECT_EQ(refused(), 2);
  verdict_.candidate.digest = "";
  EXPECT_EQ(refused(), 2);
  files_.digest = "";
  EXPECT_EQ(refused(), 2);
}

TEST_F(AdmissionTest, the_verdict_of_one_gate_is_refused_even_if_it_is_called_suite) {
  verdict_.gate = "unit";
  EXPECT_EQ(refused(), 2);
  verdict_.gate = "suite";
  verdict_.plan_digest = "";
  EXPECT_EQ(refused(), 2);
}

TEST_F(AdmissionTest, a_verdict_that_leaves_gates_out_is_refused) {
  verdict_.left_out = {"quality"};
  EXPECT_EQ(refused(), 2);
  EXPECT_THAT(refusal_of_files(verdict_, files_)->why, HasSubstr("quality"));
}

TEST_F(AdmissionTest, a_verdict_whose_last_day_is_over_is_refused) {
  EXPECT_TRUE(refusal_of_age(verdict_, "2026-12-01")) << "it names no day";
  verdict_.valid_until = "2026-12-01";
  EXPECT_FALSE(refusal_of_age(verdict_, "2026-11-30"));
  EXPECT_FALSE(refusal_of_age(verdict_, "2026-12-01"));
  const auto refusal = refusal_of_age(verdict_, "2026-12-02");
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->code, ExitCode::usage);
  EXPECT_THAT(refusal->why, HasSubstr("was valid until 2026-12-01"));
  EXPECT_EQ(refused(), 0) << "what it let through in its time stays";
}

TEST_F(AdmissionTest, a_verdict_against_an_older_release_is_refused) {
  latest_.version = "v1.0.5";
  EXPECT_EQ(refused_against(latest_), 2);
  EXPECT_THAT(refusal_of_baseline(verdict_, latest_)->why,
              HasSubstr("compares with v1.0.0, but the latest release is v1.0.5"));
  latest_.digest = "sha256:newer";
  EXPECT_EQ(refused_against(latest_), 2);
}

TEST_F(AdmissionTest, a_verdict_against_other_files_of_the_same_version_is_refused) {
  latest_.digest = "sha256:other";
  EXPECT_EQ(refused_against(latest_), 2);
  verdict_.baseline->digest = "";
  latest_.digest = "";
  EXPECT_EQ(refused_against(latest_), 2);
}

TEST_F(AdmissionTest, a_comparison_needs_a_release_and_a_first_release_must_have_none) {
  EXPECT_EQ(refused_against(std::nullopt), 2);
  verdict_.first_release = true;
  EXPECT_EQ(refused_against(latest_), 2) << "a first release that names a baseline";
  verdict_.baseline.reset();
  EXPECT_EQ(refused_against(latest_), 2) << "a first release, but there is one";
  EXPECT_EQ(refused_against(std::nullopt), 0);
  verdict_.first_release = false;
  EXPECT_EQ(refused_against(latest_), 2) << "neither compared nor a first release";
  EXPECT_EQ(refused_against(std::nullopt), 2);
}

}  // namespace
}  // namespace modelgate
