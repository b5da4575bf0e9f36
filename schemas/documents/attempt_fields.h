#pragma once

#include <nlohmann/json_fwd.hpp>

#include "schemas/documents/attempt.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// Attempts as a part of other documents. Internal to schemas/documents.
CaseStatus case_status_from(const Node& node);
/// Two at least: one that stands alone says no more than the test does.
std::vector<Attempt> attempts_from(const Node& node);
nlohmann::ordered_json json_of(const std::vector<Attempt>& attempts);

}  // namespace modelgate
