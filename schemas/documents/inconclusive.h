#pragma once

#include <string>

namespace modelgate {

/// What checks that cannot be decided do to the exit code.
enum class InconclusiveAction { block, warn };

std::string name_of(InconclusiveAction action);

/// By what a suite went. A verdict stays inconclusive whatever its policy says.
struct InconclusivePolicy {
  InconclusiveAction action = InconclusiveAction::block;
  std::string because;  ///< "branch feature/x is no release branch"

  bool operator==(const InconclusivePolicy&) const = default;
};

}  // namespace modelgate
