#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// Joins what the processes of one subject measured.
class SampleCollector {
 public:
  explicit SampleCollector(bool interleaved) : interleaved_(interleaved) {}

  /// Adds the results of a process, which ran in that pair as the `position`-th of all.
  void add(const Measurements& results, std::int64_t pair, std::int64_t position);

  /// Puts the series into the document, in the order in which they were first seen. A benchmark that reports
  /// an error is a problem that says in which pairs; one that some processes report and others do not, too.
  void tell(Measurements& measurements) const;

 private:
  std::vector<SampleSeries> series_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;  ///< By name and quantity.
  std::vector<std::pair<Problem, std::vector<std::int64_t>>> errors_;  ///< With the pairs they were seen in.
  std::int64_t processes_ = 0;
  bool interleaved_;
};

/// "pair 3", "pairs 1, 2, 3, …": counted from 1.
std::string name_pairs(const std::vector<std::int64_t>& pairs);

}  // namespace modelgate
