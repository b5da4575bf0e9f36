#pragma once

#include "schemas/documents/inconclusive.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// Policies as a part of documents. Internal to schemas/documents.
InconclusiveAction inconclusive_action_from(const Node& node);
InconclusivePolicy inconclusive_policy_from(const Node& node);

}  // namespace modelgate
