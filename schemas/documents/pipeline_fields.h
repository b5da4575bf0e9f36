#pragma once

#include <nlohmann/json_fwd.hpp>

#include "schemas/documents/node.h"
#include "schemas/documents/pipeline_record.h"

namespace modelgate {

/// A record as a part of a verdict. Internal to schemas/documents.
PipelineRecord pipeline_record_from(const Node& node);
nlohmann::ordered_json json_of(const PipelineRecord& record);

}  // namespace modelgate
