// ROUGE-L and ROUGE-N.
//
// Method: ROUGE-L takes the longest common subsequence of the words of hypothesis and reference, ROUGE-N
// their clipped n-grams; over the hypothesis that is precision, over the reference recall, and the F-measure
// is their harmonic mean (Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries"). Tokens by
// default, and the choice of the reference with the best F-measure, are those of Google's rouge_score,
// without its stemmer.
//
// Limits: the tokens of rouge_score know a-z and 0-9 only. "naïve" is "na" and "ve", and a Chinese or Arabic
// text has no tokens at all, for which rouge_score says 0. Declare other tokens for such texts.

#include "gates/metrics/text/rouge.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "gates/metrics/text/edit_distance.h"
#include "gates/metrics/text/letters.h"
#include "gates/metrics/text/ngrams.h"
#include "gates/metrics/text/unicode.h"

namespace modelgate {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// The text with blanks for everything that is in no token.
std::string prepared(std::string_view text, RougeTokens tokens) {
  if (tokens == RougeTokens::ascii) {
    std::string result = lower_case(valid_utf8(text));
    for (char& character : result) {
      const bool kept = (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
      if (!kept) character = ' ';
    }
    return result;
  }
  const std::string folded = normal_form(valid_utf8(text), NormalForm::plain_folded);
  if (tokens == RougeTokens::characters) return folded;
  std::string result;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const char32_t code_point = next_code_point(folded, at);
    if (is_letter(code_point) || is_mark(code_point) || is_number(code_point)) {
      result.append(folded, begin, at - begin);
    } else {
      result += ' ';
    }
  }
  return result;
}

std::vector<std::string_view> tokens_of(std::string_view text, RougeTokens tokens) {
  if (tokens == RougeTokens::ascii) return split_at_spaces(text);
  if (tokens == RougeTokens::words) return split_into_words(text);
  std::vector<std::string_view> result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (!is_space(next_code_point(text, at))) result.push_back(text.substr(begin, at - begin));
  }
  return result;
}

RougeScore score_of(std::int64_t matches, std::int64_t hypothesis, std::int64_t reference) {
  if (reference == 0) return {kNaN, kNaN, kNaN};
  if (matches == 0) return {};
  const double precision = static_cast<double>(matches) / static_cast<double>(hypothesis);
  const double recall = static_cast<double>(matches) / static_cast<double>(reference);
  return {precision, recall, 2 * precision * recall / (precision + recall)};
}

/// The best of the scores that `compare(hypothesis, reference)` gives.
template <typename Compare>
RougeScore best_score(std::string_view hypothesis, std::span<const std::string_view> references,
                      RougeTokens tokens, Compare compare) {
  std::vector<std::string> texts = {prepared(hypothesis, tokens)};
  for (const std::string_view reference : references) texts.push_back(prepared(reference, tokens));
  std::vector<std::vector<std::string_view>> words;
  for (const std::string& text : texts) words.push_back(tokens_of(text, tokens));
  const std::vector<Symbols> symbols = number_words(words);
  RougeScore best{kNaN, kNaN, kNaN};
  for (std::size_t r = 1; r < symbols.size(); ++r) {
    const RougeScore score = compare(symbols[0], symbols[r]);
    if (score.f_measure > best.f_measure || !(best.f_measure >= 0)) best = score;
  }
  return best;
}

}  // namespace

std::optional<RougeTokens> rouge_tokens_from(std::string_view name) {
  if (name == "ascii") return RougeTokens::ascii;
  if (name == "words") return RougeTokens::words;
  if (name == "characters") return RougeTokens::characters;
  return std::nullopt;
}

RougeScore rouge_l(std::string_view hypothesis, std::span<const std::string_view> references,
                   RougeTokens tokens) {
  return best_score(hypothesis, references, tokens, [](const Symbols& ours, const Symbols& theirs) {
    return score_of(common_subsequence(ours, theirs), static_cast<std::int64_t>(ours.size()),
                    static_cast<std::int64_t>(theirs.size()));
  });
}

RougeScore rouge_n(std::string_view hypothesis, std::span<const std::string_view> references, int order,
                   RougeTokens tokens) {
  if (order < 1) throw std::invalid_argument("ROUGE-N needs an order of at least 1");
  const auto n = static_cast<std::size_t>(order);
  return best_score(hypothesis, references, tokens, [n](const Symbols& ours, const Symbols& theirs) {
    if (ours.size() < n || theirs.size() < n) return score_of(0, 0, ngram_count(theirs.size(), n));
    std::vector<std::int64_t> matches(n);
    count_matches(ours, std::span(&theirs, 1), matches);
    return score_of(matches.back(), ngram_count(ours.size(), n), ngram_count(theirs.size(), n));
  });
}

}  // namespace modelgate
