// Texts that somebody sends who wants to crash a gate, or to keep it busy.

#include <gtest/gtest.h>

#include <cmath>

#include "gates/metrics/text/letters.h"
#include "gates/metrics/text/rouge.h"
#include "gates/metrics/text/token_f1.h"
#include "gates/metrics/text/unicode.h"
#include "tests/fuzz/mutation.h"
#include "tests/gates/metrics/text/corpus.h"

namespace modelgate {
namespace {

using namespace std::string_literals;

bool is_share(double value, double most = 1) {
  return std::isnan(value) || (value >= 0 && value <= most + 1e-9);
}

/// Every metric of one row, each of which must be defined, or NaN, and within its bounds.
void measure(const std::string& hypothesis, const std::string& reference) {
  const std::string_view view = reference;
  const std::span<const std::string_view> references(&view, 1);
  for (const auto* tokens : {"13a", "char", "zh", "none"}) {
    const BleuOptions options{bleu_tokens_from(tokens).value(), true};
    EXPECT_TRUE(is_share(bleu_score(bleu_counts(hypothesis, references, options)), 100));
  }
  EXPECT_TRUE(is_share(chrf_score(chrf_counts(hypothesis, references, {.word_order = 2})), 100));
  for (const auto* tokens : {"ascii", "words", "characters"}) {
    EXPECT_TRUE(is_share(rouge_l(hypothesis, references, rouge_tokens_from(tokens).value()).f_measure));
    EXPECT_TRUE(is_share(rouge_n(hypothesis, references, 2, rouge_tokens_from(tokens).value()).f_measure));
  }
  for (const auto* names : {"none", "trim", "nfkc+casefold+punctuation+squad+trim"}) {
    const Normalisation normalisation = normalisation_from(names).value();
    EXPECT_TRUE(is_share(token_f1(hypothesis, references, normalisation)));
    EXPECT_TRUE(exact_match(hypothesis, std::vector<std::string_view>{hypothesis}, normalisation));
    const std::string normal = normalised(hypothesis, normalisation);
    if (normalisation != Normalisation{}) {
      EXPECT_EQ(valid_utf8(normal), normal);
    }
    for (const auto errors : {word_errors, character_errors}) {
      const ErrorCounts counts = errors(hypothesis, reference, normalisation);
      EXPECT_GE(counts[0], 0);
      EXPECT_LE(counts[0],
                static_cast<std::int64_t>(std::max<std::size_t>(hypothesis.size() * 20, 1)) + counts[1]);
    }
  }
}

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string result;
  while (result.size() < bytes) result += text;
  return result;
}

constexpr std::size_t kMegabyte = 1'000'000;

TEST(HostileText, of_a_megabyte_of_one_character_is_measured) {
  const std::string a = repeated("a", kMegabyte);
  measure(a, a);
  measure(a, repeated("a", kMegabyte / 2));
  measure(a, repeated("b", kMegabyte));
  measure(a, "");
  measure("", a);
}

TEST(HostileText, of_a_megabyte_of_words_blanks_or_punctuation_is_measured) {
  measure(repeated("word ", kMegabyte), repeated("word ", kMegabyte / 2));
  measure(repeated(" ", kMegabyte), repeated("\u3000", kMegabyte));
  measure(repeated(".", kMegabyte), repeated(",", kMegabyte));
  measure(repeated("&amp;", kMegabyte / 20), repeated("<skipped>", kMegabyte / 20));
  measure(repeated("Σ'", kMegabyte), repeated("的", kMegabyte));
}

TEST(HostileText, of_a_letter_with_very_many_marks_takes_no_quadratic_time) {
  // Classes 230 and 220 in turn: an exchange sort needs 10^10 steps here.
  const std::string marks = "a" + repeated("\u0301\u0316", kMegabyte);
  // The first acute accent becomes one with its letter, and the others stand behind the marks of a lower
  // class.
  const std::u32string form = decode_utf8(normal_form(marks, NormalForm::composed));
  EXPECT_EQ(form.size(), decode_utf8(marks).size() - 1);
  EXPECT_EQ(form.front(), U'á');
  EXPECT_EQ(form[1], U'\u0316');
  EXPECT_EQ(form.back(), U'\u0301');
  EXPECT_EQ(character_errors(marks, marks)[0], 0);
}

TEST(HostileText, of_broken_utf8_and_nul_bytes_is_measured) {
  measure(repeated("\xFF", 5000), repeated("\xF0\x9F", 5000));
  measure(std::string(5000, '\0'), "a\0b"s);
  measure("\xED\xA0\x80\xED\xB0\x80", "\xF4\x90\x80\x80");
  measure("\xE4\xBD", "\xE4");
}

TEST(HostileText, of_sixty_thousand_unlike_characters_takes_seconds_at_most) {
  std::string first, second;
  std::uint32_t state = 1;
  for (int i = 0; i < 60'000; ++i) {
    state = state * 1664525u + 1013904223u;
    first += static_cast<char>('a' + (state >> 30));
    second += static_cast<char>('a' + ((state >> 20) & 3));
  }
  const ErrorCounts counts = character_errors(first, second);
  EXPECT_GT(counts[0], 20'000);
  EXPECT_LT(counts[0], 50'000);
}

TEST(HostileText, that_was_damaged_anywhere_is_measured) {
  const std::vector<std::string> texts = {
      "The dog bit the man, e.g. 1,000.5 times - \"really\" &amp; A-1.",
      "我喜欢BLEU，是吗？ 東京タワー…",
      "السلام عليكم كِتَاب ١٢٣",
      "👨‍👩‍👧‍👦 ok 🇩🇪 e\u0301 ﬁ Straße İSTANBUL ΟΔΟΣ.",
      "",
  };
  Mutator mutator(20261125, {"Σ", "\u0301", "\u0345", "İ", "-\n", "&amp;", "<skipped>", "的", "\u200D",
                             "\u00AD", "\uFDFA"});
  for (std::size_t i = 0; i < 3000; ++i) {
    const std::string damaged = mutator.damaged(texts[i % texts.size()], texts[(i * 7 + 1) % texts.size()]);
    measure(damaged, texts[i % texts.size()]);
    if (HasFailure()) FAIL() << "damage " << i << ": " << damaged.substr(0, 1000);
  }
}

}  // namespace
}  // namespace modelgate
