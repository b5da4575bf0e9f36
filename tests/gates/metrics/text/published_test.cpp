// Values that others publish for their own tools.

#include <gtest/gtest.h>

#include "gates/metrics/text/rouge.h"
#include "tests/gates/metrics/text/corpus.h"

namespace modelgate {
namespace {

/// The example of sacrebleu's README.
const std::vector<TextRow> kDogs = {
    {"The dog bit the man.", {"The dog bit the man.", "The dog had bit the man."}},
    {"It wasn't surprising.", {"It was not unexpected.", "No one was surprised."}},
    {"The man had just bitten him.", {"The man bit him first.", "The man had bitten the dog."}}};

TEST(PublishedBleu, of_the_readme_of_sacrebleu) {
  const BleuCounts sum = bleu_sum(kDogs);
  // BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18); test/test_bleu.py
  EXPECT_EQ(sum, (BleuCounts{17, 18, 14, 7, 5, 3, 17, 14, 11, 8}));
  EXPECT_NEAR(bleu_score(sum), 48.530827, 1e-6);
  EXPECT_NEAR(bleu_score(bleu_sum(kDogs, {.tokens = BleuTokens::blanks})), 49.1919566, 1e-7);
}

TEST(PublishedBleu, of_empty_hypotheses_is_zero) {
  std::vector<TextRow> rows = kDogs;
  for (TextRow& row : rows) row.hypothesis.clear();
  EXPECT_EQ(bleu_score(bleu_sum(rows)), 0);
}

TEST(PublishedBleu, of_counts_in_the_tests_of_sacrebleu) {
  EXPECT_NEAR(bleu_score({11, 11, 9, 7, 5, 3, 10, 8, 6, 4}), 83.75922397, 1e-8);
  EXPECT_EQ(bleu_score({0, 1, 0, 0, 0, 0, 4, 4, 2, 1}), 0);
  EXPECT_EQ(bleu_score({14, 10, 0, 0, 0, 0, 10, 11, 12, 0}), 0);
}

TEST(PublishedBleu, of_one_sentence_with_every_tokenizer) {
  // test/test_sentence_bleu.py, exponential smoothing
  const std::vector<TextRow> rows = {
      {"Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;",
       {"producţia de zahăr brut se exprimă în zahăr alb;"}}};
  EXPECT_NEAR(bleu_score(bleu_sum(rows)), 8.493, 1e-3);
  EXPECT_NEAR(bleu_score(bleu_sum(rows, {.tokens = BleuTokens::blanks})), 7.347, 1e-3);
  EXPECT_NEAR(bleu_score(bleu_sum(rows, {.tokens = BleuTokens::characters})), 40.8759, 1e-3);
  EXPECT_NEAR(bleu_score(bleu_sum(rows, {.tokens = BleuTokens::characters, .lower_case = true})), 42.0267,
              1e-3);
  EXPECT_EQ(bleu_score(bleu_sum({{"this is a cat", {"okay thanks"}}})), 0);
}

TEST(PublishedBleu, leaves_out_empty_references_where_there_are_others) {
  // "Variable number of references" of the README: an empty one is none.
  EXPECT_EQ(bleu_sum({{"a b c d", {"", "a b c d e f g"}}}), bleu_sum({{"a b c d", {"a b c d e f g"}}}));
}

TEST(PublishedChrf, of_the_readme_of_sacrebleu) { EXPECT_NEAR(chrf_score(chrf_sum(kDogs)), 59.73, 0.005); }

TEST(PublishedChrf, of_the_metric_card_of_hugging_face) {
  const std::vector<TextRow> rows = {
      {"The relationship between cats and dogs is not exactly friendly.",
       {"The relationship between dogs and cats is not exactly friendly."}},
      {"a good bookshop is just a genteel black hole that knows how to read.",
       {"A good bookshop is just a genteel Black Hole that knows how to read."}}};
  EXPECT_NEAR(chrf_score(chrf_sum(rows)), 84.64214891738334, 1e-9);
  EXPECT_NEAR(chrf_score(chrf_sum(rows, {.word_order = 2})), 82.87263732906315, 1e-9);
  EXPECT_NEAR(chrf_score(chrf_sum(rows, {.word_order = 2, .lower_case = true})), 92.12853119829202, 1e-9);
  EXPECT_NEAR(chrf_score(chrf_sum({rows[0]})), 84.41131092011067, 1e-9);
}

TEST(PublishedChrf, with_effective_order_in_the_tests_of_sacrebleu) {
  const auto score = [](const std::vector<TextRow>& rows) { return chrf_score(chrf_sum(rows), 3); };
  EXPECT_NEAR(score({{"a", {"a"}}}), 100, 1e-9);
  EXPECT_NEAR(score({{"a b c", {"abc"}}}), 100, 1e-9);
  EXPECT_EQ(score({{"", {"reference"}}}), 0);
  EXPECT_NEAR(score({{"a", {"a"}}, {"b", {"c"}}}), 50, 1e-9);
  EXPECT_NEAR(score({{"aa", {"ab"}}}), 25, 1e-9);
}

void expect_rouge(const RougeScore& score, double recall, double precision, double f_measure) {
  EXPECT_NEAR(score.recall, recall, 5e-6);
  EXPECT_NEAR(score.precision, precision, 5e-6);
  EXPECT_NEAR(score.f_measure, f_measure, 5e-6);
}

/// rouge/testdata of rouge_score, whose values were computed with ROUGE-1.5.5.
TEST(PublishedRouge, of_texts_that_rouge_1_5_5_was_run_on) {
  const std::string_view hypothesis =
      "rFDJCRtion Ht-LM EKtDXkME,yz'RBr q'wer wrojNbN wL,b .a-'XdQggyFl jB-RPP'iyOIcUxi";
  const std::string_view reference =
      "ZfbCUIUuePaiLVUlCaUXxkpu XPeWing tUHfPMuZ',-Xd Y BrUgVJing M-HV.-DgdDaY.rFDJCRing Ht-LM "
      "EKBDXkME,yz'RBr q'wtion wIojNbN wL,b .a-'XdQggyFl jB-RPP'iyOIcUxer tKM L";
  const std::span<const std::string_view> references(&reference, 1);
  expect_rouge(rouge_n(hypothesis, references, 1), 0.40741, 0.68750, 0.51163);
  expect_rouge(rouge_n(hypothesis, references, 2), 0.30769, 0.53333, 0.39024);
  expect_rouge(rouge_l(hypothesis, references), 0.40741, 0.68750, 0.51163);
}

TEST(PublishedRouge, of_the_second_of_these_texts) {
  const std::string_view hypothesis =
      "n cw-WeFyu vC MoBL Xdn g wkvcEiGvKtion BDFhrpMer pstion sbKao Q m qier LMmed HqqLFXe,XPY,J XsurkMeo "
      ",ed "
      "nB'wH'bWVHjWFEer tQ.saefZwJtKrTlixYpMMNJtion UCAPwNHeYVjD";
  const std::string_view reference =
      "KsJdPByEtAor fE-Qg Dpdbring cw-WeFyu vC MoBL Xdn g wkvcEiGvKtion BDFhrpMtion psing sbKao Q m qiing "
      "LMmer "
      "HqqLFXe,XPY,J XsurkMer ,ed nB'wH'bWVHjWFEing tQ.saefZwJtKrTlixYpMMsJing UCAPwNHeYVjDing c T BUySKtion "
      "gMPfJpwGw p'NvxAoping eu pBwMBKV'I DNxqelhu,PHPxDEq,mtion SN";
  const std::span<const std::string_view> references(&reference, 1);
  expect_rouge(rouge_n(hypothesis, references, 1), 0.40476, 0.65385, 0.50000);
  expect_rouge(rouge_n(hypothesis, references, 2), 0.29268, 0.48000, 0.36364);
  expect_rouge(rouge_l(hypothesis, references), 0.40476, 0.65385, 0.50000);
}

TEST(PublishedRouge, of_the_small_tests_of_rouge_score) {
  const std::string_view reference = "testing one two";
  const std::span<const std::string_view> references(&reference, 1);
  expect_rouge(rouge_n("testing", references, 1), 1.0 / 3, 1, 0.5);
  expect_rouge(rouge_n("testing one", references, 2), 0.5, 1, 2.0 / 3);
  expect_rouge(rouge_l("testing two", references), 2.0 / 3, 1, 0.8);
  expect_rouge(rouge_l("", references), 0, 0, 0);
}

double wer(const std::vector<TextRow>& rows) { return error_rate(word_error_sum(rows)); }
double cer(const std::vector<TextRow>& rows) { return error_rate(character_error_sum(rows)); }

TEST(PublishedErrorRate, of_words_in_the_tests_of_jiwer) {
  EXPECT_EQ(wer({{"This is a test", {"This is a test"}}}), 0);
  EXPECT_EQ(wer({{"", {"This is a test"}}}), 1);
  EXPECT_EQ(wer({{"This test", {"This is a test"}}}), 0.5);
  EXPECT_NEAR(
      wer({{"i am a considerably longer and very much incorrect hypothesis", {"i am a short ground truth"}}}),
      7.0 / 6, 1e-15);
  // Morris, Maier & Green (2004), "From WER and RIL to MER and WIL"
  EXPECT_EQ(wer({{"X X Y Y", {"X"}}}), 3);
  EXPECT_NEAR(wer({{"X Z", {"X Y X"}}}), 2.0 / 3, 1e-15);
  EXPECT_EQ(wer({{"Y Z", {"X"}}}), 2);
}

TEST(PublishedErrorRate, of_characters_in_the_tests_of_jiwer) {
  EXPECT_NEAR(cer({{"This test", {"This is a test"}}}), 5.0 / 14, 1e-15);
  EXPECT_EQ(cer({{"X X Y Y", {"X"}}}), 6);
  EXPECT_NEAR(cer({{"X Z", {"X Y X"}}}), 3.0 / 5, 1e-15);
  EXPECT_NEAR(cer({{"i am", {"i"}}, {"i good", {"am i good"}}}), 0.6, 1e-15);
  EXPECT_NEAR(cer({{"i am", {"i"}}, {"y good", {"am i good"}}}), 0.7, 1e-15);
}

TEST(PublishedErrorRate, of_the_example_of_torchmetrics) {
  const std::vector<TextRow> rows = {{"this is the prediction", {"this is the reference"}},
                                     {"there is an other sample", {"there is another one"}}};
  EXPECT_EQ(wer(rows), 0.5);
  EXPECT_NEAR(cer(rows), 0.3415, 5e-5);
}

}  // namespace
}  // namespace modelgate
