#include "gates/decision/decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace modelgate {
namespace {

using ::testing::HasSubstr;

const double nan_d = std::numeric_limits<double>::quiet_NaN();
const double inf_d = std::numeric_limits<double>::infinity();

Check check_of(Status status, std::optional<double> p_regression = std::nullopt,
               const std::string& name = "x") {
  Check check;
  check.gate = "g";
  check.name = name;
  check.status = status;
  check.sentence = name;
  check.p_regression = p_regression;
  return check;
}

Status concluded(std::vector<Check> checks) {
  Verdict verdict;
  verdict.checks = std::move(checks);
  conclude(verdict);
  return verdict.status;
}

TEST(DecideTest, fails_when_a_regression_is_proven) {
  EXPECT_EQ(decide({0.05, 9, 1, ""}, 0.05), Status::fail);
  EXPECT_EQ(decide({0.050001, 9, 1, ""}, 0.05), Status::inconclusive);
}

TEST(DecideTest, passes_when_the_upper_bound_reaches_the_margin_and_no_further) {
  EXPECT_EQ(decide({0.9, 1, 1, ""}, 0.05), Status::pass);
  EXPECT_EQ(decide({0.9, std::nextafter(1.0, 2.0), 1, ""}, 0.05), Status::inconclusive);
  EXPECT_EQ(decide({0.9, -inf_d, 0, ""}, 0.05), Status::pass);
  EXPECT_EQ(decide({0.9, inf_d, 1e300, ""}, 0.05), Status::inconclusive);
}

TEST(DecideTest, a_number_that_is_none_is_an_error_wherever_it_stands) {
  EXPECT_EQ(decide({nan_d, 0, 1, ""}, 0.05), Status::error);
  EXPECT_EQ(decide({0.9, nan_d, 1, ""}, 0.05), Status::error);
  EXPECT_EQ(decide({0.9, 0, nan_d, ""}, 0.05), Status::error);
  EXPECT_EQ(decide({0.9, 0, 1, ""}, nan_d), Status::error);
}

TEST(DecideTest, a_doubt_forbids_both_passing_and_failing) {
  EXPECT_EQ(decide({0.0, 9, 1, "the rules disagree"}, 0.05), Status::inconclusive);
  EXPECT_EQ(decide({0.9, 0, 1, "too few pairs"}, 0.05), Status::inconclusive);
}

TEST(ConcludeTest, the_worst_check_gives_the_status) {
  const Status pass = Status::pass, fail = Status::fail, error = Status::error, unsure = Status::inconclusive,
               apart = Status::not_compared;
  EXPECT_EQ(concluded({check_of(pass), check_of(pass)}), pass);
  EXPECT_EQ(concluded({check_of(pass), check_of(apart)}), pass);
  EXPECT_EQ(concluded({check_of(pass), check_of(unsure)}), unsure);
  EXPECT_EQ(concluded({check_of(unsure), check_of(error), check_of(pass)}), error);
  EXPECT_EQ(concluded({check_of(error), check_of(fail), check_of(unsure)}), fail);
}

TEST(ConcludeTest, nothing_decided_is_an_error) {
  EXPECT_EQ(concluded({}), Status::error);
  EXPECT_EQ(concluded({check_of(Status::not_compared)}), Status::error);
}

TEST(ConcludeTest, corrects_for_the_number_of_checks_by_holm) {
  // Holm over four: the smallest p is held against α/4, the next against α/3.
  Verdict verdict;
  verdict.checks = {check_of(Status::fail, 0.012, "a"), check_of(Status::fail, 0.017, "b"),
                    check_of(Status::pass, 0.5, "c"), check_of(Status::pass, 0.9, "d")};
  conclude(verdict);
  EXPECT_EQ(verdict.checks[0].status, Status::fail);
  EXPECT_EQ(verdict.checks[1].status, Status::inconclusive);
  EXPECT_EQ(verdict.checks[1].reason, "not_proven_among_many");
  EXPECT_FALSE(verdict.checks[1].needs.empty());
  EXPECT_EQ(verdict.status, Status::fail);
}

TEST(ConcludeTest, a_failure_that_could_be_chance_says_how_much_more_data_would_prove_it) {
  const auto needs = [](double p, const std::map<std::string, std::int64_t>& n, int others) {
    Verdict verdict;
    verdict.checks = {check_of(Status::fail, p, "slow")};
    verdict.checks.front().n = n;
    for (int i = 0; i < others; ++i) verdict.checks.push_back(check_of(Status::pass, 0.9, std::to_string(i)));
    conclude(verdict);
    EXPECT_EQ(verdict.checks.front().reason, "not_proven_among_many");
    return verdict.checks.front().needs;
  };
  // log(0.005) / log(0.01) = 1.15
  EXPECT_EQ(
      needs(0.01, {{"pairs", 20}}, 9),
      "about 24 pairs instead of 20, if the change stays as large: the p-value must fall from 0.01 to 0.005, "
      "because 10 checks share the error rate of 0.05");
  EXPECT_THAT(needs(0.04, {{"rows", 1000}}, 499), HasSubstr("about 2862 rows instead of 1000"));
  EXPECT_THAT(needs(0.04, {{"clusters", 40}, {"rows", 1000}}, 499),
              HasSubstr("about 115 clusters instead of 40"));
  EXPECT_THAT(needs(0.04, {}, 499), HasSubstr("about 2.9 times the data"));
  EXPECT_THAT(needs(0.0500000001, {{"pairs", 0}}, 0), HasSubstr("about 1.1 times the data"));
}

TEST(ConcludeTest, what_is_proven_already_does_not_count_among_those_that_share_the_error_rate) {
  Verdict verdict;
  for (int i = 0; i < 5; ++i) verdict.checks.push_back(check_of(Status::fail, 1e-9, std::to_string(i)));
  verdict.checks.push_back(check_of(Status::fail, 0.03, "x"));
  verdict.checks.push_back(check_of(Status::pass, 0.9, "y"));
  conclude(verdict);
  EXPECT_THAT(verdict.checks[5].needs, HasSubstr("from 0.03 to 0.025, because 2 checks share"));
  // And with that p-value it would be proven.
  verdict.checks[5] = check_of(Status::fail, 0.025, "x");
  conclude(verdict);
  EXPECT_EQ(verdict.checks[5].status, Status::fail);
}

TEST(ConcludeTest, an_exact_failure_needs_no_correction) {
  std::vector<Check> checks = {check_of(Status::fail)};
  for (int i = 0; i < 500; ++i) checks.push_back(check_of(Status::pass, 0.9, std::to_string(i)));
  EXPECT_EQ(concluded(checks), Status::fail);
}

TEST(ConcludeTest, never_turns_anything_into_a_pass) {
  for (const Status status : {Status::fail, Status::error, Status::inconclusive, Status::not_compared})
    for (const double p : {0.0, 0.04, 0.5, 1.0, nan_d, -1.0, 2.0}) {
      const Status after = concluded({check_of(status, p), check_of(Status::pass, 0.5)});
      if (status != Status::not_compared) {
        EXPECT_NE(after, Status::pass) << name_of(status) << " " << p;
      }
    }
}

TEST(ConcludeTest, a_p_value_that_is_none_is_an_error_even_of_a_passing_check) {
  for (const double p : {nan_d, -0.1, 1.1, inf_d})
    EXPECT_EQ(concluded({check_of(Status::pass, p)}), Status::error) << p;
}

TEST(ConcludeTest, is_the_same_when_done_twice) {
  Verdict verdict;
  verdict.checks = {check_of(Status::fail, 0.04, "a"), check_of(Status::pass, 0.5, "b"),
                    check_of(Status::fail, 0.001, "c")};
  conclude(verdict);
  const Verdict once = verdict;
  conclude(verdict);
  EXPECT_EQ(verdict, once);
}

TEST(ConcludeTest, says_what_fails_and_that_a_first_release_compared_nothing) {
  Verdict verdict;
  verdict.first_release = true;
  verdict.checks = {check_of(Status::fail, std::nullopt, "accuracy min")};
  conclude(verdict);
  EXPECT_THAT(verdict.sentence, HasSubstr("accuracy min"));
  EXPECT_THAT(verdict.sentence, HasSubstr("first release, no baseline"));
}

TEST(ExitCodeTest, every_status_has_its_code_and_only_pass_has_zero) {
  EXPECT_EQ(static_cast<int>(exit_code_of(Status::pass)), 0);
  EXPECT_EQ(static_cast<int>(exit_code_of(Status::fail)), 1);
  EXPECT_EQ(static_cast<int>(exit_code_of(Status::inconclusive)), 3);
  EXPECT_EQ(static_cast<int>(exit_code_of(Status::error)), 4);
  EXPECT_EQ(static_cast<int>(exit_code_of(Status::not_compared)), 4);
  EXPECT_EQ(static_cast<int>(exit_code_of(static_cast<Status>(99))), 4);
}

}  // namespace
}  // namespace modelgate
