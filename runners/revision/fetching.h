#pragma once

namespace modelgate {

/// What may be done to see commits that are not here.
struct Fetching {
  bool allowed = true;   ///< The remote may be asked.
  double seconds = 120;  ///< In all.
};

}  // namespace modelgate
