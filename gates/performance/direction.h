#pragma once

#include <optional>
#include <vector>

#include "gates/performance/performance.h"

namespace modelgate {

/// Gives series whose direction is not known that of the last setting that means them.
void give_directions(Measurements& measurements, const std::vector<DirectionSetting>& settings);

/// Error checks for settings that mean no series of either subject, and for series whose known direction a
/// setting contradicts. `verdict` brings the gate's name.
std::vector<Check> judge_directions(const std::optional<Measurements>& baseline,
                                    const Measurements& candidate,
                                    const std::vector<DirectionSetting>& settings, const Verdict& verdict);

/// How to say the direction of a series, for an error where it is not known.
std::string how_to_say_direction(const SampleSeries& series);

}  // namespace modelgate
