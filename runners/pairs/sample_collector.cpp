#include "runners/pairs/sample_collector.h"

#include <algorithm>

namespace modelgate {

void SampleCollector::add(const Measurements& results, std::int64_t pair, std::int64_t position) {
  ++processes_;
  for (const Series& one : results.series) {
    const auto& seen = std::get<SampleSeries>(one);
    const auto [place, is_new] = places_.emplace(std::pair(seen.name, seen.quantity), series_.size());
    if (is_new) {
      series_.push_back(seen);
      series_.back().interleaved = interleaved_;
      series_.back().processes.clear();
    }
    for (const ProcessSamples& process : seen.processes)
      series_[place->second].processes.push_back({pair, position, process.values});
  }
  for (const Problem& problem : results.problems) {
    auto known =
        std::find_if(errors_.begin(), errors_.end(), [&](const auto& e) { return e.first == problem; });
    if (known == errors_.end()) known = errors_.insert(errors_.end(), {problem, {}});
    if (known->second.empty() || known->second.back() != pair) known->second.push_back(pair);
  }
}

void SampleCollector::tell(Measurements& measurements) const {
  for (const SampleSeries& series : series_) {
    const auto count = static_cast<std::int64_t>(series.processes.size());
    if (count < processes_)
      measurements.problems.push_back({"bad_output", series.name + ": " + series.quantity +
                                                         " was reported by " + std::to_string(count) +
                                                         " of " + std::to_string(processes_) + " processes"});
    measurements.series.push_back(series);
  }
  for (const auto& [problem, pairs] : errors_)
    measurements.problems.push_back({problem.code, problem.sentence + " (" + name_pairs(pairs) + ")"});
}

std::string name_pairs(const std::vector<std::int64_t>& pairs) {
  constexpr std::size_t enough = 5;
  std::string text = pairs.size() == 1 ? "pair " : "pairs ";
  for (std::size_t i = 0; i < std::min(pairs.size(), enough); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(pairs[i] + 1);
  return pairs.size() > enough ? text + ", … of " + std::to_string(pairs.size()) : text;
}

}  // namespace modelgate
