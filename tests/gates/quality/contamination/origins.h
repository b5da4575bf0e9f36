#pragma once

#include <string>
#include <vector>

#include "gates/quality/contamination/contamination.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {

/// Origins of texts, with training data that the test writes.
class OriginsOf {
 public:
  Origins find(const std::vector<std::string>& texts, const std::vector<std::string>& training,
               const NearRule& rule = {}, int threads = 1) const {
    std::string lines;
    for (const std::string& text : training) lines += text + "\n";
    return in_files(texts, {folder_.with("train.txt", lines)}, rule, threads);
  }

  static Origins in_files(const std::vector<std::string>& texts, const std::vector<std::string>& paths,
                          const NearRule& rule = {}, int threads = 1) {
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    TrainingData data;
    data.paths = paths;
    return origins_of(views, data, rule, threads);
  }

  TemporaryFolder folder_;
};

}  // namespace modelgate
