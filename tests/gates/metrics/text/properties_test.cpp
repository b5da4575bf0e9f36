// What must hold of any texts.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <stdexcept>

#include "gates/metrics/text/rouge.h"
#include "gates/metrics/text/token_f1.h"
#include "tests/gates/metrics/text/corpus.h"

namespace modelgate {
namespace {

using Texts = std::vector<std::string_view>;

std::vector<TextRow> random_rows(std::size_t count) {
  const std::vector<std::string> words = {"the ", "cat ",  "sat, ", "3.5 ",    "我",
                                          "爱",   "كتاب ", "😀 ",    "e\u0301 "};
  std::mt19937_64 random(20261125);
  std::vector<TextRow> rows;
  for (std::size_t i = 0; i < count; ++i) {
    TextRow row{"", {""}};
    for (std::size_t length = 1 + random() % 20; length > 0; --length) {
      const std::string& word = words[random() % words.size()];
      row.references[0] += word;
      row.hypothesis += random() % 4 == 0 ? words[random() % words.size()] : word;
    }
    rows.push_back(row);
  }
  return rows;
}

std::vector<std::uint64_t> bits_of_scores(const std::vector<TextRow>& rows) {
  const std::vector<double> scores = {
      bleu_score(bleu_sum(rows)), chrf_score(chrf_sum(rows, {.word_order = 2})),
      error_rate(word_error_sum(rows)), error_rate(character_error_sum(rows))};
  std::vector<std::uint64_t> bits;
  for (const double score : scores) bits.push_back(std::bit_cast<std::uint64_t>(score));
  return bits;
}

TEST(TextMetricProperties, order_of_rows_leaves_every_bit_of_a_corpus_score) {
  std::vector<TextRow> rows = random_rows(60);
  const auto before = bits_of_scores(rows);
  std::mt19937_64 random(1);
  for (int i = 0; i < 5; ++i) {
    std::shuffle(rows.begin(), rows.end(), random);
    EXPECT_EQ(bits_of_scores(rows), before);
  }
}

TEST(TextMetricProperties, a_row_that_is_drawn_twice_counts_twice) {
  const std::vector<TextRow> rows = random_rows(2);
  BleuCounts sum{};
  add(sum, bleu_sum({rows[0]}), 2);
  add(sum, bleu_sum({rows[1]}), 0);
  EXPECT_EQ(sum, bleu_sum({rows[0], rows[0]}));
}

TEST(TextMetricProperties, equal_texts_have_the_best_value) {
  std::vector<TextRow> rows = random_rows(40);
  for (TextRow& row : rows) row.hypothesis = row.references[0];
  for (const BleuTokens tokens : {BleuTokens::mteval_13a, BleuTokens::characters, BleuTokens::chinese}) {
    EXPECT_NEAR(bleu_score(bleu_sum(rows, {.tokens = tokens})), 100, 1e-10);
  }
  EXPECT_NEAR(chrf_score(chrf_sum(rows)), 100, 1e-10);
  EXPECT_NEAR(chrf_score(chrf_sum(rows, {.word_order = 2})), 100, 1e-10);
  EXPECT_EQ(error_rate(word_error_sum(rows)), 0);
  EXPECT_EQ(error_rate(character_error_sum(rows)), 0);
  for (const TextRow& row : rows) {
    EXPECT_TRUE(exact_match(row.hypothesis, row.views()));
    EXPECT_EQ(token_f1(row.hypothesis, row.views()), 1);
    EXPECT_EQ(rouge_l(row.hypothesis, row.views(), RougeTokens::characters).f_measure, 1);
  }
}

TEST(TextMetricProperties, differing_texts_have_worse_values) {
  const std::vector<TextRow> rows = random_rows(40);
  EXPECT_LT(bleu_score(bleu_sum(rows)), 90);
  EXPECT_GT(bleu_score(bleu_sum(rows)), 5);
  EXPECT_LT(chrf_score(chrf_sum(rows)), 90);
  EXPECT_GT(error_rate(word_error_sum(rows)), 0.05);
  EXPECT_LT(error_rate(character_error_sum(rows)), 0.5);
}

TEST(TextMetricProperties, one_more_reference_never_lowers_a_row) {
  for (const TextRow& row : random_rows(30)) {
    Texts both = row.views();
    both.push_back("the cat sat, 我爱 3.5");
    EXPECT_GE(token_f1(row.hypothesis, both), token_f1(row.hypothesis, row.views()));
    EXPECT_GE(rouge_l(row.hypothesis, both, RougeTokens::words).f_measure,
              rouge_l(row.hypothesis, row.views(), RougeTokens::words).f_measure);
    EXPECT_GE(chrf_score(chrf_counts(row.hypothesis, both)),
              chrf_score(chrf_counts(row.hypothesis, row.views())));
  }
}

TEST(TextMetricProperties, of_references_that_are_equally_good_the_first_counts) {
  EXPECT_EQ(chrf_counts("ab", Texts{"xyz", "vwxyz"}), chrf_counts("ab", Texts{"xyz"}));
  EXPECT_EQ(chrf_counts("ab", Texts{"vwxyz", "xyz"}), chrf_counts("ab", Texts{"vwxyz"}));
}

TEST(TextMetricProperties, without_a_reference_nothing_is_said) {
  EXPECT_TRUE(std::isnan(bleu_score({})));
  EXPECT_TRUE(std::isnan(chrf_score({})));
  EXPECT_TRUE(std::isnan(error_rate({})));
  for (const Texts& references : {Texts{}, Texts{""}, Texts{" \n", ""}}) {
    EXPECT_TRUE(std::isnan(bleu_score(bleu_counts("a b c d", references))));
    EXPECT_TRUE(std::isnan(chrf_score(chrf_counts("abcdef", references))));
    EXPECT_TRUE(std::isnan(rouge_l("a b", references).f_measure));
    EXPECT_TRUE(std::isnan(rouge_n("a b", references, 1).f_measure));
  }
  EXPECT_TRUE(std::isnan(error_rate(word_errors("a", " "))));
}

TEST(TextMetricProperties, rouge_refuses_to_judge_a_text_of_which_it_sees_nothing) {
  EXPECT_TRUE(std::isnan(rouge_l("你好", Texts{"你好世界"}).f_measure));
  EXPECT_DOUBLE_EQ(rouge_l("你好", Texts{"你好世界"}, RougeTokens::words).recall, 0.5);
  // A reference without tokens is passed over where another has some.
  EXPECT_EQ(rouge_l("hello", Texts{"你好", "hello"}).f_measure, 1);
}

TEST(TextMetricProperties, an_empty_hypothesis_has_the_worst_value) {
  const Texts references = {"a b c d e"};
  EXPECT_EQ(bleu_score(bleu_counts("", references)), 0);
  EXPECT_EQ(chrf_score(chrf_counts("", references)), 0);
  EXPECT_EQ(error_rate(word_errors("", "a b c d e")), 1);
  EXPECT_EQ(rouge_l("", references).f_measure, 0);
  EXPECT_EQ(token_f1("", references), 0);
}

TEST(TextMetricProperties, an_accent_is_the_same_however_it_was_typed) {
  EXPECT_EQ(character_errors("cafe\u0301", "café"), (ErrorCounts{0, 4}));
  EXPECT_EQ(word_errors("cafe\u0301", "café"), (ErrorCounts{0, 1}));
  EXPECT_EQ(character_errors("我爱你", "我恨你们"), (ErrorCounts{2, 4}));
  EXPECT_EQ(word_errors("我爱你", "我恨你们"), (ErrorCounts{2, 4}));
}

TEST(TextMetricProperties, orders_that_do_not_exist_are_refused) {
  EXPECT_THROW(chrf_counts("a", Texts{"a"}, {.word_order = 3}), std::invalid_argument);
  EXPECT_THROW(chrf_counts("a", Texts{"a"}, {.word_order = -1}), std::invalid_argument);
  EXPECT_THROW(rouge_n("a", Texts{"a"}, 0), std::invalid_argument);
  EXPECT_FALSE(bleu_tokens_from("intl"));
  EXPECT_FALSE(rouge_tokens_from(""));
}

}  // namespace
}  // namespace modelgate
