#pragma once

#include <string>
#include <vector>

namespace modelgate {

/// The dtypes that a model can be converted to: float32, bfloat16, float16, float64.
const std::vector<std::string>& model_dtypes();

/// What was typed as `option`, if it is one of the choices. Errors: kind usage; other names of a dtype (fp16,
/// half, bf16) and typing errors are answered with the name that is meant.
std::string dtype_from(const std::string& option, const std::string& text,
                       const std::vector<std::string>& choices);

}  // namespace modelgate
