// Token F1.
//
// Method: words are counted as a bag; with s shared ones of h in the hypothesis and r in the reference,
// precision is s/h, recall s/r, and F1 their harmonic mean 2s/(h + r) (Rajpurkar et al. 2016, EMNLP;
// compute_f1 of SQuAD's script). Chinese characters and kana are words of their own, which is how Chinese and
// Japanese sets of the same kind are scored (CMRC 2018, MLQA).
//
// Limits: order does not matter, and neither does grammar: "dog bites man" and "man bites dog" have 1.

#include "gates/metrics/text/token_f1.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "gates/metrics/text/ngrams.h"
#include "gates/metrics/text/unicode.h"

namespace modelgate {

double token_f1(std::string_view hypothesis, std::span<const std::string_view> references,
                const Normalisation& normalisation) {
  double best = std::numeric_limits<double>::quiet_NaN();
  const std::string normal = normalised(hypothesis, normalisation);
  for (const std::string_view reference : references) {
    const std::string other = normalised(reference, normalisation);
    const std::vector<std::vector<std::string_view>> words = {split_into_words(normal),
                                                              split_into_words(other)};
    const std::size_t both = words[0].size() + words[1].size();
    double value = 1;
    if (both > 0) {
      const std::vector<Symbols> symbols = number_words(words);
      std::int64_t shared = 0;
      count_matches(symbols[0], std::span(symbols).subspan(1), std::span(&shared, 1));
      value = 2 * static_cast<double>(shared) / static_cast<double>(both);
    }
    if (!(best >= value)) best = value;
  }
  return best;
}

}  // namespace modelgate
