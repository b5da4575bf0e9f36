// Checks by slice.

#include "gates/quality/slices/slices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/statistics/random.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Rows of JSON that stand in both files but for what the models answered.
class SlicesTest : public ::testing::Test {
 protected:
  /// So many rows with these fields ("\"lang\": \"zh\""), of which the candidate loses some.
  void add(const std::string& fields, int rows, int lost = 0) {
    for (int i = 0; i < rows; ++i, ++next_) {
      const std::string begin =
          "{\"id\": " + std::to_string(next_) + ", \"label\": \"" + (next_ % 2 ? "y" : "x") + "\"";
      const std::string right = next_ % 2 ? "y" : "x", wrong = next_ % 2 ? "x" : "y";
      const std::string end = (fields.empty() ? "" : ", " + fields) + "}\n";
      baseline_ += begin + ", \"prediction\": \"" + right + "\"" + end;
      candidate_ += begin + ", \"prediction\": \"" + (i < lost ? wrong : right) + "\"" + end;
    }
  }

  const std::vector<Check>& judge(const std::vector<std::string>& checks) {
    QualityDemands demands = demands_;
    for (const std::string& text : checks) demands.checks.push_back(parse_check(text));
    demands.expected_slices = expected_slices(expected_, demands.checks);
    const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    const auto folder = std::filesystem::path(::testing::TempDir()) / "quality slices" / test;
    write_file(folder / "old.jsonl", baseline_);
    write_file(folder / "new.jsonl", candidate_);
    const RowRequest request = request_of(demands);
    const AnswerFile before = read_answer_file(folder / "old.jsonl", request, 1),
                     now = read_answer_file(folder / "new.jsonl", request, 1);
    verdict_ = {};
    judge_quality(&before, now, demands, verdict_);
    return verdict_.checks;
  }

  std::vector<std::string> slices() const {
    std::vector<std::string> names;
    for (const Check& check : verdict_.checks) names.push_back(in_words(check.slice));
    return names;
  }

  std::string baseline_, candidate_;
  int next_ = 0;
  QualityDemands demands_;
  std::vector<std::string> expected_;
  Verdict verdict_;
};

TEST_F(SlicesTest, a_crossing_has_a_check_for_every_pair_of_values_that_occurs) {
  add(R"("slices": {"lang": "en", "channel": "mail"})", 40);
  add(R"("slices": {"lang": "en", "channel": "web"})", 50);
  add(R"("slices": {"lang": "zh", "channel": "web"})", 60, 30);
  judge({"accuracy margin=10pp by=lang*channel"});
  EXPECT_THAT(slices(), ElementsAre("channel=web, lang=zh", "channel=mail, lang=en", "channel=web, lang=en"));
  EXPECT_EQ(verdict_.checks[0].n.at("rows"), 60);
  EXPECT_EQ(verdict_.checks[0].status, Status::fail);
  EXPECT_EQ(verdict_.checks[2].n.at("rows"), 50);
  EXPECT_THAT(
      verdict_.warnings,
      ElementsAre(HasSubstr("accuracy by channel, lang: 1 of 3 slices is worse than the baseline by the "
                            "whole interval: web/zh by 39")));
}

TEST_F(SlicesTest, a_number_parts_the_rows_by_its_bin_and_none_is_left_out) {
  add(R"("length": -3)", 30);
  add(R"("length": 0)", 31);
  add(R"("length": 9.99)", 32);
  add(R"("length": 10)", 33);
  add(R"("length": 1e9)", 34);
  judge({"accuracy margin=10pp by=length[0,10,100]"});
  EXPECT_THAT(slices(), ElementsAre("length=below 0", "length=0 to below 10", "length=10 to below 100",
                                    "length=100 and above"));
  EXPECT_EQ(verdict_.checks[1].n.at("rows"), 63);
}

TEST_F(SlicesTest, a_row_without_the_number_or_with_no_number_is_an_error) {
  add(R"("length": 3)", 30);
  add("", 1);
  ASSERT_THAT(judge({"accuracy margin=10pp by=length[10]"}), SizeIs(2)) << "of either file";
  EXPECT_EQ(verdict_.checks[0].reason, "field_missing");
  EXPECT_THAT(verdict_.checks[0].sentence,
              HasSubstr("1 row of the baseline has no 'length': old.jsonl:31 (id 30)"));
  add(R"("length": null)", 1);
  EXPECT_EQ(judge({"accuracy margin=10pp by=length[10]"}).at(0).reason, "field_missing");
  add(R"("length": "long")", 1);
  EXPECT_THROW(judge({"accuracy margin=10pp by=length[10]"}), Error);
}

TEST_F(SlicesTest, a_bare_name_is_that_of_a_slice_if_a_row_has_it_and_else_that_of_a_field) {
  add(R"("lang": "top", "slices": {"lang": "en"})", 40);
  judge({"accuracy margin=10pp by=lang"});
  EXPECT_THAT(slices(), ElementsAre("lang=en"));
  judge({"accuracy margin=10pp by=slices.lang"});
  EXPECT_THAT(slices(), ElementsAre("lang=en"));
  add(R"("lang": "top")", 1);
  EXPECT_EQ(judge({"accuracy margin=10pp by=lang"}).at(0).reason, "field_missing")
      << "a row that has the field alone";

  baseline_ = candidate_ = "";
  add(R"("lang": "top", "metrics": {"tries": 2})", 40);
  judge({"accuracy margin=10pp by=lang", "accuracy margin=10pp by=metrics.tries",
         "accuracy margin=10pp by=label"});
  EXPECT_THAT(slices(), ElementsAre("lang=top", "metrics.tries=2", "label=x", "label=y"));
  EXPECT_EQ(judge({"accuracy margin=10pp by=slices.lang"}).at(0).reason, "field_missing");
  EXPECT_THAT(judge({"accuracy margin=10pp by=nowhere"}).at(0).sentence, HasSubstr("no 'slices.nowhere'"));
}

TEST_F(SlicesTest, slices_have_a_margin_of_their_own) {
  add(R"("lang": "en")", 400, 8);
  add(R"("lang": "zh")", 400, 8);
  judge({"accuracy margin=4pp", "accuracy margin=5pp by=lang"});
  EXPECT_THAT(verdict_.checks, SizeIs(3));
  EXPECT_EQ(verdict_.checks[0].margin, 4);
  EXPECT_EQ(verdict_.checks[1].margin, 5);
  EXPECT_EQ(worst(verdict_.checks), Status::pass);
}

TEST_F(SlicesTest, an_expected_slice_that_no_row_is_of_is_an_error) {
  add(R"("lang": "en", "channel": "web")", 40);
  expected_ = {"lang=en"};
  EXPECT_THAT(judge({"accuracy margin=10pp by=lang"}), SizeIs(1));
  EXPECT_EQ(verdict_.checks[0].status, Status::pass);
  expected_ = {"lang=em", "lang=zh"};
  ASSERT_THAT(judge({"accuracy margin=10pp by=lang"}), SizeIs(2));
  EXPECT_EQ(verdict_.checks[0].reason, "slice_missing");
  EXPECT_EQ(verdict_.checks[0].sentence, "no row is of the expected slice lang=em");
  EXPECT_EQ(verdict_.checks[0].needs, "rows of that slice; there are 'lang=en'");
  expected_ = {"lang=en*channel=mail"};
  EXPECT_EQ(judge({"accuracy margin=10pp by=lang*channel"}).at(0).reason, "slice_missing");
}

TEST_F(SlicesTest, a_slice_that_disappears_and_one_that_is_new_are_named_with_their_rows) {
  add(R"("lang": "en")", 40);
  const std::string both = candidate_;
  add(R"("lang": "zh")", 12);
  candidate_ = both + R"({"id": 99, "label": "x", "prediction": "x", "lang": "fr"})"
                      "\n";
  judge({"accuracy margin=10pp by=lang"});
  std::vector<std::string> told;
  for (const Check& check : verdict_.checks)
    if (check.reason == "slice_missing") told.push_back(check.name + ": " + check.sentence);
  EXPECT_THAT(
      told,
      ElementsAre("slices missing of the candidate by lang: the candidate has no row of a slice by lang "
                  "that the baseline has: zh (12 rows)",
                  "slices missing of the baseline by lang: a slice by lang is new, the baseline has no row "
                  "of it: fr (1 row)"));
}

TEST_F(SlicesTest, a_slice_that_shrinks_says_by_how_much_and_one_that_is_lost_is_an_error) {
  add(R"("lang": "en")", 90);
  add(R"("lang": "zh")", 37);
  candidate_ += R"({"id": 200, "error": "timed out"})"
                "\n";
  baseline_ += R"({"id": 200, "label": "x", "prediction": "x", "lang": "zh"})"
               "\n";
  demands_.maximum_errors = 0.1;
  judge({"accuracy margin=10pp", "accuracy margin=10pp by=lang"});
  ASSERT_THAT(verdict_.checks, SizeIs(3));
  EXPECT_THAT(verdict_.checks[1].warnings, IsEmpty());
  EXPECT_EQ(in_words(verdict_.checks[2].slice), "lang=zh");
  EXPECT_THAT(
      verdict_.checks[2].warnings,
      ElementsAre(
          "1 of the 38 rows carries an error instead of an answer: the slice has shrunk to what is left"));

  candidate_ += R"({"id": 201, "error": "timed out", "lang": "fr"})"
                "\n";
  baseline_ += R"({"id": 201, "error": "timed out", "lang": "fr"})"
               "\n";
  ASSERT_THAT(judge({"accuracy margin=10pp by=lang"}), SizeIs(1));
  EXPECT_EQ(verdict_.checks[0].reason, "slice_missing");
  EXPECT_EQ(verdict_.checks[0].sentence, "the only row with lang=fr carries an error instead of an answer");

  candidate_.clear();
  baseline_.clear();
  add(R"("lang": "en")", 90);
  candidate_ += R"({"id": 300, "error": "timed out"})"
                "\n";
  baseline_ += R"({"id": 300, "error": "timed out"})"
               "\n";
  judge({"accuracy margin=10pp by=lang"});
  EXPECT_THAT(verdict_.warnings, Contains("1 row without an answer names no lang"));
}

TEST_F(SlicesTest, small_slices_are_judged_together_where_that_is_declared) {
  add(R"("lang": "en")", 90);
  add(R"("lang": "fr")", 12, 12);
  add(R"("lang": "de")", 20, 20);
  judge({"accuracy margin=10pp by=lang"});
  EXPECT_THAT(slices(), ElementsAre("lang=en", "lang=de", "lang=fr"));
  EXPECT_EQ(verdict_.checks[1].reason, "slice_too_small");

  demands_.small_slices.pooled = true;
  judge({"accuracy margin=10pp by=lang"});
  EXPECT_THAT(slices(), ElementsAre("lang=(others)", "lang=en"));
  const Check& others = verdict_.checks[0];
  EXPECT_EQ(others.status, Status::fail);
  EXPECT_EQ(others.n.at("rows"), 32);
  EXPECT_THAT(others.warnings, ElementsAre("2 small slices are judged together here"));
  EXPECT_THAT(others.details, HasSubstr("Judged together:\nlang=de (20 rows)\nlang=fr (12 rows)"));

  demands_.small_slices.minimum = 100;
  judge({"accuracy margin=20pp by=lang"});
  EXPECT_THAT(slices(), ElementsAre("lang=(others)")) << "all are small";
  demands_.small_slices.minimum = 20;
  judge({"accuracy margin=10pp by=lang"});
  EXPECT_THAT(slices(), Contains("lang=fr")) << "one alone is judged by its name";
}

TEST_F(SlicesTest, a_value_called_like_the_others_is_not_taken_for_them) {
  add(R"row("lang": "(others)")row", 90);
  add(R"("lang": "fr")", 12);
  add(R"("lang": "de")", 20);
  demands_.small_slices.pooled = true;
  judge({"accuracy margin=10pp by=lang"});
  EXPECT_THAT(slices(), ElementsAre("lang=(others)", "lang=((others))"));
}

TEST_F(SlicesTest, the_largest_proven_loss_comes_first_and_not_the_largest_estimate) {
  add(R"("lang": "few")", 30, 5);       // 17 points, 7 of them proven
  add(R"("lang": "many")", 1000, 100);  // 10 points, 8 of them proven
  add(R"("lang": "same")", 1000, 0);
  add(R"("lang": "some")", 1000, 30);  // 3 points
  judge({"accuracy margin=1pp by=lang"});
  EXPECT_THAT(slices(), ElementsAre("lang=many", "lang=few", "lang=some", "lang=same"));
  EXPECT_LT(verdict_.checks[1].effect->estimate, verdict_.checks[0].effect->estimate);
  EXPECT_THAT(verdict_.warnings, ElementsAre(HasSubstr("3 of 4 slices are worse than the baseline")));
}

/// The lines in another order.
std::string shuffled(const std::string& text, std::uint64_t seed) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin) + 1;
    lines.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  RandomStream random(seed, 0);
  for (std::size_t i = lines.size(); i > 1; --i)
    std::swap(lines[i - 1], lines[random.below(static_cast<std::uint32_t>(i))]);
  std::string all;
  for (const std::string& line : lines) all += line;
  return all;
}

TEST_F(SlicesTest, the_order_of_rows_makes_no_difference) {
  for (int i = 0; i < 12; ++i)
    add(R"("lang": "l)" + std::to_string(i % 4) + R"(", "length": )" + std::to_string(i * 7 % 23), 10 + i * i,
        i);
  demands_.small_slices.pooled = true;
  const std::vector<std::string> checks = {"accuracy margin=4pp by=lang*length[5,15]",
                                           "f1(macro) margin=4pp min=0.5 by=length",
                                           "accuracy margin=4pp by=lang"};
  const std::vector<Check> usual = judge(checks);
  ASSERT_GT(usual.size(), 20u);
  const std::vector<std::string> warnings = verdict_.warnings;
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    baseline_ = shuffled(baseline_, seed);
    candidate_ = shuffled(candidate_, seed + 100);
    EXPECT_EQ(judge(checks), usual);
    EXPECT_EQ(verdict_.warnings, warnings);
  }
}

}  // namespace
}  // namespace modelgate
