#include "runners/bench/shared_benchmarks.h"

#include <algorithm>
#include <cstdint>
#include <map>

namespace modelgate {
namespace {

/// How many programs have it, by name.
std::map<std::string, std::size_t> counted(const std::vector<std::vector<std::string>>& listed) {
  std::map<std::string, std::size_t> counts;
  for (std::vector<std::string> names : listed) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (const std::string& name : names) ++counts[name];
  }
  return counts;
}

}  // namespace

std::vector<std::string> benchmarks_of_part(const Part& part,
                                            const std::vector<std::vector<std::string>>& listed) {
  std::vector<std::string> mine;
  std::int64_t next = 0;
  for (const auto& [name, count] : counted(listed)) {
    const bool with_the_first = count < listed.size();
    const std::int64_t number = with_the_first ? 1 : 1 + next++ % part.of;
    if (number == part.number) mine.push_back(name);
  }
  return mine;
}

std::string digest_of_benchmarks(const std::vector<std::vector<std::string>>& listed) {
  std::vector<std::string> names;
  for (const auto& [name, count] : counted(listed)) names.push_back(name);
  return digest_of_names(names);
}

}  // namespace modelgate
