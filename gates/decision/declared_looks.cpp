#include "gates/decision/declared_looks.h"

#include <algorithm>
#include <functional>

namespace modelgate {

std::string unusable_looks(const std::optional<std::vector<std::int64_t>>& baseline,
                           const std::vector<std::int64_t>& candidate) {
  if (baseline && *baseline != candidate)
    return "baseline and candidate declare different looks at their measurements";
  const auto falls = std::adjacent_find(candidate.begin(), candidate.end(), std::greater_equal<>());
  return falls == candidate.end() ? "" : "the looks that the measurements declare do not rise";
}

}  // namespace modelgate
