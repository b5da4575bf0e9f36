#pragma once

#include <optional>

#include "schemas/pipeline/pipeline.h"

namespace modelgate {

/// What one platform's variables say; nothing where there are none. Internal to schemas/pipeline.
std::optional<Pipeline> pipeline_of_gitlab(const Variables& variable);
std::optional<Pipeline> pipeline_of_github(const Variables& variable);
/// Of a system whose variables tell little.
std::optional<Pipeline> pipeline_of_others(const Variables& variable);

}  // namespace modelgate
