#pragma once

#include <cstdint>

namespace modelgate {

/// How often something happened, with Clopper and Pearson's bounds.
struct Rate {
  std::int64_t hits = 0, trials = 0;

  double share() const;
  double lower() const;  ///< One-sided, 95 %.
  double upper() const;  ///< One-sided, 95 %.

  bool operator==(const Rate&) const = default;
};

}  // namespace modelgate
