#pragma once

#include <map>
#include <string>

#include "schemas/pipeline/pipeline.h"

namespace modelgate {

using Environment = std::map<std::string, std::string>;

inline Pipeline pipeline_in(const Environment& environment) {
  return pipeline_of([&](const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
  });
}

inline const std::string some_commit = "8d3c1f0a7be24655c9e0d4f2b1a6837e5d90c214";
inline const std::string head_commit = "5d1c0ab7e3f94826b7a1de60c8f2394b61e7a05c";
inline const std::string base_commit = "f27ab90c4417de53816c2b0e9a5f7d61308bc4e9";

}  // namespace modelgate
