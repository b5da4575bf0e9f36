#pragma once

#include <string>

#include "runners/revision/history.h"

namespace modelgate {

/// The tip that HEAD is held against.
struct Target {
  std::string commit;  ///< In full.
  std::string name;    ///< For people.
  std::string note;    ///< A sentence on how it was found where that is not plain.
  /// It is the parent of HEAD, which merges the change into it: nothing need be asked to know the merge base.
  bool is_parent_of_head = false;
};

/// See merge_base(). Internal to runners/revision.
Target find_target(History& history, const std::string& head, const std::string& asked_branch);

}  // namespace modelgate
