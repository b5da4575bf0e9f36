#include "gates/quality/rules/looks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "gates/statistics/alpha_spending.h"
#include "gates/statistics/paired_proportions.h"
#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<std::int64_t> looks = {250, 500, 1000};

/// Rows in a random order, of which the first `lost` parts in a thousand were lost, and as many gained.
Files mixed(int rows, int lost, int gained, unsigned seed = 1) {
  const Files ordered = table(rows * 8 / 10, lost, gained, rows - rows * 8 / 10 - lost - gained);
  std::vector<std::size_t> order(ordered.baseline.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), std::mt19937(seed));
  Files files;
  for (const std::size_t i : order) {
    files.baseline.push_back(ordered.baseline[i]);
    files.candidate.push_back(ordered.candidate[i]);
  }
  return files;
}

Files first(const Files& files, std::size_t count) {
  Files some = files;
  some.baseline.resize(count);
  some.candidate.resize(count);
  return some;
}

std::vector<Check> judged_in_looks(const Files& files, const std::vector<std::string>& checks,
                                   const std::vector<std::int64_t>& of_baseline,
                                   const std::vector<std::int64_t>& of_candidate) {
  Verdict verdict;
  verdict.gate = "quality";
  AnswerFile baseline = file_of("old.jsonl", files.baseline),
             candidate = file_of("new.jsonl", files.candidate);
  baseline.looks = of_baseline;
  candidate.looks = of_candidate;
  judge_quality(&baseline, candidate, demanding(checks), verdict);
  return verdict.checks;
}

Check in_looks(const Files& files, const std::string& check,
               const std::vector<std::int64_t>& declared = looks) {
  const auto checks = judged_in_looks(files, {check}, declared, declared);
  return checks.size() == 1 ? checks.front() : Check{};
}

PairedCounts counts_of(const Files& files, std::size_t rows) {
  PairedCounts counts;
  for (std::size_t i = 0; i < rows; ++i) {
    const bool before = files.baseline[i].prediction == files.baseline[i].label,
               now = files.candidate[i].prediction == files.candidate[i].label;
    ++(now ? (before ? counts.both : counts.only_first) : (before ? counts.only_second : counts.neither));
  }
  return counts;
}

TEST(RowLooksTest, a_clear_loss_is_proven_at_the_first_look) {
  const Check check = in_looks(first(mixed(1000, 150, 0), 250), "accuracy margin=1pp");
  EXPECT_EQ(check.status, Status::fail);
  ASSERT_THAT(check.looks, SizeIs(1));
  EXPECT_EQ(check.looks[0].n, 250);
  EXPECT_EQ(check.n.at("rows"), 250);
}

TEST(RowLooksTest, each_look_has_its_share_of_the_error_rates) {
  const Files files = mixed(1000, 30, 20);
  const Check check = in_looks(files, "accuracy margin=2pp");
  const std::vector<double> shares = look_shares(looks);
  ASSERT_THAT(check.looks, SizeIs(3));
  std::vector<double> regression, non_inferiority;
  double lower = -1, upper = 1;
  for (std::size_t k = 0; k < 3; ++k) {
    const PairedCounts counts = counts_of(files, static_cast<std::size_t>(looks[k]));
    regression.push_back(tango_p_less(counts, -0.02));
    non_inferiority.push_back(tango_p_greater(counts, -0.02));
    const Interval bounds = tango_bounds(counts, 0.05 * shares[k]);
    lower = std::max(lower, bounds.lower);
    upper = std::min(upper, bounds.upper);
    EXPECT_EQ(check.looks[k].n, looks[k]);
    EXPECT_EQ(check.looks[k].share, shares[k]);
    EXPECT_DOUBLE_EQ(check.looks[k].p_regression, regression[k]);
    EXPECT_DOUBLE_EQ(check.looks[k].p_non_inferiority, non_inferiority[k]);
  }
  EXPECT_DOUBLE_EQ(check.p_regression.value(), sequential_p(regression, shares));
  EXPECT_DOUBLE_EQ(check.p_non_inferiority.value(), sequential_p(non_inferiority, shares));
  EXPECT_DOUBLE_EQ(check.effect.value().lower.value(), 100 * lower);
  EXPECT_DOUBLE_EQ(check.effect->upper.value(), 100 * upper);
  EXPECT_EQ(check.effect->confidence, 0.95);
  EXPECT_DOUBLE_EQ(check.effect->estimate, -1);
}

TEST(RowLooksTest, one_look_of_several_proves_less_than_the_only_one) {
  const Files files = first(mixed(1000, 20, 20, 3), 500);
  const Check only = in_looks(files, "accuracy margin=2.4pp", {500}),
              early = in_looks(files, "accuracy margin=2.4pp", {500, 5000});
  EXPECT_EQ(only.status, Status::pass) << only.sentence;
  EXPECT_EQ(early.status, Status::inconclusive) << early.sentence;
  EXPECT_THAT(only.looks, IsEmpty());
  EXPECT_DOUBLE_EQ(early.p_non_inferiority.value(),
                   *only.p_non_inferiority / look_shares(std::vector<std::int64_t>{500, 5000})[0]);
  EXPECT_THAT(early.needs, HasSubstr("; the next look is at 5000 rows"));
}

TEST(RowLooksTest, what_an_early_look_proved_stays_proven) {
  // The first 250 rows are alike; then a tenth is lost and gained by turns.
  Files files = table(250, 0, 0, 0);
  const Files rest = mixed(750, 75, 75);
  files.baseline.insert(files.baseline.end(), rest.baseline.begin(), rest.baseline.end());
  files.candidate.insert(files.candidate.end(), rest.candidate.begin(), rest.candidate.end());
  for (std::size_t i = 0; i < files.baseline.size(); ++i)
    files.baseline[i].id = files.candidate[i].id = "r" + std::to_string(i);
  EXPECT_EQ(in_looks(files, "accuracy margin=1.8pp", {1000}).status, Status::inconclusive);
  const Check check = in_looks(files, "accuracy margin=1.8pp");
  EXPECT_EQ(check.status, Status::pass) << check.sentence;
  EXPECT_EQ(in_looks(first(files, 250), "accuracy margin=1.8pp").status, Status::pass);
}

TEST(RowLooksTest, rows_beyond_the_last_look_reached_do_not_count) {
  const Files files = mixed(1000, 40, 20);
  Check at_look = in_looks(first(files, 500), "accuracy margin=2pp"),
        beyond = in_looks(first(files, 700), "accuracy margin=2pp");
  EXPECT_EQ(at_look, beyond);
}

TEST(RowLooksTest, the_order_within_a_look_makes_no_difference) {
  const Files files = mixed(1000, 40, 20);
  Files shuffled = files;
  std::mt19937 random(7);
  for (std::vector<Record>* rows : {&shuffled.baseline, &shuffled.candidate})
    for (const auto& [from, to] : {std::pair{0, 250}, {250, 500}, {500, 1000}})
      std::shuffle(rows->begin() + from, rows->begin() + to, random);
  for (const std::string check : {"accuracy margin=2pp", "f1(macro) margin=2pp", "accuracy min=0.7"})
    EXPECT_EQ(in_looks(files, check), in_looks(shuffled, check)) << check;
}

TEST(RowLooksTest, limits_are_judged_look_by_look) {
  const Files files = mixed(1000, 10, 10);
  const Check held = in_looks(first(files, 250), "accuracy min=0.7");
  EXPECT_EQ(held.status, Status::pass) << held.sentence;
  EXPECT_THAT(held.looks, SizeIs(1));
  const Check missed = in_looks(first(files, 250), "accuracy min=0.9");
  EXPECT_EQ(missed.status, Status::fail) << missed.sentence;
  const Check open = in_looks(first(files, 250), "accuracy min=0.8");
  EXPECT_EQ(open.status, Status::inconclusive) << open.sentence;
  EXPECT_THAT(open.needs, HasSubstr("the next look is at 500 rows"));
}

TEST(RowLooksTest, resampled_metrics_are_judged_look_by_look) {
  const Check check = in_looks(mixed(1000, 150, 0), "f1(macro) margin=1pp");
  EXPECT_EQ(check.status, Status::fail) << check.sentence;
  EXPECT_THAT(check.looks, SizeIs(3));
}

TEST(RowLooksTest, before_the_first_look_nothing_is_decided) {
  const auto checks =
      judged_in_looks(first(mixed(1000, 150, 0), 200), {"accuracy margin=1pp min=0.5"}, looks, looks);
  ASSERT_THAT(checks, SizeIs(2));
  for (const Check& check : checks) {
    EXPECT_EQ(check.status, Status::inconclusive);
    EXPECT_EQ(check.reason, "too_few_rows");
    EXPECT_THAT(check.needs, HasSubstr("250"));
    EXPECT_FALSE(check.p_regression);
  }
}

TEST(RowLooksTest, a_slice_too_small_for_an_early_look_is_decided_later) {
  Files files = mixed(1000, 10, 10);
  for (std::size_t i = 0; i < 1000; ++i)
    for (std::vector<Record>* rows : {&files.baseline, &files.candidate})
      (*rows)[i].slices = {{"lang", i % 25 == 0 ? "zh" : "en"}};
  const auto checks = judged_in_looks(files, {"accuracy margin=30pp by=lang"}, looks, looks);
  ASSERT_THAT(checks, SizeIs(2));
  EXPECT_EQ(checks[1].slice.at("lang"), "zh");
  EXPECT_EQ(checks[1].status, Status::pass) << checks[1].sentence;
  EXPECT_EQ(checks[1].n.at("rows"), 40);
  ASSERT_THAT(checks[1].looks, SizeIs(3));
  EXPECT_EQ(checks[1].looks[0].p_regression, 1) << "10 rows decide nothing";
  EXPECT_EQ(checks[1].looks[0].p_non_inferiority, 1);
  EXPECT_LT(checks[1].looks[2].p_non_inferiority, 0.05);
}

TEST(RowLooksTest, a_class_that_no_row_shows_yet_is_open_until_the_last_look) {
  Files files = mixed(1000, 10, 10);
  for (std::vector<Record>* rows : {&files.baseline, &files.candidate}) {
    for (std::size_t i = 500; i < 600; ++i) (*rows)[i].label = (*rows)[i].prediction = "rare";
  }
  const Check early = in_looks(first(files, 500), "recall(rare) margin=5pp");
  EXPECT_EQ(early.status, Status::inconclusive);
  EXPECT_EQ(early.reason, "too_few_positives");
  EXPECT_EQ(in_looks(files, "recall(rare) margin=5pp").status, Status::pass);
  const Check never = in_looks(files, "recall(none) margin=5pp");
  EXPECT_EQ(never.status, Status::error);
  EXPECT_EQ(never.reason, "class_missing");
}

TEST(RowLooksTest, more_rows_than_declared_are_an_error) {
  const std::vector<std::int64_t> declared = {250, 500};
  const auto checks = judged_in_looks(mixed(1000, 10, 10), {"accuracy margin=1pp"}, declared, declared);
  ASSERT_THAT(checks, SizeIs(2));
  for (const Check& check : checks) {
    EXPECT_EQ(check.status, Status::error);
    EXPECT_EQ(check.reason, "looks_exceeded");
  }
  EXPECT_THAT(checks[1].sentence, HasSubstr("1000 rows were taken of the candidate, and 500 were declared"));
}

TEST(RowLooksTest, looks_that_differ_or_do_not_rise_are_an_error) {
  const Files files = mixed(1000, 10, 10);
  for (const auto& [of_baseline, of_candidate] :
       std::vector<std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>>{
           {{250, 1000}, {500, 1000}},
           {{}, {500, 1000}},
           {{500, 1000}, {}},
           {{500, 500, 1000}, {500, 500, 1000}}}) {
    const auto checks = judged_in_looks(files, {"accuracy margin=5pp"}, of_baseline, of_candidate);
    ASSERT_THAT(checks, SizeIs(1));
    EXPECT_EQ(checks[0].status, Status::error);
    EXPECT_EQ(checks[0].reason, "looks_unusable");
  }
}

TEST(RowLooksTest, rows_that_the_models_took_at_different_looks_are_an_error) {
  Files files = mixed(1000, 10, 10);
  std::swap(files.candidate[3], files.candidate[600]);
  const Check check = in_looks(files, "accuracy margin=5pp");
  EXPECT_EQ(check.status, Status::error);
  EXPECT_EQ(check.reason, "looks_unusable");
  EXPECT_THAT(check.sentence,
              HasSubstr("2 rows were answered before a look by one model and after it by the other"));
  EXPECT_THAT(check.sentence, HasSubstr("of the candidate"));
}

}  // namespace
}  // namespace modelgate
