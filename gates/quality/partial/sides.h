#pragma once

#include <optional>

#include "gates/quality/rows/answer_file.h"

namespace modelgate {

/// What is judged.
struct Sides {
  std::optional<AnswerFile> baseline;  ///< None in a first release.
  AnswerFile candidate;
};

/// What is asked of the rows of each.
struct SideRequests {
  RowRequest baseline, candidate;
};

}  // namespace modelgate
