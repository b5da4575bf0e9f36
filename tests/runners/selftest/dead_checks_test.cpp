#include <gmock/gmock.h>

#include "measured_project.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

/// A plan with something that does not do what its author thinks, and how selftest says so.
struct Dead {
  std::string name, gates;
  int exit_code;
  std::string said;  ///< In the table.
};

void PrintTo(const Dead& dead, std::ostream* out) { *out << dead.name; }

class DeadChecks : public ::testing::TestWithParam<Dead> {};

TEST_P(DeadChecks, are_found) {
  MeasuredProject project;
  project.write_plan(GetParam().gates);
  const ProcessOutcome outcome = project.selftest();
  EXPECT_EQ(outcome.exit_code, GetParam().exit_code) << outcome.out.text << outcome.err.text;
  EXPECT_THAT(outcome.out.text + outcome.err.text, HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    Of, DeadChecks,
    ::testing::Values(
        Dead{"a_margin_of_1000_percent",
             "  performance: {from: speed, margin: 1000%, quantities: [real_time]}\n", 1,
             "LET THROUGH  performance/infer real_time"},
        Dead{"one_wide_margin_among_others",
             "  performance: {from: speed, margin: 5%, benchmark_margins: {\"infer*\": 900%}, "
             "quantities: [real_time, items_per_second]}\n",
             1, "let something through: 1: performance/infer real_time"},
        Dead{"a_rate_that_may_vanish",
             "  performance: {from: speed, margin: 100%, quantities: [items_per_second]}\n", 4,
             "NOT TRIED  performance/batch items_per_second"},
        Dead{"a_filter_that_matches_nothing", "  performance: {from: speed, margin: 5%, filter: BM_none}\n",
             4, "nothing_measured"},
        Dead{"a_quantity_that_there_is_not",
             "  performance: {from: speed, margin: 5%, quantities: [wall_clock]}\n", 4, "nothing_measured"},
        Dead{"a_tolerance_of_a_thousand_million", "  regression: {from: model, absolute_tolerance: 1e9}\n", 1,
             "LET THROUGH  regression/logits"},
        Dead{"a_relative_tolerance_that_takes_everything",
             "  regression: {from: model, relative_tolerance: 1e6}\n", 1, "LET THROUGH  regression/logits"},
        Dead{"a_margin_of_99_points", "  quality: {from: model, checks: [\"accuracy margin=99pp\"]}\n", 1,
             "LET THROUGH  quality/accuracy"},
        Dead{"a_margin_of_60_points_in_slices",
             "  quality: {from: model, checks: [\"accuracy margin=60pp by=lang\"]}\n", 1,
             "quality/accuracy [lang=zh]"},
        Dead{"a_margin_of_100_points", "  quality: {from: model, checks: [\"accuracy margin=100pp\"]}\n", 4,
             "column 17"},
        Dead{"a_check_of_too_few_rows",
             "  quality: {from: model, minimum_rows: 2000, checks: [\"accuracy margin=2pp\"]}\n", 3,
             "NOT PROVEN  quality/accuracy"},
        Dead{"a_margin_too_narrow_for_its_rows",
             "  quality: {from: model, checks: [\"accuracy margin=0.2pp\"]}\n", 3,
             "NOT PROVEN  quality/accuracy"},
        Dead{"a_field_that_the_rows_lack",
             "  quality: {from: model, checks: [\"accuracy margin=4pp by=country\"]}\n", 4, "field_missing"},
        Dead{"a_minimum_of_no_tests", "  unit: {from: tests, minimum_tests: 0}\n", 4, "--minimum-tests"},
        Dead{"more_tests_than_there_are", "  unit: {from: tests, minimum_tests: 40}\n", 1,
             "FALSE ALARM  unit/tests"},
        Dead{"a_gate_of_a_run_without_such_measurements", "  unit: {from: speed}\n", 4,
             "holds nothing that the gate judges"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace modelgate
