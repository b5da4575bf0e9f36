#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace modelgate {

/// A look at the rows taken so far.
struct Look {
  std::int64_t rows = 0;  ///< The first so many of those taken.
  double share = 1;       ///< Of each error rate that it may use.
};

/// Where the rows stand among the looks that were declared for them.
struct LooksReached {
  std::vector<Look> reached;         ///< None where there are fewer rows than the first look.
  std::optional<std::int64_t> next;  ///< The number of rows of the look that is not reached yet.

  /// Only what all of the declared rows say is judged, in one look.
  bool is_single() const { return reached.size() == 1 && reached.front().share == 1; }
};

/// Where nothing is declared: one look at all rows. `declared` rises.
LooksReached looks_at(std::span<const std::int64_t> declared, std::int64_t rows);

}  // namespace modelgate
