#include "runners/torch/answers.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "schemas/tool/files.h"
#include "tests/runners/torch/folder_of_test.h"
#include "tests/schemas/fixtures/records.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr float infinity = std::numeric_limits<float>::infinity();

class AnswersTest : public ::testing::Test {
 protected:
  /// Answers of a model that gave these numbers, for the data or else for as many plain rows.
  template <typename Element>
  Answers answers(const std::string& dtype, const std::vector<std::int64_t>& shape,
                  const std::vector<Element>& values) {
    const Tensor output{"output", dtype, shape, std::as_bytes(std::span(values))};
    for (std::int64_t i = 0; data_.runnable == 0 && i < shape[0]; ++i) {
      DataRow row;
      row.id_json = std::to_string(i);
      data_.rows.push_back(row);
    }
    if (data_.runnable == 0) data_.runnable = shape[0];
    const Answers result = write_answers(data_, &output, classes_, file_);
    if (result.problems.empty()) records_ = read_records(file_);
    return result;
  }

  DataSet data_;
  std::vector<std::string> classes_;
  std::filesystem::path file_ = folder_of_test() / "records.jsonl";
  std::vector<Record> records_;
};

TEST_F(AnswersTest, logits_become_scores_by_softmax_and_the_largest_is_predicted) {
  classes_ = {"refund", "can\"cel"};
  const Answers result = answers<float>("F32", {2, 2}, {1, 3, 2, -1});
  EXPECT_THAT(result.notes, ElementsAre("scores: the softmax of the outputs"));
  EXPECT_EQ(records_[0].prediction, "can\"cel");
  EXPECT_EQ(records_[1].prediction, "refund");
  const double expected = 1 / (1 + std::exp(-2.0));
  EXPECT_THAT(records_[0].scores, ElementsAre(Pair("can\"cel", ::testing::DoubleNear(expected, 1e-7)),
                                              Pair("refund", ::testing::DoubleNear(1 - expected, 1e-7))));
}

TEST_F(AnswersTest, rows_of_probabilities_stand_as_they_are_to_the_last_bit) {
  const float odd = 0.1f + 0.2f;
  const Answers result = answers<float>("F32", {2, 2}, {odd, 1 - odd, 0, 1});
  EXPECT_THAT(result.notes, ElementsAre(HasSubstr("as they stand")));
  EXPECT_EQ(static_cast<float>(records_[0].scores[0].second), odd);
  EXPECT_EQ(records_[1].prediction, "1");
}

TEST_F(AnswersTest, one_row_that_is_no_probability_makes_all_of_them_logits) {
  const Answers result = answers<float>("F32", {2, 2}, {0.5, 0.5, 0, 0.5});
  EXPECT_THAT(result.notes, ElementsAre("scores: the softmax of the outputs"));
}

TEST_F(AnswersTest, rows_without_a_number_carry_an_error_and_no_prediction) {
  const Answers result =
      answers<float>("F32", {4, 2}, {NAN, 1, 0.25, 0.75, infinity, 0, -infinity, -infinity});
  EXPECT_EQ(result.rows, 4);
  EXPECT_EQ(result.errors, 3);
  EXPECT_EQ(records_[0].error, "output is not a number");
  EXPECT_EQ(records_[0].prediction, std::nullopt);
  EXPECT_THAT(records_[0].scores, IsEmpty());
  EXPECT_EQ(records_[1].prediction, "1");
  EXPECT_EQ(records_[2].error, "output is infinite");
  EXPECT_EQ(records_[3].error, "output is infinite");
}

TEST_F(AnswersTest, a_class_ruled_out_by_minus_infinity_has_the_score_zero) {
  answers<float>("F32", {1, 3}, {-infinity, 1, 1});
  EXPECT_THAT(records_[0].scores, ElementsAre(Pair("0", 0.0), Pair("1", 0.5), Pair("2", 0.5)));
  EXPECT_EQ(records_[0].prediction, "1");
}

TEST_F(AnswersTest, one_number_a_row_is_the_score_of_the_positive_class) {
  classes_ = {"stay", "leave"};
  const Answers result = answers<float>("F32", {3, 1}, {0, -2, 0.5});
  EXPECT_THAT(result.notes, ElementsAre("score: the logistic function of the output"));
  EXPECT_EQ(records_[0].prediction, "leave");
  EXPECT_EQ(records_[1].prediction, "stay");
  EXPECT_FLOAT_EQ(static_cast<float>(*records_[1].score), static_cast<float>(1 / (1 + std::exp(2.0))));
}

TEST_F(AnswersTest, scores_within_zero_and_one_stand_as_they_are) {
  EXPECT_THAT(answers<double>("F64", {2}, {0.1, 0.9}).notes, ElementsAre(HasSubstr("as it stands")));
  EXPECT_EQ(records_[0].score, 0.1);
}

TEST_F(AnswersTest, a_whole_number_a_row_is_the_index_of_a_class) {
  classes_ = {"a", "b"};
  EXPECT_EQ(answers<std::int64_t>("I64", {3}, {1, 0, 2}).errors, 1);
  EXPECT_EQ(records_[0].prediction, "b");
  EXPECT_EQ(records_[2].error, "output 2 is no class");
}

TEST_F(AnswersTest, an_output_of_another_shape_predicts_nothing_and_says_so) {
  const Answers result = answers<float>("F32", {1, 2, 2}, {1, 2, 3, 4});
  EXPECT_THAT(result.notes, ElementsAre(HasSubstr("an output of shape [1, 2, 2] and dtype F32 gives none")));
  EXPECT_EQ(records_[0].prediction, std::nullopt);
  EXPECT_EQ(result.errors, 0);
}

TEST_F(AnswersTest, class_names_that_do_not_fit_the_outputs_are_a_problem_and_nothing_is_written) {
  classes_ = {"a", "b"};
  const Answers result = answers<float>("F32", {1, 3}, {1, 2, 3});
  ASSERT_EQ(result.problems.size(), 1u);
  EXPECT_EQ(result.problems[0].sentence, "the model gives 3 scores a row, and there are 2 class names");
  EXPECT_FALSE(std::filesystem::exists(file_));
  classes_ = {"a", "b", "c"};
  EXPECT_EQ(answers<float>("F32", {1}, {1}).problems.at(0).sentence,
            "the model gives one score a row, and there are 3 class names, not 2");
}

TEST_F(AnswersTest, outputs_of_other_rows_than_the_data_have_are_a_problem) {
  data_.rows.resize(3);
  data_.runnable = 3;
  ASSERT_EQ(answers<float>("F32", {2, 2}, {1, 2, 3, 4}).problems.size(), 1u);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(AnswersTest, reads_half_precision_outputs) {
  // 1.5, -2 and NaN in binary16; 1.5, -2 and the smallest subnormal of binary16.
  answers<std::uint16_t>("F16", {2, 2}, {0x3e00, 0xc000, 0x7e00, 0x0001});
  EXPECT_EQ(records_[0].prediction, "0");
  EXPECT_NEAR(records_[0].scores[0].second, 1 / (1 + std::exp(-3.5)), 1e-6);
  EXPECT_EQ(records_[1].error, "output is not a number");
}

TEST_F(AnswersTest, reads_bfloat16_outputs_as_probabilities_within_their_rounding) {
  // 0.33203125 three times: their sum is 0.996.
  const Answers result = answers<std::uint16_t>("BF16", {1, 3}, {0x3eaa, 0x3eaa, 0x3eaa});
  EXPECT_THAT(result.notes, ElementsAre(HasSubstr("as they stand")));
  EXPECT_EQ(records_[0].scores[0].second, 0.33203125);
}

TEST_F(AnswersTest, keeps_what_the_data_say_of_a_row_and_names_label_indices) {
  classes_ = {"stay", "leave"};
  DataRow failed;
  failed.id_json = "\"first\"";
  failed.error = "no answer";
  failed.label = "leave";
  failed.carried_json = ",\"slices\":{\"lang\":\"zh\"}";
  DataRow labelled;
  labelled.id_json = "\"second\"";
  labelled.label_index = 1;
  data_.rows = {failed, labelled};
  data_.runnable = 1;
  const Answers result = answers<float>("F32", {1, 2}, {0, 5});
  EXPECT_EQ(result.rows, 2);
  EXPECT_EQ(result.errors, 1);
  EXPECT_EQ(records_[0].error, "no input: no answer");
  EXPECT_EQ(records_[0].label, "leave");
  EXPECT_THAT(records_[0].slices, ElementsAre(Pair("lang", "zh")));
  EXPECT_EQ(records_[1].label, "leave");
  EXPECT_EQ(records_[1].prediction, "leave");
}

TEST_F(AnswersTest, says_when_no_label_is_the_name_of_a_class) {
  classes_ = {"stay", "leave"};
  DataRow row;
  row.id_json = "9";
  row.label = "1";
  data_.rows = {row};
  data_.runnable = 1;
  EXPECT_THAT(answers<float>("F32", {1, 2}, {0, 5}).notes,
              ::testing::Contains("no label of the data is the name of a class"));
}

TEST_F(AnswersTest, leaves_out_scores_of_thousands_of_classes) {
  EXPECT_THAT(answers<float>("F32", {1, 2000}, std::vector<float>(2000, 1.f)).notes,
              ::testing::Contains(HasSubstr("2000 classes are left out")));
  EXPECT_EQ(records_[0].prediction, "0");
  EXPECT_THAT(records_[0].scores, IsEmpty());
}

TEST(AnsweringTensor, is_the_logits_of_a_dictionary_or_else_the_first_output) {
  const std::vector<Tensor> tuple = {{"output.0", "F32", {1}, {}}, {"output.1", "F32", {1}, {}}};
  const std::vector<Tensor> map = {{"output.hidden", "F32", {1}, {}}, {"output.logits", "F32", {1}, {}}};
  EXPECT_EQ(answering_tensor(tuple)->name, "output.0");
  EXPECT_EQ(answering_tensor(map)->name, "output.logits");
  EXPECT_EQ(answering_tensor({}), nullptr);
}

}  // namespace
}  // namespace modelgate
