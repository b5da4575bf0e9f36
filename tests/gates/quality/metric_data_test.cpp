// What can be wrong with the data of the metrics that are no counts of classes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "schemas/tool/error.h"
#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Judges rows that are written as JSON lines.
class MetricDataTest : public ::testing::Test {
 protected:
  AnswerFile file(const std::string& name, const std::string& lines, const RowRequest& request) {
    // Tests run at the same time.
    const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    const auto path = std::filesystem::path(::testing::TempDir()) / "metric data" / test / name;
    write_file(path, lines);
    return read_answer_file(path, request, 1);
  }
  std::vector<Check> judged(const std::string& baseline, const std::string& candidate,
                            const std::string& check, const std::vector<std::string>& labels = {}) {
    QualityDemands demands = demanding({check});
    demands.all_classes = labels;
    demands.minimum_rows = 1;
    const RowRequest request = request_of(demands);
    const AnswerFile old = file("old.jsonl", baseline, request), now = file("new.jsonl", candidate, request);
    Verdict verdict;
    verdict.gate = "quality";
    judge_quality(&old, now, demands, verdict);
    return verdict.checks;
  }
  /// The first check: what is wrong with both files is two.
  Check one(const std::string& baseline, const std::string& candidate, const std::string& check,
            const std::vector<std::string>& labels = {}) {
    const std::vector<Check> checks = judged(baseline, candidate, check, labels);
    return checks.empty() ? Check{} : checks.front();
  }
};

const std::string good = R"({"id":1,"label":"a","prediction":"a","scores":{"a":0.7,"b":0.3}}
{"id":2,"label":"b","prediction":"b","scores":{"a":0.2,"b":0.8}}
)";

TEST_F(MetricDataTest, probabilities_must_be_probabilities) {
  const std::vector<std::string> labels = {"a", "b"};
  for (const char* scores :
       {R"({"a":1.7,"b":-0.7})", R"({"a":4.2,"b":3.1})", R"({"a":0.5,"b":0.3})", R"({})"}) {
    const std::string bad = good.substr(0, good.find('\n') + 1) +
                            R"({"id":2,"label":"b","prediction":"b","scores":)" + scores + "}\n";
    for (const char* check : {"log_loss margin=5%", "brier margin=5%", "calibration_error margin=1pp"}) {
      const Check error = one(good, bad, check, labels);
      EXPECT_EQ(error.status, Status::error) << scores << check;
      EXPECT_EQ(error.reason, "value_out_of_range");
      EXPECT_THAT(error.sentence, HasSubstr("1 row of the candidate has no probabilities"));
      EXPECT_THAT(error.sentence, HasSubstr("new.jsonl:2 (id 2)"));
    }
  }
  // The order of scores needs no probabilities.
  const std::string logits = R"({"id":1,"label":"a","scores":{"a":4.2,"b":3.1}}
{"id":2,"label":"b","scores":{"a":1,"b":8}}
)";
  EXPECT_NE(one(logits, logits, "top@1 margin=1pp", labels).status, Status::error);
}

TEST_F(MetricDataTest, a_probability_of_one_class_must_be_one) {
  const std::string binary = R"({"id":1,"label":0,"score":0.2}
{"id":2,"label":1,"score":0.9}
)",
                    raw = R"({"id":1,"label":0,"score":-3.5}
{"id":2,"label":1,"score":4}
)";
  EXPECT_EQ(one(binary, raw, "log_loss margin=5%", {"0", "1"}).reason, "value_out_of_range");
  EXPECT_NE(one(binary, binary, "log_loss margin=5%", {"0", "1"}).status, Status::error);
}

TEST_F(MetricDataTest, numbers_are_asked_for_where_they_are_missing) {
  const std::string whole = R"({"id":1,"label":2.5,"prediction":2}
{"id":2,"label":3,"prediction":3.5}
)",
                    part = R"({"id":1,"label":2.5,"prediction":2}
{"id":2,"label":3}
)";
  const Check missing = one(whole, part, "mae margin=5%");
  EXPECT_EQ(missing.reason, "field_missing");
  EXPECT_THAT(missing.sentence, HasSubstr("1 row of the candidate has no 'prediction'"));
  const std::string other = R"({"id":1,"label":2.5,"prediction":2}
{"id":2,"label":4,"prediction":3.5}
)";
  const Check differs = one(whole, other, "rmse margin=5%");
  EXPECT_EQ(differs.reason, "labels_differ");
  EXPECT_THAT(differs.sentence, HasSubstr("id 2: 3 in old.jsonl:2, 4 in new.jsonl:2"));
  EXPECT_EQ(one(whole, whole, "mean(metrics.x) prefer=higher margin=1").status, Status::error)
      << "no check, no field";
}

TEST_F(MetricDataTest, texts_need_one_and_the_same_reference) {
  const std::string whole = R"({"id":1,"output":"a b","reference":"a b c"}
{"id":2,"output":"b","references":["b c","b"]}
)";
  EXPECT_NE(one(whole, whole, "token_f1 margin=1pp").status, Status::error);
  EXPECT_EQ(one(whole, whole, "wer margin=1pp").reason, "value_out_of_range") << "no rate of two references";
  const std::string none = R"({"id":1,"output":"a b","reference":"a b c"}
{"id":2,"output":"b"}
)";
  EXPECT_EQ(one(none, none, "bleu margin=1").reason, "value_out_of_range");
  const std::string other = R"({"id":1,"output":"a b","reference":"a b c"}
{"id":2,"output":"b","references":["b c","x"]}
)";
  const Check differs = one(whole, other, "token_f1 margin=1pp");
  EXPECT_EQ(differs.reason, "references_differ");
  for (const char* list : {R"("b c")", R"([1, 2])", R"({"a":"b"})", R"([])", R"(["b")"}) {
    const std::string bad = R"({"id":1,"output":"b","references":)" + std::string(list) + "}\n";
    try {
      EXPECT_EQ(one(bad, bad, "token_f1 margin=1pp").status, Status::error) << list;
    } catch (const Error&) {
      // What is no JSON the reader refuses.
    }
  }
}

TEST_F(MetricDataTest, ranked_lists_are_lists_of_relevances) {
  const auto rows = [](const std::string& ranked) { return R"({"id":1,"ranked":)" + ranked + "}\n"; };
  EXPECT_NE(one(rows("[3,0,1]"), rows("[0,1,3]"), "ndcg@3 margin=1pp").status, Status::error);
  for (const char* bad :
       {"[-1]", "[61]", "[\"a\"]", "[1,[2]]", "{\"a\":1}", "\"[1,2\"", "\"1 2x\"", "[1e999]"})
    try {
      EXPECT_EQ(one(rows("[3]"), rows(bad), "ndcg@3 margin=1pp").status, Status::error) << bad;
    } catch (const Error&) {
      // What is no JSON the reader refuses.
    }
  const std::string nothing = R"({"id":1,"ranked":[0,0],"judged":[0,0,0]})"
                              "\n";
  EXPECT_EQ(one(nothing, nothing, "recall@2 margin=1pp").reason, "value_out_of_range") << "nothing to find";
}

TEST_F(MetricDataTest, tokens_are_counted_alike_and_are_counts) {
  const auto rows = [](const std::string& nll, const std::string& tokens) {
    return R"({"id":1,"nll":)" + nll + R"(,"tokens":)" + tokens + "}\n" + R"({"id":2,"nll":5,"tokens":3})" +
           "\n";
  };
  EXPECT_EQ(one(rows("10", "5"), rows("10", "6"), "perplexity margin=2%").reason, "references_differ");
  EXPECT_EQ(one(rows("10", "5.5"), rows("10", "5.5"), "perplexity margin=2%").reason, "value_out_of_range");
  EXPECT_EQ(one(rows("-10", "5"), rows("10", "5"), "perplexity margin=2%").reason, "value_out_of_range");
  EXPECT_EQ(one(rows("10", "-5"), rows("10", "-5"), "perplexity margin=2%").reason, "value_out_of_range");
}

TEST_F(MetricDataTest, a_judge_that_goes_by_the_place_decides_nothing) {
  std::string baseline, candidate;
  for (int i = 0; i < 300; ++i) {
    baseline += R"({"id":)" + std::to_string(i) + "}\n";
    const bool by_place = i % 3 == 0;
    candidate += R"({"id":)" + std::to_string(i) + R"(,"metrics":{"won_first":1,"won_second":)" +
                 (by_place     ? "0"
                  : i % 2 == 0 ? "1"
                               : "0.5") +
                 "}}\n";
  }
  const Check unstable = one(baseline, candidate, "win_rate margin=5pp flips=20%");
  EXPECT_EQ(unstable.status, Status::inconclusive);
  EXPECT_EQ(unstable.reason, "judge_unstable");
  EXPECT_EQ(unstable.n.at("flips"), 100);
  EXPECT_THAT(unstable.needs, HasSubstr("a judge"));
  const Check tolerated = one(baseline, candidate, "win_rate margin=5pp flips=40%");
  EXPECT_EQ(tolerated.status, Status::pass);
  EXPECT_THAT(tolerated.warnings, ::testing::ElementsAre(HasSubstr("33.3 %")));
}

TEST_F(MetricDataTest, a_first_release_is_judged_by_limits_alone) {
  QualityDemands demands = demanding({"mae margin=5% max=3", "accuracy gain=1pp"});
  demands.minimum_rows = 1;
  std::string lines;
  for (int i = 0; i < 40; ++i)
    lines += R"({"id":)" + std::to_string(i) + R"(,"label":)" + std::to_string(i) + R"(,"prediction":)" +
             std::to_string(i + i % 2) + "}\n";
  Verdict verdict;
  verdict.gate = "quality";
  verdict.first_release = true;
  judge_quality(nullptr, file("new.jsonl", lines, request_of(demands)), demands, verdict);
  ASSERT_EQ(verdict.checks.size(), 3u);
  EXPECT_EQ(verdict.checks[0].status, Status::not_compared);
  EXPECT_EQ(verdict.checks[1].name, "mae max");
  EXPECT_EQ(verdict.checks[1].status, Status::pass);
  EXPECT_EQ(verdict.checks[1].limit.value().value, 3);
  EXPECT_EQ(verdict.checks[2].name, "accuracy gain");
  EXPECT_EQ(verdict.checks[2].status, Status::not_compared);
}

}  // namespace
}  // namespace modelgate
