#pragma once

#include <string>

namespace modelgate {

/// UTC now, "2026-11-23T20:15:00Z".
std::string utc_now();
/// The day of it, "2026-11-23". Days written so compare like text.
std::string utc_day();

/// True for a day of the calendar that is written like "2026-12-31".
bool is_day(const std::string& text);
/// The day so many days after another. An Error (kind usage) if that is none.
std::string day_after(const std::string& day, int days);

}  // namespace modelgate
