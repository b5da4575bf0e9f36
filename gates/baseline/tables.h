#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/manifest.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// "3.2 MiB"
std::string size_in_words(std::int64_t bytes);

/// A line for each version, in the order given.
std::string list_in_words(const std::vector<Manifest>& versions, const std::string& latest);
/// {"latest": "v1.1.0", "versions": [{"version", "state", …}]}
std::string list_as_json(const std::vector<Manifest>& versions, const std::string& latest);

/// Everything about one version; `verdict` is the one that let it through.
std::string show_in_words(const Manifest& manifest, const std::string& latest,
                          const std::optional<Verdict>& verdict);

}  // namespace modelgate
