#pragma once

#include <string>

namespace modelgate {

/// A number without decimals and with commas between thousands: "1,980".
std::string grouped(double value);
/// "40 %", "0.4 %"
std::string percent_text(double share);
/// "141.1 GiB", "512 MiB"
std::string bytes_text(double bytes);
/// "1,755–1,980" or "1,980"
std::string span_text(double lowest, double highest);

}  // namespace modelgate
