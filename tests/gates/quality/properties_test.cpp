// What must hold of every data set.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gates/statistics/random.h"
#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

const std::vector<std::string> all_metrics = {"accuracy",  "recall(1)",     "precision(1)",
                                              "f1(1)",     "recall(macro)", "precision(macro)",
                                              "f1(macro)", "f1(micro)",     "roc_auc(1)"};

/// Three classes, scores, slices; how often each model is right.
Files random_files(std::uint64_t seed, int rows, double baseline, double candidate, double alike = 0.6) {
  RandomStream random(seed, 0);
  Files files;
  for (int i = 0; i < rows; ++i) {
    const std::string label = std::to_string(random.below(3));
    const double luck = random.unit(), own = random.unit() < alike ? luck : random.unit();
    const std::string wrong = std::to_string(random.below(3)), other = std::to_string(random.below(3));
    files.add(label, luck < baseline ? label : wrong, own < candidate ? label : other);
    files.baseline.back().scores = {{"1", (label == "1" ? baseline : 0) + random.unit()}};
    files.candidate.back().scores = {{"1", (label == "1" ? candidate : 0) + random.unit()}};
  }
  return files;
}

std::vector<std::string> checks_of(const std::string& margin) {
  std::vector<std::string> checks;
  for (const std::string& metric : all_metrics) checks.push_back(metric + " margin=" + margin);
  return checks;
}

template <typename Act>
void for_many(const Act& act) {
  std::uint64_t seed = 0;
  for (const int rows : {150, 300})
    for (const double baseline : {0.6, 0.9, 0.999})
      for (const double candidate : {0.5, 0.9, 1.0}) act(random_files(++seed, rows, baseline, candidate));
}

TEST(PropertiesTest, the_order_of_rows_makes_no_difference_to_the_last_bit) {
  for_many([](const Files& files) {
    Files shuffled = files;
    RandomStream random(99, 0);
    for (std::vector<Record>* rows : {&shuffled.baseline, &shuffled.candidate})
      for (std::size_t i = rows->size(); i > 1; --i)
        std::swap((*rows)[i - 1], (*rows)[random.below(static_cast<std::uint32_t>(i))]);
    const QualityDemands demands = demanding(checks_of("2pp min=0.7"));
    EXPECT_EQ(judged(files, demands), judged(shuffled, demands));
  });
}

TEST(PropertiesTest, the_number_of_threads_makes_no_difference) {
  const Files files = random_files(5, 300, 0.8, 0.75);
  QualityDemands demands = demanding(checks_of("2pp min=0.7"));
  demands.threads = 1;
  const auto one = judged(files, demands);
  for (const int threads : {2, 3, 0}) {
    demands.threads = threads;
    EXPECT_EQ(judged(files, demands), one) << threads;
  }
}

TEST(PropertiesTest, the_seed_decides_the_resamples_and_is_named) {
  const Files files = random_files(5, 300, 0.8, 0.75);
  QualityDemands demands = demanding({"f1(macro) margin=2pp"});
  const Check first = judged(files, demands).at(0);
  EXPECT_EQ(judged(files, demands).at(0), first);
  EXPECT_THAT(first.method, ::testing::HasSubstr("seed 20140919"));
  demands.seed = 7;
  EXPECT_NE(judged(files, demands).at(0).effect, first.effect);
}

TEST(PropertiesTest, exchanging_the_models_mirrors_the_result) {
  for_many([](const Files& files) {
    const auto forth = judged(files, demanding(checks_of("2pp")));
    const auto back = judged({files.candidate, files.baseline}, demanding(checks_of("2pp")));
    ASSERT_EQ(forth.size(), back.size());
    for (std::size_t i = 0; i < forth.size(); ++i) {
      const Check &a = forth[i], &b = back[i];
      EXPECT_EQ(a.baseline, b.candidate) << a.name;
      if (!a.effect) continue;
      const bool drawn = a.method.find("bootstrap") != std::string::npos;
      const double width = a.effect->lower && a.effect->upper ? *a.effect->upper - *a.effect->lower : 0;
      const double tolerance = drawn ? 0.3 + 0.05 * width : 1e-9;
      EXPECT_NEAR(a.effect->estimate, -b.effect->estimate, 1e-9) << a.name;
      ASSERT_EQ(a.effect->lower.has_value(), b.effect->upper.has_value());
      if (a.effect->lower) {
        EXPECT_NEAR(*a.effect->lower, -*b.effect->upper, tolerance) << a.name;
      }
      EXPECT_FALSE(a.improved && b.status == Status::pass && b.improved) << a.name << " is better both ways";
    }
  });
}

TEST(PropertiesTest, the_same_evidence_twice_over_turns_no_decision_round) {
  for_many([](const Files& files) {
    Files twice = files;
    for (std::vector<Record>* rows : {&twice.baseline, &twice.candidate}) {
      const std::vector<Record> once = *rows;
      for (Record row : once) {
        row.id += " again";
        rows->push_back(row);
      }
    }
    const auto before = judged(files, demanding(checks_of("2pp min=0.8")));
    const auto after = judged(twice, demanding(checks_of("2pp min=0.8")));
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      const Status was = before[i].status, is = after[i].status;
      if (was == Status::pass) {
        EXPECT_EQ(is, Status::pass) << before[i].sentence << " / " << after[i].sentence;
      }
      if (was == Status::fail) {
        EXPECT_EQ(is, Status::fail) << before[i].sentence << " / " << after[i].sentence;
      }
    }
  });
}

TEST(PropertiesTest, a_wider_margin_never_makes_it_worse) {
  for_many([](const Files& files) {
    std::vector<Check> last;
    for (const char* margin : {"0pp", "1pp", "3pp", "10pp", "30pp"}) {
      const auto now = judged(files, demanding(checks_of(margin)));
      for (std::size_t i = 0; i < last.size(); ++i) {
        if (last[i].status == Status::pass) {
          EXPECT_EQ(now[i].status, Status::pass) << now[i].sentence;
        }
        if (last[i].status == Status::inconclusive) {
          EXPECT_NE(now[i].status, Status::fail) << now[i].sentence;
        }
      }
      last = now;
    }
  });
}

TEST(PropertiesTest, every_check_that_is_not_decided_says_what_it_needs) {
  for_many([](const Files& files) {
    for (const Check& check : judged(files, demanding(checks_of("1pp min=0.85"))))
      if (check.status == Status::inconclusive || check.status == Status::error) {
        EXPECT_NE(check.needs, "") << check.sentence;
        EXPECT_NE(check.reason, "") << check.sentence;
      }
  });
}

TEST(PropertiesTest, a_model_against_itself_never_fails_and_never_improves) {
  for_many([](const Files& files) {
    for (const Check& check : judged({files.baseline, files.baseline}, demanding(checks_of("0pp")))) {
      EXPECT_EQ(check.status, Status::inconclusive)
          << check.sentence << ": a margin of nothing cannot be proven";
      EXPECT_FALSE(check.improved);
    }
    for (const Check& check : judged({files.baseline, files.baseline}, demanding(checks_of("99pp"))))
      EXPECT_EQ(check.status, Status::pass) << check.sentence;
  });
}

}  // namespace
}  // namespace modelgate
