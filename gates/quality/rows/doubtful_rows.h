#pragma once

#include <string>
#include <vector>

namespace modelgate {

/// Rows of the candidate's file that may say more, or less, than they should.
struct DoubtfulRows {
  std::string words;       ///< What they are: "in the training data".
  std::vector<bool> rows;  ///< By row of the file.
};

}  // namespace modelgate
