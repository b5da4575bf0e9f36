#include "gates/quality/rules/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gates/statistics/clustered_error.h"
#include "gates/statistics/mcnemar.h"
#include "gates/statistics/paired_proportions.h"
#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

double p_of_details(const Check& check) {
  const std::string sign = "p = ";
  return std::stod(check.details.substr(check.details.find(sign) + sign.size()));
}

// Published: {59, 6; 16, 80} has the difference −0.0621 with Tango's 95 % interval (−0.1240, −0.0054),
// Newcombe's (−0.1186, −0.0046), and the mid-p 0.034690. The verdict's bounds are one-sided, so the rate
// 0.025 gives them.
TEST(PublishedTest, the_gate_gives_the_bounds_of_the_paired_table) {
  Verdict verdict;
  verdict.gate = "quality";
  verdict.alpha_pass = 0.025;
  const Files files = table(59, 16, 6, 80);
  const AnswerFile baseline = file_of("a", files.baseline), candidate = file_of("b", files.candidate);
  judge_quality(&baseline, candidate, demanding({"accuracy margin=1pp"}), verdict);
  const Check& check = verdict.checks.at(0);
  EXPECT_NEAR(check.effect.value().estimate, -6.21, 0.005);
  EXPECT_NEAR(check.effect->lower.value(), -12.40, 0.005);
  EXPECT_NEAR(check.effect->upper.value(), -0.54, 0.005);
  EXPECT_DOUBLE_EQ(check.effect->confidence, 0.975);
  EXPECT_NEAR(p_of_details(check), 0.034690, 5e-6);
  EXPECT_THAT(check.details, HasSubstr("-11.86"));
  EXPECT_THAT(check.details, HasSubstr("-0.46"));
  EXPECT_EQ(check.n.at("discordant"), 22);
}

TEST(PublishedTest, the_second_table_too) {
  Verdict verdict;
  verdict.alpha_pass = 0.025;
  QualityDemands demands = demanding({"accuracy margin=1pp"});
  demands.minimum_rows = 21;
  const Files files = table(1, 7, 1, 12);
  const AnswerFile baseline = file_of("a", files.baseline), candidate = file_of("b", files.candidate);
  judge_quality(&baseline, candidate, demands, verdict);
  const Check& check = verdict.checks.at(0);
  EXPECT_NEAR(check.effect.value().lower.value(), -51.72, 0.005);
  EXPECT_NEAR(check.effect->upper.value(), -2.60, 0.005);
  EXPECT_NEAR(p_of_details(check), 0.0390625, 5e-6);
}

TEST(DifferenceTest, p_values_belong_to_the_margin) {
  const PairedCounts counts{900, 10, 40, 50};  // gained 10, lost 40
  const Check check = judged_one(table(900, 40, 10, 50), "accuracy margin=2pp");
  EXPECT_DOUBLE_EQ(check.p_regression.value(), tango_p_less(counts, -0.02));
  EXPECT_DOUBLE_EQ(check.p_non_inferiority.value(), tango_p_greater(counts, -0.02));
}

TEST(DifferenceTest, micro_averages_are_the_accuracy) {
  const Files files = table(900, 40, 20, 50);
  const Check accuracy = judged_one(files, "accuracy margin=1pp");
  for (const char* text :
       {"f1(micro) margin=1pp", "recall(micro) margin=1pp", "precision(micro) margin=1pp"}) {
    const Check check = judged_one(files, text);
    EXPECT_EQ(check.effect, accuracy.effect);
    EXPECT_EQ(check.p_regression, accuracy.p_regression);
  }
}

TEST(DifferenceTest, resampled_metrics_block_and_pass) {
  for (const char* metric : {"f1(x)", "f1(macro)", "precision(x)", "precision(macro)", "recall(macro)"}) {
    const std::string text = metric + std::string(" margin=1pp");
    EXPECT_EQ(judged_one(table(800, 100, 10, 90), text).status, Status::fail) << metric;
    EXPECT_EQ(judged_one(table(9000, 40, 40, 920), text).status, Status::pass) << metric;
    EXPECT_TRUE(judged_one(table(800, 10, 100, 90), text).improved) << metric;
    EXPECT_EQ(judged_one(table(400, 20, 18, 62), text).status, Status::inconclusive) << metric;
  }
}

TEST(DifferenceTest, the_bootstrap_of_a_share_agrees_with_tango) {
  // The macro recall of two classes of equal size is their accuracy.
  const Check share = judged_one(table(800, 40, 30, 130), "accuracy margin=1pp");
  const Check resampled = judged_one(table(800, 40, 30, 130), "recall(macro) margin=1pp");
  EXPECT_NEAR(share.effect.value().lower.value(), resampled.effect.value().lower.value(), 0.1);
  EXPECT_NEAR(share.effect->upper.value(), resampled.effect->upper.value(), 0.1);
  EXPECT_NEAR(share.p_regression.value(), resampled.p_regression.value(), 0.03);
}

// The class "r" has 30 rows, none of which is lost; of "a" rows are lost and gained. Resampled as they are,
// the rows show no spread of r at all, and 1.5 points (one row of r is 1.7) would seem proven.
TEST(DifferenceTest, a_rare_class_without_a_lost_row_is_no_proof_for_a_macro_average) {
  Files files;
  files.add("r", "r", "r", 30);
  files.add("a", "a", "a", 2000);
  files.add("a", "a", "r", 10);
  files.add("a", "r", "a", 10);
  EXPECT_EQ(judged_one(files, "recall(macro) margin=1.5pp").status, Status::inconclusive);
  EXPECT_EQ(judged_one(files, "recall(macro) margin=5pp").status, Status::pass);
  EXPECT_EQ(judged_one(files, "accuracy margin=1.5pp").status, Status::pass);
}

TEST(DifferenceTest, identical_answers_pass_once_the_rows_can_exclude_the_margin) {
  for (const char* metric :
       {"accuracy", "f1(macro)", "f1(x)", "precision(macro)", "precision(x)", "recall(macro)"}) {
    const std::string text = metric + std::string(" margin=1pp");
    const Check many = judged_one(table(2000, 0, 0, 100), text);
    EXPECT_EQ(many.status, Status::pass) << metric;
    EXPECT_FALSE(many.improved);
    const Check few = judged_one(table(100, 0, 0, 5), text);
    EXPECT_EQ(few.status, Status::inconclusive) << metric;
    EXPECT_EQ(few.reason, "too_few_discordant");
    EXPECT_FALSE(few.needs.empty());
  }
}

/// Groups the rows of each kind into clusters of `size`.
Files clustered(Files files, std::size_t size) {
  for (std::vector<Record>* rows : {&files.baseline, &files.candidate})
    for (std::size_t i = 0; i < rows->size(); ++i) (*rows)[i].cluster = "c" + std::to_string(i / size);
  return files;
}

TEST(ClusterTest, rows_that_change_together_count_as_one) {
  // 40 lost and 10 gained rows are 8 and 2 clusters: what is proven of rows is not proven of clusters.
  const Files files = table(400, 40, 10, 50);
  EXPECT_EQ(judged_one(files, "accuracy margin=1pp").status, Status::fail);
  const Check check = judged_one(clustered(files, 5), "accuracy margin=1pp");
  EXPECT_EQ(check.n.at("clusters"), 100);
  EXPECT_THAT(check.method, HasSubstr("clusters"));
  const Check rows = judged_one(files, "accuracy margin=1pp");
  EXPECT_LT(check.effect.value().lower.value(), rows.effect.value().lower.value() - 1);
  EXPECT_GT(check.p_regression.value(), 20 * rows.p_regression.value());

  std::vector<double> changes;
  std::vector<std::int64_t> cluster;
  for (int i = 0; i < 500; ++i) {
    changes.push_back(i < 400 ? 0 : i < 440 ? -1 : i < 450 ? 1 : 0);
    cluster.push_back(i / 5);
  }
  // One cluster of the usual size is supposed that lost, and one that gained.
  for (int i = 0; i < 10; ++i) {
    changes.push_back(i < 5 ? -1 : 1);
    cluster.push_back(100 + i / 5);
  }
  const StudentEstimate by_hand = clustered_mean(changes, cluster);
  EXPECT_NEAR(check.effect->lower.value(), 100 * by_hand.bounds(0.05).lower, 1e-9);
  EXPECT_NEAR(check.p_regression.value(), by_hand.p_less(-0.01), 1e-12);
}

TEST(ClusterTest, clusters_of_one_row_give_nearly_what_rows_give) {
  const Files files = table(800, 60, 20, 120);
  for (const char* text : {"accuracy margin=1pp", "f1(macro) margin=1pp"}) {
    const Check alone = judged_one(clustered(files, 1), text), rows = judged_one(files, text);
    EXPECT_NEAR(alone.effect.value().lower.value(), rows.effect.value().lower.value(), 0.15) << text;
    EXPECT_EQ(alone.status, rows.status) << text;
  }
}

TEST(ClusterTest, resamples_whole_clusters) {
  const Files files = table(400, 40, 10, 50);
  const Check rows = judged_one(files, "f1(macro) margin=1pp");
  const Check clusters = judged_one(clustered(files, 5), "f1(macro) margin=1pp");
  EXPECT_LT(clusters.effect.value().lower.value(), rows.effect.value().lower.value() - 1);
  EXPECT_THAT(clusters.method, HasSubstr("of clusters"));
}

TEST(ClusterTest, ten_clusters_are_the_least) {
  EXPECT_EQ(judged_one(clustered(table(81, 0, 0, 9), 10), "accuracy margin=40pp").reason, "too_few_clusters");
  EXPECT_EQ(judged_one(clustered(table(91, 0, 0, 9), 10), "accuracy margin=40pp").status, Status::pass);
}

TEST(ClusterTest, identical_clusters_are_as_many_observations_as_there_are_clusters) {
  const Files files = table(380, 0, 0, 20);
  EXPECT_EQ(judged_one(files, "accuracy margin=1pp").status, Status::pass);
  EXPECT_EQ(judged_one(clustered(files, 10), "accuracy margin=1pp").status, Status::inconclusive);
}

}  // namespace
}  // namespace modelgate
