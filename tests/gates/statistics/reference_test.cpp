// Every line of reference/table.txt, which reference/make.py computes with scipy and statsmodels.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "reference_table.h"

namespace modelgate {

std::vector<std::int64_t> ReferenceCase::wholes(const char* name) const {
  std::vector<std::int64_t> result;
  for (const double value : numbers(name)) result.push_back(static_cast<std::int64_t>(value));
  return result;
}

std::vector<ReferenceCase> read_reference_table() {
  std::ifstream file(MODELGATE_SOURCE_DIR "/tests/gates/statistics/reference/table.txt");
  std::vector<ReferenceCase> cases;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    ReferenceCase item;
    std::istringstream words(line);
    words >> item.function;
    bool expected = false;
    for (std::string word; words >> word;) {
      if (word == "=>") {
        expected = true;
        continue;
      }
      const auto colon = word.find(':');
      Numbers numbers;
      std::istringstream list(word.substr(colon + 1));
      for (std::string number; std::getline(list, number, ',');) numbers.push_back(std::stod(number));
      (expected ? item.expected : item.inputs)[word.substr(0, colon)] = numbers;
    }
    cases.push_back(item);
  }
  return cases;
}

namespace {

Fields compute(const ReferenceCase& item) {
  for (const Computations* computations : {&reference_rules(), &reference_powers()}) {
    const auto found = computations->find(item.function);
    if (found != computations->end()) return found->second(item);
  }
  throw std::runtime_error("the table has an unknown function " + item.function);
}

TEST(ReferenceTest, agrees_with_scipy_and_statsmodels_to_nine_digits) {
  const std::vector<ReferenceCase> cases = read_reference_table();
  ASSERT_GE(cases.size(), 230u);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Fields result = compute(cases[i]);
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
  const std::vector<ReferenceCase> cases = read_reference_table();
  for (const Computations* computations : {&reference_rules(), &reference_powers()}) {
    for (const auto& [function, computation] : *computations) {
      EXPECT_TRUE(std::any_of(cases.begin(), cases.end(), [&](const auto& item) {
        return item.function == function;
      })) << function;
    }
  }
}

}  // namespace
}  // namespace modelgate
