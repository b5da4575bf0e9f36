// Matches of n-grams, exactly and in linear time.
//
// Method: an n-gram is numbered by the pair of the number of its first n−1 symbols and its last symbol, so
// that a hash table of 64-bit keys serves any order and nothing is ever mistaken for another (hashes only say
// where to look). Only n-grams of the hypothesis are numbered; those of references are looked up. What has no
// match in any reference gets no number, for no longer n-gram that begins with it can match either: in texts
// that differ much, high orders cost almost nothing.
//
// Limits: fewer than 2^32 − 1 symbols a text.

#include "gates/metrics/text/ngrams.h"

#include <algorithm>

#include "gates/metrics/text/dense_numbers.h"

namespace modelgate {

namespace {

using Numbers = DenseNumbers<std::uint64_t, SpreadHash>;
constexpr std::uint32_t kNone = Numbers::none;

std::uint64_t key_of(std::uint32_t prefix, std::uint32_t symbol) {
  return (std::uint64_t{prefix} << 32) | symbol;
}

/// Replaces the numbers of the prefixes by those of the n-grams that are one symbol longer; there is one
/// less.
template <typename Number>
void lengthen(std::vector<std::uint32_t>& prefixes, const Symbols& text, std::size_t order, Number number) {
  const std::size_t count = text.size() >= order ? text.size() - order + 1 : 0;
  prefixes.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (prefixes[i] != kNone) prefixes[i] = number(key_of(prefixes[i], text[i + order - 1]));
  }
}

}  // namespace

std::int64_t ngram_count(std::size_t length, std::size_t order) {
  return length >= order ? static_cast<std::int64_t>(length - order + 1) : 0;
}

void count_matches(const Symbols& hypothesis, std::span<const Symbols> references,
                   std::span<std::int64_t> matches) {
  std::fill(matches.begin(), matches.end(), 0);
  std::vector<std::uint32_t> of_hypothesis(hypothesis.size(), 0);
  std::vector<std::vector<std::uint32_t>> of_references;
  for (const Symbols& reference : references) of_references.emplace_back(reference.size(), 0);

  Numbers numbers(hypothesis.size());
  std::vector<std::int64_t> wanted, allowed, here;
  for (std::size_t order = 1; order <= matches.size(); ++order) {
    numbers.clear();
    lengthen(of_hypothesis, hypothesis, order, [&](std::uint64_t key) { return numbers.number(key); });
    wanted.assign(numbers.size(), 0);
    allowed.assign(numbers.size(), 0);
    for (const std::uint32_t number : of_hypothesis) {
      if (number != kNone) ++wanted[number];
    }
    for (std::size_t r = 0; r < references.size(); ++r) {
      lengthen(of_references[r], references[r], order, [&](std::uint64_t key) { return numbers.known(key); });
      here.assign(numbers.size(), 0);
      for (const std::uint32_t number : of_references[r]) {
        if (number != kNone) allowed[number] = std::max(allowed[number], ++here[number]);
      }
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) matches[order - 1] += std::min(wanted[i], allowed[i]);
    if (matches[order - 1] == 0) return;
    for (std::uint32_t& number : of_hypothesis) {
      if (number != kNone && allowed[number] == 0) number = kNone;
    }
  }
}

}  // namespace modelgate
