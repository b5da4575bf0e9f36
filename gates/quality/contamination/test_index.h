#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "gates/metrics/text/dense_numbers.h"
#include "gates/quality/contamination/fingerprint.h"

namespace modelgate {

/// Where a text of the training data stands: they are numbered in the order of files and lines.
using TrainingPlace = std::uint64_t;
inline constexpr TrainingPlace nowhere = ~TrainingPlace{0};

/// How a text was met again, the surest first.
enum class Likeness : std::uint8_t {
  exact,      ///< The same text, once normalised.
  similar,    ///< One text with nearly the same shingles.
  contained,  ///< Most of its n-grams, in whichever texts.
  none
};

struct Meeting {
  Likeness likeness = Likeness::none;
  /// Of the first such text; of `contained` that in which most of the n-grams first occur.
  TrainingPlace place = nowhere;
};

/// The texts of the test data, by which texts that come along are recognised. Memory is that of the test data
/// alone: some 100 bytes a word.
class TestIndex {
 public:
  /// Of the fingerprints of texts that differ. Fewer than 2^32 shingles and n-grams.
  TestIndex(std::span<const Fingerprint> texts, const NearRule& rule);

  /// What a thread keeps: 4 bytes a text.
  struct Scratch {
    std::vector<std::uint32_t> shingles;
    std::vector<std::uint64_t> unknown;
    std::vector<std::uint32_t> seen;  ///< By text: the number of the search that met it last.
    std::uint32_t search = 0;
  };

  /// Notes what a text of the training data meets. May be called from several threads at once; the order of
  /// calls makes no difference.
  void meet(const Fingerprint& text, TrainingPlace place, Scratch& scratch);

  /// What became of a text, after all calls.
  Meeting meeting(std::size_t text) const;

  /// Another text that is similar to it, always the same one. May be called from several threads at once.
  std::optional<std::uint32_t> similar_to(std::uint32_t text, Scratch& scratch) const;

  std::size_t size() const { return texts_; }

 private:
  struct TextHashing {
    std::size_t operator()(const TextHash& hash) const { return static_cast<std::size_t>(hash.low); }
  };
  using Hashes = DenseNumbers<std::uint64_t, SpreadHash>;
  using Places = std::unique_ptr<std::atomic<TrainingPlace>[]>;

  /// A shingle among the rarest of a text, and how many of its shingles stand before it.
  struct Occurrence {
    std::uint32_t text = 0, before = 0;
  };
  /// A list for each of many things, one behind the other.
  template <typename T>
  struct Lists {
    std::vector<std::uint64_t> begins = {0};
    std::vector<T> all;

    std::span<const T> of(std::size_t i) const {
      return {all.data() + begins[i], all.data() + begins[i + 1]};
    }
    void close() { begins.push_back(all.size()); }
  };
  /// The shingles of a text that is looked up: `unknown` ones, which stand before the others.
  struct Sought {
    std::size_t unknown = 0;
    std::span<const std::uint32_t> known;

    std::size_t size() const { return unknown + known.size(); }
  };

  void number_shingles(std::span<const Fingerprint> texts);
  void number_ngrams(std::span<const Fingerprint> texts);
  void list_prefixes();
  std::size_t prefix_of(std::size_t size) const;
  std::size_t needed(std::size_t size, std::size_t other) const;
  template <typename Wanted, typename Found>
  void find_similar(const Sought& text, Scratch& scratch, const Wanted& wanted, const Found& found) const;

  NearRule rule_;
  std::size_t texts_;
  DenseNumbers<TextHash, TextHashing> wholes_;
  Hashes shingle_numbers_, ngram_numbers_;
  Lists<std::uint32_t> shingles_;  ///< Of each text, the rarest first.
  Lists<Occurrence> occurrences_;  ///< Of each shingle.
  Lists<std::uint32_t> ngrams_;    ///< Of each text, each once.
  Places exact_, similar_, first_ngram_;
};

}  // namespace modelgate
