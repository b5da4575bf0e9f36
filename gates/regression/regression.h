#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/verdict.h"
#include "schemas/formats/safetensors.h"

namespace modelgate {

/// What the regression gate demands; what is not given is usual for the tensor's dtype.
struct RegressionDemands {
  std::optional<double> relative_tolerance, absolute_tolerance;
};

/// A check for each tensor of `golden`: it must be in `candidate`, of the same dtype and shape, and equal
/// within the tolerance. Tensors that only the candidate has are not compared. No tensor at all is an error.
std::vector<Check> judge_tensors(const Safetensors& golden, const Safetensors& candidate,
                                 const RegressionDemands& demands, const std::string& gate);

}  // namespace modelgate
