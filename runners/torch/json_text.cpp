#include "runners/torch/json_text.h"

#include <fmt/format.h>

namespace modelgate {

std::string json_number(float value) { return fmt::format("{}", value); }
std::string json_number(double value) { return fmt::format("{}", value); }

}  // namespace modelgate
