#pragma once

#include <string>
#include <string_view>

namespace modelgate {

/// "a%20b" as "a b" (RFC 3986); a '%' that begins no code stands for itself. Internal to runners/revision.
std::string percent_decoded(std::string_view text);

}  // namespace modelgate
