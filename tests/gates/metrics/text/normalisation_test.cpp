#include "gates/metrics/text/normalisation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "gates/metrics/text/token_f1.h"

namespace modelgate {
namespace {

using Texts = std::vector<std::string_view>;

Normalisation named(std::string_view names) { return normalisation_from(names).value(); }

TEST(NormalisationTest, is_declared_by_names) {
  EXPECT_EQ(named("none"), Normalisation{});
  EXPECT_EQ(named("trim+casefold"), (Normalisation{.casefold = true, .trim = true}));
  EXPECT_EQ(named("squad+nfkc+punctuation"),
            (Normalisation{.nfkc = true, .punctuation = true, .squad = true}));
  for (const auto* wrong : {"", "+", "trim+", "+trim", "Trim", "trim,squad", "none+trim", "lower"}) {
    EXPECT_FALSE(normalisation_from(wrong)) << wrong;
  }
}

TEST(NormalisationTest, of_squad_is_that_of_its_script) {
  const Normalisation squad = named("squad");
  EXPECT_EQ(normalised("The  Cat's, an apple: a-b!", squad), "cats apple ab");
  EXPECT_EQ(normalised("a an the", squad), "");
  EXPECT_EQ(normalised("théa another a1 _a_", squad), "théa another a1");
  EXPECT_EQ(normalised("「the」", squad), "「 」");
}

TEST(NormalisationTest, of_nothing_leaves_every_byte) {
  EXPECT_EQ(normalised(" \xFF\r\n", {}), " \xFF\r\n");
  EXPECT_EQ(normalised("\xFFx ", named("trim")), "\uFFFDx");
}

TEST(ExactMatchTest, needs_one_of_the_references) {
  EXPECT_TRUE(exact_match("Paris", Texts{"London", "Paris"}));
  EXPECT_FALSE(exact_match("paris ", Texts{"London", "Paris"}));
  EXPECT_TRUE(exact_match("paris ", Texts{"London", "Paris"}, named("trim+casefold")));
  EXPECT_TRUE(exact_match("the Paris.", Texts{"paris"}, named("squad")));
  EXPECT_FALSE(exact_match("", Texts{}));
  EXPECT_FALSE(exact_match("\xFF", Texts{"\xFE"}));
}

TEST(TokenF1Test, is_the_harmonic_mean_of_the_best_reference) {
  // Hypothesis "cat sat", references of 3 and 2 words of which 2 and 1 are shared: 4/5 and 2/4.
  EXPECT_DOUBLE_EQ(token_f1("the cat sat", Texts{"The cat sat down.", "a dog sat"}), 0.8);
  EXPECT_DOUBLE_EQ(token_f1("b b b", Texts{"b b"}), 0.8);
  EXPECT_EQ(token_f1("x", Texts{"y", "z"}), 0);
}

TEST(TokenF1Test, takes_no_answer_for_right_where_there_is_none) {
  EXPECT_EQ(token_f1("", Texts{""}), 1);
  EXPECT_EQ(token_f1("the", Texts{"a"}), 1);
  EXPECT_EQ(token_f1("", Texts{"word"}), 0);
  EXPECT_EQ(token_f1("word", Texts{""}), 0);
  EXPECT_TRUE(std::isnan(token_f1("word", Texts{})));
}

TEST(TokenF1Test, counts_chinese_by_characters) {
  EXPECT_DOUBLE_EQ(token_f1("北京", Texts{"北京市"}), 0.8);
  EXPECT_DOUBLE_EQ(token_f1("北 京", Texts{"北京"}), 1);
}

}  // namespace
}  // namespace modelgate
