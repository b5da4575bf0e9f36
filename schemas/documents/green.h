#pragma once

#include <cstdint>
#include <string>

#include "schemas/documents/node.h"

namespace modelgate {

/// A version that a passing verdict let through on a branch. It is no release.
struct Green {
  std::int64_t number = 0;     ///< The order in which a store marked them: 1, 2, …, over all branches.
  std::string branch;          ///< Of which it is the last green until a higher number of that branch.
  std::string version;         ///< "v1.3.0-dev.7"
  std::string digest;          ///< Of the version's files, as in its manifest.
  std::string commit;          ///< That was judged; empty where it is not known, or files were modified.
  std::string marked;          ///< UTC. For people: it orders nothing.
  std::string verdict_digest;  ///< Of the verdict document, which the store keeps as an object.
  bool first_release = false;  ///< There was no baseline to compare with.
  std::string baseline;        ///< The version it was compared with; empty if there was none.

  bool operator==(const Green&) const = default;
};

/// Reads and checks the document "baseline-green". Errors: kind usage with the place.
Green green_from(const Node& document);
std::string to_json(const Green& green);

}  // namespace modelgate
