// BLEU.
//
// Method: the geometric mean of the clipped precisions of 1- to 4-grams, times the brevity penalty
// exp(1 − r/c) where the hypotheses' c tokens are fewer than the references' r (Papineni et al. 2002, ACL).
// Of several references the one whose length is closest counts, the shorter of two that are equally close.
// Sums are taken over the corpus before anything is divided, which is why a row needs ten whole numbers and
// no more.
//
// Smoothing is method 3 of Chen & Cherry (2014, WMT), which is that of mteval-v13a.pl and sacrebleu's
// default: the k-th order in turn that has no match counts 1/2^k. Tokens, defaults and edge cases are those
// of sacrebleu (Post 2018, WMT), so that numbers can be compared with published ones.
//
// Limits: BLEU of a single short sentence says little, and a row's own BLEU is no mean that could be
// averaged. Compare only scores of the same tokenizer.

#include "gates/metrics/text/bleu.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

#include "gates/metrics/text/letters.h"
#include "gates/metrics/text/ngrams.h"
#include "gates/metrics/text/unicode.h"

namespace modelgate {

namespace {

constexpr std::size_t kOrders = 4, kMatches = 2, kTotals = 6;

/// What is closest to the hypothesis; the shorter one of two.
std::int64_t closest_length(std::int64_t hypothesis, std::span<const Symbols> references) {
  std::int64_t result = 0, least = std::numeric_limits<std::int64_t>::max();
  for (const Symbols& reference : references) {
    const auto length = static_cast<std::int64_t>(reference.size());
    const std::int64_t difference = std::abs(hypothesis - length);
    if (difference < least || (difference == least && length < result)) result = length;
    least = std::min(least, difference);
  }
  return result;
}

}  // namespace

std::optional<BleuTokens> bleu_tokens_from(std::string_view name) {
  if (name == "13a") return BleuTokens::mteval_13a;
  if (name == "char") return BleuTokens::characters;
  if (name == "zh") return BleuTokens::chinese;
  if (name == "none") return BleuTokens::blanks;
  return std::nullopt;
}

BleuCounts bleu_counts(std::string_view hypothesis, std::span<const std::string_view> references,
                       const BleuOptions& options) {
  std::vector<std::string> texts;
  texts.reserve(references.size() + 1);
  const auto take = [&](std::string_view text) {
    const std::string valid = valid_utf8(text);
    texts.push_back(bleu_tokenised(options.lower_case ? lower_case(valid) : valid, options.tokens));
  };
  take(hypothesis);
  for (const std::string_view reference : references) {
    if (!reference.empty()) take(reference);
  }
  std::vector<std::vector<std::string_view>> words;
  for (const std::string& text : texts) words.push_back(split_at_spaces(text));
  const std::vector<Symbols> symbols = number_words(words);
  const std::span<const Symbols> of_references = std::span(symbols).subspan(1);

  BleuCounts counts{};
  counts[0] = static_cast<std::int64_t>(symbols.front().size());
  counts[1] = closest_length(counts[0], of_references);
  count_matches(symbols.front(), of_references, std::span(counts).subspan(kMatches, kOrders));
  for (std::size_t n = 0; n < kOrders; ++n) counts[kTotals + n] = ngram_count(symbols.front().size(), n + 1);
  return counts;
}

double bleu_score(const BleuCounts& sum) {
  const auto hypothesis = static_cast<double>(sum[0]), reference = static_cast<double>(sum[1]);
  if (!(reference > 0)) return std::numeric_limits<double>::quiet_NaN();
  const auto matches = std::span(sum).subspan(kMatches, kOrders);
  if (std::all_of(matches.begin(), matches.end(), [](std::int64_t count) { return count == 0; })) return 0;
  double logarithms = 0, smoothing = 1;
  for (std::size_t n = 0; n < kOrders; ++n) {
    const auto total = static_cast<double>(sum[kTotals + n]);
    if (!(total > 0)) return 0;
    if (matches[n] == 0) smoothing *= 2;
    const double precision =
        matches[n] == 0 ? 100 / (smoothing * total) : 100 * static_cast<double>(matches[n]) / total;
    logarithms += std::log(precision);
  }
  const double penalty = hypothesis < reference ? std::exp(1 - reference / hypothesis) : 1;
  return penalty * std::exp(logarithms / kOrders);
}

}  // namespace modelgate
