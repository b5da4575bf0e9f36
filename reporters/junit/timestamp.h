#pragma once

#include <string>

namespace modelgate {

/// True for "2026-11-23T20:15:00Z", an xs:dateTime of a day that exists; what is not one is left out.
bool is_timestamp(const std::string& text);

}  // namespace modelgate
