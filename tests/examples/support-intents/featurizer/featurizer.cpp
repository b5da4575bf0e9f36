// Hashed n-grams: Weinberger et al. 2009 for the hashing, Joulin et al. 2016 (fastText) for words, pairs and
// parts of words. Collisions are rare enough at this many buckets to cost less than the typos that parts of
// words forgive.

#include "featurizer/featurizer.h"

#include <algorithm>
#include <string>

#include "featurizer/characters.h"
#include "featurizer/utf8.h"
#include "featurizer/variant.h"

namespace intents {
namespace {

/// A run of characters in the folded text.
struct Word {
  std::size_t begin = 0, size = 0;
  bool han = false;
};

/// What sort of n-gram it is: the same characters as a word and as a part of one are two features.
enum class Gram : std::uint64_t { word = 1, pair = 2, part = 3, han_triple = 4 };

/// FNV-1a over the characters of one n-gram, spread at the end.
class Hash {
 public:
  explicit Hash(Gram gram) { add(static_cast<char32_t>(gram)); }
  void add(char32_t character) { state_ = (state_ ^ character) * 0x100000001b3ULL; }
  void add(std::u32string_view characters) {
    for (const char32_t character : characters) add(character);
  }
  std::int32_t bucket() const {
    std::uint64_t mixed = state_ ^ (state_ >> 32);
    mixed *= 0x9E3779B97F4A7C15ULL;
    return static_cast<std::int32_t>(1 + (mixed >> 33) % (feature_buckets - 1));
  }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

constexpr char32_t word_edge = U'\0';

std::u32string folded_text(std::string_view utterance) {
  std::u32string text = characters_of(utterance);
  std::transform(text.begin(), text.end(), text.begin(), folded);
  return text;
}

std::vector<Word> words_in(std::u32string_view text) {
  std::vector<Word> words;
  words.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (is_han(text[at])) {
      words.push_back({at++, 1, true});
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_word_character(text[at])) ++at;
    if (at > begin)
      words.push_back({begin, at - begin, false});
    else
      ++at;
  }
  return words;
}

void add_parts(std::u32string_view word, std::vector<std::int32_t>& features) {
  const auto at = [&](std::size_t place) {
    return place == 0 || place > word.size() ? word_edge : word[place - 1];
  };
  for (std::size_t place = 0; place < word.size(); ++place) {
    const char32_t part[] = {at(place), at(place + 1), at(place + 2)};
    Hash hash(Gram::part);
    hash.add(std::u32string_view(part, 3));
    features.push_back(hash.bucket());
  }
}

}  // namespace

std::vector<std::int32_t> features_of(std::string_view utterance) {
  std::u32string text = folded_text(utterance);
  if (variant::slower) text = folded_text(utterance);
  const std::vector<Word> words = words_in(text);
  const auto characters = [&](const Word& word) {
    return std::u32string_view(text).substr(word.begin, word.size);
  };
  std::vector<std::int32_t> features;
  features.reserve(2 * text.size() + 2);
  for (const Word& word : words) {
    Hash hash(Gram::word);
    hash.add(characters(word));
    features.push_back(hash.bucket());
  }
  for (std::size_t i = 1; i < words.size(); ++i) {
    Hash hash(Gram::pair);
    hash.add(characters(words[i - 1]));
    hash.add(word_edge);
    hash.add(characters(words[i]));
    features.push_back(hash.bucket());
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].han) {
      add_parts(characters(words[i]), features);
    } else if (i >= 2 && words[i - 1].han && words[i - 2].han) {
      Hash hash(Gram::han_triple);
      for (std::size_t k = i - 2; k <= i; ++k) hash.add(characters(words[k]));
      features.push_back(hash.bucket());
    }
  }
  return features;
}

std::vector<std::int32_t> model_input(std::string_view utterance) {
  const auto padded = [&] {
    std::vector<std::int32_t> input = features_of(utterance);
    input.resize(feature_length, 0);
    return input;
  };
  std::vector<std::int32_t> input = padded();
  if (variant::slower_by_a_tenth) {
    static unsigned calls = 0;
    if (++calls % 10 == 0) input = padded();
  }
  return input;
}

}  // namespace intents
