#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gates/quality/contamination/test_index.h"
#include "gates/quality/contamination/training.h"

namespace modelgate {

/// What is known of one test text.
struct TextOrigin {
  Likeness in_training = Likeness::none;
  TrainingPlace place = nowhere;      ///< See Meeting.
  Likeness repeats = Likeness::none;  ///< `exact` or `similar`: to another test text.
  std::uint32_t repeated = 0;         ///< Its number.
};

struct Origins {
  std::vector<TextOrigin> texts;  ///< As given.
  std::int64_t training_texts = 0;
  std::vector<std::string> places;  ///< "train.jsonl:12", of the texts that are in the training data; or "".
};

/// Finds out which test texts are in the training data (if any are named), and which repeat others. Texts
/// that are the same once normalised are alike in everything. The result does not depend on the number of
/// threads (0: all cores). Errors: those of TrainingFiles.
Origins origins_of(std::span<const std::string_view> texts, const TrainingData& training,
                   const NearRule& rule, int threads);

}  // namespace modelgate
