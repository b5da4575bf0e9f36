#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gates/quality/answers.h"

namespace modelgate {

/// Counts the rows that have a problem, and keeps those that stand first in the file as examples.
class Offenders {
 public:
  /// A row, in one file or in both.
  struct Example {
    std::uint32_t row = 0, other = 0;
  };

  void add(std::uint32_t row, std::uint32_t other = 0);
  std::int64_t count() const { return count_; }
  const std::vector<Example>& examples() const { return examples_; }
  /// "3 rows of the candidate"
  std::string rows(const std::string& whose) const;

  /// Adds the problem, if there are any: the sentence, and the examples by `describe`.
  void tell(std::vector<DataProblem>& problems, const std::string& name, const std::string& reason,
            const std::string& sentence, const std::string& needs,
            const std::function<std::string(std::size_t example)>& describe) const;

 private:
  std::int64_t count_ = 0;
  std::vector<Example> examples_;
};

/// Where a row of a file stands, and its id as it is written: looked up by reading the file again.
struct PlaceText {
  std::string place;  ///< "new.jsonl:2"
  std::string id;     ///< As it can be shown.
};
std::vector<PlaceText> place_texts(const AnswerFile& file, const std::vector<std::size_t>& rows);

}  // namespace modelgate
