#pragma once

#include <map>
#include <string>

namespace modelgate {

/// The JSON Schema (draft-07) of each document, by name: "plan", "measurements", "verdict",
/// "baseline-manifest", "baseline-green", "calibration".
const std::map<std::string, std::string>& schema_texts();

}  // namespace modelgate
