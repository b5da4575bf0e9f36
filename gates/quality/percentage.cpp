#include "gates/quality/percentage.h"

#include <charconv>

#include "schemas/tool/error.h"

namespace modelgate {

double share_of(const std::string& option, const std::string& text) {
  double value = -1;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string rest(end, text.data() + text.size());
  if (failure != std::errc() || !(value >= 0 && value <= 100) ||
      !(rest == "%" || (rest.empty() && value == 0)))
    throw usage_error(option, "'" + text + "' is not a percentage",
                      "Write it like 1% or 0.5%, at most 100%.");
  return value / 100;
}

}  // namespace modelgate
