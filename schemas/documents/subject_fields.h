#pragma once

#include <nlohmann/json_fwd.hpp>

#include "schemas/documents/node.h"
#include "schemas/documents/subject.h"

namespace modelgate {

/// A subject as a part of other documents. Internal to schemas/documents.
Subject subject_from(const Node& node);
nlohmann::ordered_json json_of(const Subject& subject);

}  // namespace modelgate
