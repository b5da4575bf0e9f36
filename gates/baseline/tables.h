#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/green.h"
#include "schemas/documents/manifest.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// "3.2 MiB"
std::string size_in_words(std::int64_t bytes);

/// What a store holds, as it is listed.
struct Listing {
  std::vector<Manifest> versions;  ///< In the order in which they are shown.
  std::string latest;              ///< The latest release; empty if there is none.
  std::vector<Green> greens;       ///< By number.
};

/// A line for each version.
std::string list_in_words(const Listing& listing);
/// {"latest": "v1.1.0", "versions": [{"version", "state", …}]}; the commit of a green that was saved without
/// one is that which was judged.
std::string list_as_json(const Listing& listing);

/// Everything about one version; `verdict` is the one by which it was released. `of`: its `versions` are not
/// looked at.
std::string show_in_words(const Manifest& manifest, const std::optional<Verdict>& verdict, const Listing& of);

}  // namespace modelgate
