// Every line of reference/table.txt, which reference/make.py computes with scipy and statsmodels.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "reference_table.h"

namespace modelgate {

namespace {

std::vector<ReferenceCase> read_table() {
  return read_reference_cases(MODELGATE_SOURCE_DIR "/tests/gates/statistics/reference/table.txt");
}

std::vector<const Computations*> all_computations() { return {&reference_rules(), &reference_powers()}; }

TEST(ReferenceTest, agrees_with_scipy_and_statsmodels_to_nine_digits) {
  const std::vector<ReferenceCase> cases = read_table();
  ASSERT_GE(cases.size(), 230u);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Fields result = compute(cases[i], all_computations());
    for (const auto& [name, expected] : cases[i].expected) {
      ASSERT_EQ(result.count(name), 1u) << cases[i].function << " does not compute " << name;
      const Numbers& computed = result.at(name);
      ASSERT_EQ(computed.size(), expected.size()) << cases[i].function << " " << name;
      for (std::size_t k = 0; k < expected.size(); ++k) {
        EXPECT_NEAR(computed[k], expected[k], 1e-9 * std::max(1.0, std::abs(expected[k])))
            << cases[i].function << " " << name << " of case " << i;
        // Tail probabilities must be right in their digits, not only in their smallness.
        if (expected[k] > 0 && expected[k] < 1e-3 && !name.ends_with("error")) {
          EXPECT_NEAR(computed[k] / expected[k], 1, 1e-6)
              << cases[i].function << " " << name << " of case " << i;
        }
      }
    }
  }
}

TEST(ReferenceTest, has_a_case_of_every_computation) {
  EXPECT_THAT(without_a_case(read_table(), all_computations()), ::testing::IsEmpty());
}

}  // namespace
}  // namespace modelgate
