#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gates/quality/contamination/near_rule.h"

namespace modelgate {

/// What a whole text is recognised by.
struct TextHash {
  std::uint64_t low = 0, high = 0;

  bool operator==(const TextHash&) const = default;
};

/// What stands for a text: hashes (XXH3) of it, of its shingles and of its n-grams.
struct Fingerprint {
  TextHash whole;                       ///< Of the normalised text: 128 bits.
  std::vector<std::uint64_t> shingles;  ///< In the text's order; of a text that is shorter than one: one.
  std::vector<std::uint64_t> ngrams;    ///< None of a text that is shorter than one.
};

/// Takes fingerprints. Keeps its memory; one for each thread.
class Fingerprinter {
 public:
  explicit Fingerprinter(const NearRule& rule) : rule_(rule) {}

  /// Valid until the next call.
  const Fingerprint& of(std::string_view text);

 private:
  void split(std::string_view text);
  void split_ascii(std::string_view text);
  void hash_runs();

  NearRule rule_;
  std::string plain_;                 ///< The normalised text.
  std::string bare_;                  ///< Without punctuation.
  std::vector<std::uint64_t> words_;  ///< Hashes.
  Fingerprint result_;
};

}  // namespace modelgate
