#include "runners/selftest/matrix.h"

#include <gtest/gtest.h>

#include "schemas/documents/status_code.h"

namespace modelgate {
namespace {

Obtained obtained(Status status, std::optional<double> p = std::nullopt) {
  Verdict verdict;
  verdict.gate = "quality";
  verdict.status = status == Status::not_compared ? Status::error : status;
  Check check;
  check.gate = "quality";
  check.name = "accuracy";
  check.status = status;
  check.reason = "reason";
  check.needs = "more rows";
  check.p_regression = p;
  verdict.checks.push_back(check);
  return {static_cast<int>(exit_code_of(verdict.status)), verdict, "", ""};
}

Obtained no_verdict(int exit_code) { return {exit_code, std::nullopt, "exited", ""}; }

Planting planting(Expected expected, const std::string& check = "accuracy") {
  return {"quality", check, {}, Level::twice, "planted", expected};
}

Ruling ruling(Expected expected, const Obtained& what, const std::string& check = "accuracy") {
  Matrix matrix;
  matrix.add(planting(expected, check), what);
  return matrix.rows().front().ruling;
}

TEST(Matrix, what_should_fail_and_passes_is_let_through) {
  EXPECT_EQ(ruling(Expected::fail, obtained(Status::fail)), Ruling::as_expected);
  EXPECT_EQ(ruling(Expected::fail, obtained(Status::pass)), Ruling::let_through);
  EXPECT_EQ(ruling(Expected::fail, obtained(Status::not_compared)), Ruling::let_through);
  EXPECT_EQ(ruling(Expected::fail, obtained(Status::inconclusive)), Ruling::unproven);
  EXPECT_EQ(ruling(Expected::fail, obtained(Status::error)), Ruling::untried);
  EXPECT_EQ(ruling(Expected::fail, no_verdict(2)), Ruling::untried);
}

TEST(Matrix, what_should_not_fail_and_does_is_a_false_alarm) {
  EXPECT_EQ(ruling(Expected::not_fail, obtained(Status::pass)), Ruling::as_expected);
  EXPECT_EQ(ruling(Expected::not_fail, obtained(Status::inconclusive)), Ruling::as_expected);
  EXPECT_EQ(ruling(Expected::not_fail, obtained(Status::fail)), Ruling::false_alarm);
  EXPECT_EQ(ruling(Expected::not_fail, obtained(Status::error)), Ruling::untried);
  EXPECT_EQ(ruling(Expected::not_fail, no_verdict(-1)), Ruling::untried);
}

TEST(Matrix, a_loss_is_stopped_by_fail_and_error_and_by_nothing_else) {
  EXPECT_EQ(ruling(Expected::not_pass, obtained(Status::fail), ""), Ruling::as_expected);
  EXPECT_EQ(ruling(Expected::not_pass, obtained(Status::error), ""), Ruling::as_expected);
  EXPECT_EQ(ruling(Expected::not_pass, no_verdict(2), ""), Ruling::as_expected);
  EXPECT_EQ(ruling(Expected::not_pass, no_verdict(-1), ""), Ruling::as_expected);
  EXPECT_EQ(ruling(Expected::not_pass, no_verdict(0), ""), Ruling::let_through);
  EXPECT_EQ(ruling(Expected::not_pass, obtained(Status::pass), ""), Ruling::let_through);
  EXPECT_EQ(ruling(Expected::not_pass, obtained(Status::inconclusive), ""), Ruling::let_through);
}

TEST(Matrix, a_check_that_vanishes_without_an_error_lets_through) {
  EXPECT_EQ(ruling(Expected::fail, obtained(Status::pass), "other"), Ruling::let_through);
  EXPECT_EQ(ruling(Expected::fail, obtained(Status::fail), "other"), Ruling::let_through);
  EXPECT_EQ(ruling(Expected::fail, obtained(Status::error), "other"), Ruling::untried);
  EXPECT_EQ(ruling(Expected::not_pass, obtained(Status::error), "other"), Ruling::as_expected);
  EXPECT_EQ(ruling(Expected::not_pass, obtained(Status::pass), "other"), Ruling::let_through);
}

TEST(Matrix, the_slice_is_a_part_of_a_checks_name) {
  Matrix matrix;
  matrix.add({"quality", "accuracy", {{"lang", "zh"}}, Level::twice, "", Expected::fail},
             obtained(Status::fail));
  EXPECT_EQ(matrix.rows().front().ruling, Ruling::let_through);
}

TEST(Matrix, the_worst_row_decides_the_exit_code) {
  Matrix matrix;
  EXPECT_EQ(matrix.exit_code(), ExitCode::error) << "nothing was tried";
  matrix.add(planting(Expected::fail), obtained(Status::fail));
  EXPECT_EQ(matrix.exit_code(), ExitCode::pass);
  matrix.add(planting(Expected::fail), obtained(Status::inconclusive));
  EXPECT_EQ(matrix.exit_code(), ExitCode::inconclusive);
  matrix.add(planting(Expected::fail), obtained(Status::error));
  EXPECT_EQ(matrix.exit_code(), ExitCode::error);
  Matrix alarmed = matrix;
  alarmed.add(planting(Expected::not_fail), obtained(Status::fail));
  EXPECT_EQ(alarmed.exit_code(), ExitCode::fail);
  matrix.add(planting(Expected::fail), obtained(Status::pass));
  EXPECT_EQ(matrix.exit_code(), ExitCode::fail);
}

TEST(Matrix, a_failure_must_stand_alone_among_all_checks) {
  for (const auto& [p, expected] : {std::pair{0.01, Ruling::as_expected}, {0.03, Ruling::unproven}}) {
    Matrix matrix;
    for (int gate = 0; gate < 5; ++gate) matrix.count_in_family(*obtained(Status::pass, 1.0).verdict);
    matrix.add(planting(Expected::fail), obtained(Status::fail, p));
    matrix.add(planting(Expected::fail), obtained(Status::fail));
    matrix.correct_for_many(0.05);
    EXPECT_EQ(matrix.rows().at(0).ruling, expected) << p;
    EXPECT_EQ(matrix.rows().at(1).ruling, Ruling::as_expected) << "no p-value, no correction";
  }
}

TEST(Matrix, rows_stand_in_the_order_of_the_gates_whatever_ended_first) {
  Matrix matrix;
  for (const char* gate : {"suite", "unit", "quality"})
    matrix.add({gate, "", {}, Level::none, gate, Expected::not_fail}, no_verdict(2));
  matrix.arrange({"unit", "quality"});
  EXPECT_EQ(matrix.rows().at(0).planted.gate, "unit");
  EXPECT_EQ(matrix.rows().at(1).planted.gate, "quality");
  EXPECT_EQ(matrix.rows().at(2).planted.gate, "suite");
}

}  // namespace
}  // namespace modelgate
