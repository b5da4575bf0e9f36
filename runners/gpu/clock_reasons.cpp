#include "runners/gpu/clock_reasons.h"

#include <cstdio>

#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {

const std::vector<ClockReason>& known_clock_reasons() {
  static const std::vector<ClockReason> reasons = {
      {clock_reason_idle, "idle", "nothing ran", false},
      {0x2, "applications_clocks_setting", "the clock is set by the administrator", false},
      {0x4, "sw_power_cap", "the driver lowered the clock because of the power limit", true},
      {0x8, "hw_slowdown", "the hardware lowered the clock to half or less (temperature or power)", true},
      {0x10, "sync_boost", "the clock is that of the slowest of a group of GPUs", false},
      {0x20, "sw_thermal_slowdown", "the driver lowered the clock because of the temperature", true},
      {0x40, "hw_thermal_slowdown",
       "the hardware lowered the clock to half or less because of the temperature", true},
      {0x80, "hw_power_brake_slowdown",
       "the hardware lowered the clock to half or less because the machine's "
       "power supply asked for it",
       true},
      {0x100, "display_clock_setting", "the clock is set for a display", false}};
  return reasons;
}

std::uint64_t slowing_clock_reasons() {
  std::uint64_t bits = 0;
  for (const ClockReason& reason : known_clock_reasons())
    if (reason.slows) bits |= reason.bit;
  return bits;
}

std::vector<std::string> names_of_clock_reasons(std::uint64_t bits) {
  std::vector<std::string> names;
  for (const ClockReason& reason : known_clock_reasons())
    if ((bits & reason.bit) != 0) {
      names.push_back(reason.name);
      bits &= ~reason.bit;
    }
  if (bits != 0) {
    char text[32];
    std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(bits));
    names.emplace_back(text);
  }
  return names;
}

std::uint64_t slowing_clock_reason(const std::string& name) {
  std::vector<std::string> names;
  for (const ClockReason& reason : known_clock_reasons()) {
    if (!reason.slows) continue;
    if (reason.name == name) return reason.bit;
    names.push_back(reason.name);
  }
  const std::string near = did_you_mean(name, names);
  throw usage_error("--gpu-allow", "'" + name + "' is no reason for a lower clock",
                    near.empty() ? "One of: " + listing(names) + "." : near);
}

}  // namespace modelgate
