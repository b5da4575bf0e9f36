#include "gates/metrics/text/bleu_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/metrics/text/unicode.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;

/// Copies, for the views end with the tokenised text.
std::vector<std::string> tokens_of(std::string_view text, BleuTokens tokens) {
  const std::string tokenised = bleu_tokenised(text, tokens);
  std::vector<std::string> result;
  for (const std::string_view token : split_at_spaces(tokenised)) result.emplace_back(token);
  return result;
}

std::vector<std::string> by_13a(std::string_view text) { return tokens_of(text, BleuTokens::mteval_13a); }
std::vector<std::string> by_zh(std::string_view text) { return tokens_of(text, BleuTokens::chinese); }

TEST(BleuTokensTest, of_13a_split_stops_that_stand_between_no_digits) {
  EXPECT_THAT(by_13a("It cost 1,000.5, he said."),
              ElementsAre("It", "cost", "1,000.5", ",", "he", "said", "."));
  EXPECT_THAT(by_13a("U.S. 3. .5"), ElementsAre("U", ".", "S", ".", "3", ".", ".", "5"));
  EXPECT_THAT(by_13a("wait..."), ElementsAre("wait", ".", ".", "."));
}

TEST(BleuTokensTest, of_13a_split_dashes_behind_digits_only) {
  EXPECT_THAT(by_13a("well-known 5-6 -5 x-1"), ElementsAre("well-known", "5", "-", "6", "-5", "x-1"));
  EXPECT_THAT(by_13a("don't (or [do])"), ElementsAre("don't", "(", "or", "[", "do", "]", ")"));
}

TEST(BleuTokensTest, of_13a_resolve_entities_one_after_the_other) {
  EXPECT_THAT(by_13a("&quot;a&amp;lt;b<skipped>c"), ElementsAre("\"", "a", "<", "bc"));
  EXPECT_THAT(by_13a("hyphen-\nated\nline"), ElementsAre("hyphenated", "line"));
}

TEST(BleuTokensTest, of_zh_are_what_sacrebleu_takes_for_chinese) {
  EXPECT_THAT(by_zh("我用BLEU，3.5分。"), ElementsAre("我", "用", "BLEU", "，", "3.5", "分", "。"));
  // The ends of the ranges: curly quotes and arrows lie in them, U+2E00, hiragana and plane 2 do not.
  EXPECT_THAT(by_zh("a“b→c\u2A6Dd"), ElementsAre("a", "“", "b", "→", "c", "\u2A6D", "d"));
  EXPECT_THAT(by_zh("a\u2A6Eb\u2E00c"), ElementsAre("a\u2A6Eb\u2E00c"));
  EXPECT_THAT(by_zh("ひらがな"), ElementsAre("ひらがな"));
  EXPECT_THAT(by_zh("\U00020000\U00020001"), ElementsAre("\U00020000\U00020001"));
}

TEST(BleuTokensTest, of_characters_and_of_blanks_are_just_that) {
  EXPECT_THAT(tokens_of("ab é。", BleuTokens::characters), ElementsAre("a", "b", "é", "。"));
  EXPECT_THAT(tokens_of(" a,b  c\u3000d ", BleuTokens::blanks), ElementsAre("a,b", "c", "d"));
}

}  // namespace
}  // namespace modelgate
