#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace modelgate {

/// Why the clock of a GPU is no higher than it is, as the driver tells it: a bit each.
struct ClockReason {
  std::uint64_t bit;
  std::string name;      ///< "sw_thermal_slowdown"
  std::string sentence;  ///< "the driver lowered the clock because of the temperature"
  bool slows;            ///< It takes speed that the device had before; being idle and a set clock do not.
};

/// Those that are documented, lowest bit first.
const std::vector<ClockReason>& known_clock_reasons();

/// That nothing runs.
inline constexpr std::uint64_t clock_reason_idle = 0x1;

/// The bits of all that slow.
std::uint64_t slowing_clock_reasons();

/// The names of the bits; what is not documented as "0x400".
std::vector<std::string> names_of_clock_reasons(std::uint64_t bits);

/// The bit of a name that slows. Errors: kind usage, with "did you mean".
std::uint64_t slowing_clock_reason(const std::string& name);

}  // namespace modelgate
