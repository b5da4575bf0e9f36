#pragma once

#include <string>

namespace modelgate {

/// UTC now, "2026-11-23T20:15:00Z".
std::string utc_now();
/// The day of it, "2026-11-23".
std::string utc_day();

}  // namespace modelgate
