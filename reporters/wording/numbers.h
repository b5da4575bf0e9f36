#pragma once

#include <cstdint>
#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

// How numbers are written: the same in every locale, with a real minus sign, blanks before units, and as many
// digits as tell what is to be told. A report rounds and scales, and computes nothing.

/// "1,203"
std::string count_text(std::int64_t count);

/// "3 checks", "1 check"
std::string counted(std::size_t count, const std::string& singular, const std::string& plural);

/// "1.23 ms" of a unit "s", "61,700/s" of "1/s", "12.5 MiB" of "bytes", "95.3 %" of "percent" or of a
/// "fraction" of 0.953, "0.4 pp" of "points"; of any other unit up to four significant digits.
/// `more_digits` are shown beyond that.
std::string quantity_text(double value, const std::string& unit, int more_digits = 0);

/// "95 %", "97.5 %" of 0.95, 0.975: a level of confidence.
std::string level_text(double level);

/// "16.2 µs → 22.1 µs": the values that a check compares, with as many digits as it takes to tell them
/// apart; the candidate's alone where there is no baseline; "" where there are none.
std::string values_text(const Check& check);

/// "+36.4 %": what changed. "(+34.9 … +37.9)": the bounds, "−∞" and "+∞" where there is none. "" without an
/// effect.
std::string change_text(const Check& check);
std::string bounds_text(const Check& check);
/// Another change in the unit of the check's effect, with as many digits as that: "−12.6 pp".
std::string change_text(const Check& check, double change);

/// "+10 %", "−1 pp": the worsening that is tolerated, in the direction in which it lies. "min 85 %", "max 2
/// ms": the limit. Both, or "".
std::string margin_text(const Check& check);

}  // namespace modelgate
