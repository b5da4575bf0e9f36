#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gates/quality/contamination/test_index.h"

namespace modelgate {

/// The training data as they are named.
struct TrainingData {
  std::vector<std::string> paths;  ///< Files or folders of part files.
  std::string field = "input";     ///< The text's, in rows of JSON and columns of CSV.
  bool are_lines = false;          ///< Every line is a text, also in files that are not called .txt.
};

/// Where training texts stand, in words.
class TrainingFiles {
 public:
  /// Reads all texts once, in parallel, and lets the index meet each. Memory is that of a few blocks of 1 MiB
  /// for each thread. Errors: those of row_files() and stream_texts(); kind usage where there is no text.
  TrainingFiles(const TrainingData& data, TestIndex& index, const NearRule& rule, int threads);

  std::int64_t texts() const { return texts_; }
  /// "train.jsonl:12"
  std::string words_for(TrainingPlace place) const;

 private:
  std::vector<std::string> names_;  ///< Of the files, without folders.
  std::int64_t texts_ = 0;
};

}  // namespace modelgate
