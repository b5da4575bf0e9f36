#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "gates/quality/rows/answers.h"
#include "gates/statistics/parallel.h"

namespace modelgate {

/// Counts the rows that have a problem, and keeps those that stand first in the file as examples.
class Offenders {
 public:
  /// A row, in one file or in both.
  struct Example {
    std::uint32_t row = 0, other = 0;
  };

  void add(std::uint32_t row, std::uint32_t other = 0);
  /// Takes those of another part of the rows.
  void merge(const Offenders& other);
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

/// Those of `count` rows for which `look(i, offenders)` adds one, looked for on all cores.
template <typename Look>
Offenders offenders_among(std::size_t count, const Look& look) {
  constexpr std::size_t worth_a_thread = 200'000;
  Offenders all;
  std::mutex mutex;
  in_parallel(count < worth_a_thread ? 1 : 0, count, [&](std::size_t first, std::size_t last) {
    Offenders part;
    for (std::size_t i = first; i < last; ++i) look(i, part);
    const std::lock_guard lock(mutex);
    all.merge(part);
  });
  return all;
}

/// Where a row of a file stands, and its id as it is written: looked up by reading the file again.
struct PlaceText {
  std::string place;  ///< "new.jsonl:2"
  std::string id;     ///< As it can be shown.
};
std::vector<PlaceText> place_texts(const AnswerFile& file, const std::vector<std::size_t>& rows);

}  // namespace modelgate
