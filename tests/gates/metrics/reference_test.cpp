// Every line of reference/table.txt, which reference/make.py computes with scikit-learn, scipy and numpy.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "reference_table.h"

namespace modelgate {
namespace {

std::vector<MetricCase> read_table() {
  std::ifstream file(MODELGATE_SOURCE_DIR "/tests/gates/metrics/reference/table.txt");
  std::vector<MetricCase> cases;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    MetricCase item;
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
      for (std::string number; std::getline(list, number, ',');)
        numbers.push_back(std::strtod(number.c_str(), nullptr));
      (expected ? item.expected : item.inputs)[word.substr(0, colon)] = numbers;
    }
    cases.push_back(item);
  }
  return cases;
}

std::vector<const Computations*> all_computations() {
  return {&reference_answers(), &reference_scores(), &reference_means()};
}

Fields compute(const MetricCase& item) {
  for (const Computations* computations : all_computations()) {
    const auto found = computations->find(item.function);
    if (found != computations->end()) return found->second(item);
  }
  throw std::runtime_error("the table has an unknown function " + item.function);
}

TEST(MetricReferenceTest, agrees_with_scikit_learn_and_scipy_to_nine_digits) {
  const std::vector<MetricCase> cases = read_table();
  ASSERT_GE(cases.size(), 270u);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Fields result = compute(cases[i]);
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
  const std::vector<MetricCase> cases = read_table();
  for (const Computations* computations : all_computations()) {
    for (const auto& [function, computation] : *computations) {
      EXPECT_TRUE(std::any_of(cases.begin(), cases.end(), [&](const auto& item) {
        return item.function == function;
      })) << function;
    }
  }
}

}  // namespace
}  // namespace modelgate
