// Values and bounds against scikit-learn and scipy; reference/make.py wrote the table.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

struct Expected {
  std::string kind, metric;
  double first = 0, second = 0;
};

struct Case {
  Files files;
  std::vector<Expected> expected;
};

std::vector<double> numbers(const std::string& text) {
  std::vector<double> values;
  std::istringstream stream(text);
  for (std::string one; std::getline(stream, one, ',');) values.push_back(std::stod(one));
  return values;
}

std::vector<Case> read_table() {
  std::ifstream file(MODELGATE_SOURCE_DIR "/tests/gates/quality/reference/table.txt");
  std::vector<Case> cases;
  std::string labels;
  std::vector<Record>* last = nullptr;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string kind, text;
    words >> kind >> text;
    if (kind == "case") cases.emplace_back();
    if (kind == "labels") labels = text;
    if (kind == "baseline" || kind == "candidate") {
      last = kind == "baseline" ? &cases.back().files.baseline : &cases.back().files.candidate;
      for (std::size_t i = 0; i < labels.size(); ++i)
        last->push_back(record(std::to_string(i), std::string(1, labels[i]), std::string(1, text.at(i))));
    }
    if (kind == "scores")
      for (std::size_t i = 0; const double score : numbers(text)) (*last)[i++].scores = {{"b", score / 1000}};
    if (kind == "metric" || kind == "bca") {
      Expected expected{kind, text, 0, 0};
      words >> expected.first >> expected.second;
      cases.back().expected.push_back(expected);
    }
  }
  return cases;
}

TEST(ReferenceTest, values_are_those_of_scikit_learn) {
  int compared = 0;
  for (const Case& one : read_table())
    for (const Expected& expected : one.expected) {
      if (expected.kind != "metric") continue;
      QualityDemands demands = demanding({expected.metric + " margin=1pp min=0.1"});
      demands.minimum_rows = 1;
      const auto checks = judged(one.files, demands);
      ASSERT_EQ(checks.size(), 2u) << expected.metric;
      if (checks[0].reason == "too_few_positives") continue;
      ++compared;
      EXPECT_NEAR(checks[0].baseline.value(), expected.first, 1e-12) << expected.metric;
      EXPECT_NEAR(checks[0].candidate.value(), expected.second, 1e-12) << expected.metric;
      EXPECT_NEAR(checks[1].candidate.value(), expected.second, 1e-12) << expected.metric;
    }
  EXPECT_GE(compared, 40);
}

TEST(ReferenceTest, bounds_are_those_of_scipy_but_for_the_luck_of_the_draw) {
  int compared = 0;
  for (const Case& one : read_table())
    for (const Expected& expected : one.expected) {
      if (expected.kind != "bca") continue;
      ++compared;
      const Check check = judged_one(one.files, expected.metric + " margin=1pp");
      // A quantile of 10,000 resamples has a standard error of 0.6 % of the width between 5 % and 95 %; there
      // are two of them, and two rows are supposed here.
      const double luck = 100 * 0.04 * (expected.second - expected.first);
      EXPECT_NEAR(check.effect.value().lower.value(), 100 * expected.first, luck);
      EXPECT_NEAR(check.effect->upper.value(), 100 * expected.second, luck);
    }
  EXPECT_EQ(compared, 1);
}

}  // namespace
}  // namespace modelgate
