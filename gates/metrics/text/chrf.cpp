// chrF and chrF++.
//
// Method: the F-score of n-grams of 1 … 6 characters without white space (Popović 2015, WMT), and in chrF++
// also of 1 … 2 words (Popović 2017, WMT), with recall counting beta² times as much as precision. Words lie
// between white space, and one ASCII punctuation mark is split off at their end, or else at their beginning.
// As sacrebleu 2 does it by default, precisions and recalls are averaged over those orders of which
// hypotheses and references both have n-grams ("effective order"), and the F-score is that of the averages.
//
// Of several references the one counts that gives the row the best score; sums over rows are taken before
// anything is divided.
//
// Limits: characters are code points, and texts are compared as they are: a letter with its accent as one
// code point differs from the same as two. That too is as others measure it.

#include "gates/metrics/text/chrf.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "gates/metrics/text/letters.h"
#include "gates/metrics/text/ngrams.h"
#include "gates/metrics/text/unicode.h"

namespace modelgate {

namespace {

constexpr std::size_t kCharacterOrders = 6, kWordOrders = 2, kOrders = kCharacterOrders + kWordOrders;

/// Splits words as chrF++ does.
std::vector<std::string_view> chrf_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (const std::string_view word : split_at_spaces(text)) {
    const auto is_mark = [](char character) {
      return is_ascii_punctuation(static_cast<unsigned char>(character));
    };
    if (word.size() == 1) {
      words.push_back(word);
    } else if (is_mark(word.back())) {
      words.push_back(word.substr(0, word.size() - 1));
      words.push_back(word.substr(word.size() - 1));
    } else if (is_mark(word.front())) {
      words.push_back(word.substr(0, 1));
      words.push_back(word.substr(1));
    } else {
      words.push_back(word);
    }
  }
  return words;
}

std::u32string without_spaces(std::string_view text) {
  std::u32string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code_point = next_code_point(text, at);
    if (!is_space(code_point)) result += code_point;
  }
  return result;
}

/// Fills in the orders from `first` on.
void count_orders(const Symbols& hypothesis, const Symbols& reference, std::size_t first, std::size_t orders,
                  ChrfCounts& counts) {
  std::vector<std::int64_t> matches(orders);
  count_matches(hypothesis, std::span(&reference, 1), matches);
  for (std::size_t n = 0; n < orders; ++n) {
    const std::int64_t of_reference = ngram_count(reference.size(), n + 1);
    std::int64_t* const place = &counts[3 * (first + n)];
    // What the reference cannot have is not held against the hypothesis.
    place[0] = of_reference > 0 ? ngram_count(hypothesis.size(), n + 1) : 0;
    place[1] = of_reference;
    place[2] = matches[n];
  }
}

/// The F-score without the question whether it is defined.
double f_score(const ChrfCounts& sum, double beta) {
  double precision = 0, recall = 0;
  int orders = 0;
  for (std::size_t n = 0; n < kOrders; ++n) {
    const auto hypothesis = static_cast<double>(sum[3 * n]), reference = static_cast<double>(sum[3 * n + 1]);
    if (!(hypothesis > 0 && reference > 0)) continue;
    precision += static_cast<double>(sum[3 * n + 2]) / hypothesis;
    recall += static_cast<double>(sum[3 * n + 2]) / reference;
    ++orders;
  }
  if (!(precision + recall > 0)) return 0;
  precision /= orders;
  recall /= orders;
  return 100 * ((1 + beta * beta) * precision * recall / (beta * beta * precision + recall));
}

}  // namespace

ChrfCounts chrf_counts(std::string_view hypothesis, std::span<const std::string_view> references,
                       const ChrfOptions& options) {
  if (options.word_order < 0 || options.word_order > static_cast<int>(kWordOrders)) {
    throw std::invalid_argument("chrF knows word orders of 0, 1 and 2");
  }
  std::vector<std::string> texts;
  const auto take = [&](std::string_view text) {
    texts.push_back(options.lower_case ? lower_case(valid_utf8(text)) : valid_utf8(text));
  };
  take(hypothesis);
  for (const std::string_view reference : references) {
    if (!reference.empty()) take(reference);
  }
  std::vector<std::u32string> characters;
  for (const std::string& text : texts) characters.push_back(without_spaces(text));
  const std::vector<Symbols> of_characters = number_characters(characters);
  std::vector<Symbols> of_words;
  if (options.word_order > 0) {
    std::vector<std::vector<std::string_view>> words;
    for (const std::string& text : texts) words.push_back(chrf_words(text));
    of_words = number_words(words);
  }

  ChrfCounts best{};
  if (texts.size() == 1) count_orders(of_characters[0], {}, 0, kCharacterOrders, best);
  double best_score = -1;
  for (std::size_t r = 1; r < texts.size(); ++r) {
    ChrfCounts counts{};
    count_orders(of_characters[0], of_characters[r], 0, kCharacterOrders, counts);
    if (options.word_order > 0) {
      count_orders(of_words[0], of_words[r], kCharacterOrders, static_cast<std::size_t>(options.word_order),
                   counts);
    }
    const double score = texts.size() > 2 ? f_score(counts, 2) : 0;
    if (score > best_score) {
      best = counts;
      best_score = score;
    }
  }
  return best;
}

double chrf_score(const ChrfCounts& sum, double beta) {
  if (!(sum[1] > 0)) return std::numeric_limits<double>::quiet_NaN();
  return f_score(sum, beta);
}

}  // namespace modelgate
