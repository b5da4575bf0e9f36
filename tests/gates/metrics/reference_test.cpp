// Every line of reference/table.txt, which reference/make.py computes with scikit-learn, scipy and numpy.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "reference_table.h"

namespace modelgate {
namespace {

std::vector<ReferenceCase> read_table() {
  return read_reference_cases(MODELGATE_SOURCE_DIR "/tests/gates/metrics/reference/table.txt");
}

std::vector<const Computations*> all_computations() {
  return {&reference_answers(), &reference_scores(), &reference_means()};
}

TEST(MetricReferenceTest, agrees_with_scikit_learn_and_scipy_to_nine_digits) {
  const std::vector<ReferenceCase> cases = read_table();
  ASSERT_GE(cases.size(), 246u);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Fields result = compute(cases[i], all_computations());
    for (const auto& [name, expected] : cases[i].expected) {
      ASSERT_EQ(result.count(name), 1u) << cases[i].function << " does not compute " << name;
      const Numbers& computed = result.at(name);
      ASSERT_EQ(computed.size(), expected.size()) << cases[i].function << " " << name << " of case " << i;
      for (std::size_t k = 0; k < expected.size(); ++k) {
        // Relative, down to where the reference itself is only rounding.
        EXPECT_NEAR(computed[k], expected[k], 1e-9 * std::abs(expected[k]) + 1e-14)
            << cases[i].function << " " << name << " of case " << i;
      }
    }
  }
}

TEST(MetricReferenceTest, has_a_case_of_every_computation) {
  EXPECT_THAT(without_a_case(read_table(), all_computations()), ::testing::IsEmpty());
}

}  // namespace
}  // namespace modelgate
