#pragma once

#include <string>

#include "schemas/documents/node.h"

namespace modelgate {

/// A digest as a part of documents: "sha256:" and 64 hexadecimal digits. Internal to schemas/documents.
inline std::string digest_from(const Node& node) {
  const std::string digest = node.text();
  const bool well_formed = digest.size() == 71 && digest.starts_with("sha256:") &&
                           digest.find_first_not_of("0123456789abcdef", 7) == std::string::npos;
  if (!well_formed) node.refuse("is not a digest", "Expected are sha256: and 64 hexadecimal digits.");
  return digest;
}

}  // namespace modelgate
