#pragma once

#include <cstdint>

namespace modelgate {

/// When one text nearly is another; README.md says why these.
struct NearRule {
  double similar = 0.8;  ///< The least resemblance (Jaccard) of the sets of shingles of two texts, in (0, 1].
  std::int64_t shingle = 2;  ///< Words in a shingle.
  double contained = 0.7;  ///< The least share of a text's n-grams that occur in the other texts, in (0, 1].
  std::int64_t ngram = 8;  ///< Words in an n-gram.
};

}  // namespace modelgate
