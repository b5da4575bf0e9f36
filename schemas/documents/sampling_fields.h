#pragma once

#include <nlohmann/json_fwd.hpp>

#include "schemas/documents/node.h"
#include "schemas/documents/sampling.h"

namespace modelgate {

/// How samples were taken, as a part of documents. Internal to schemas/documents.
Sampling sampling_from(const Node& node);
nlohmann::ordered_json json_of(const Sampling& sampling);

}  // namespace modelgate
