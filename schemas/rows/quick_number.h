#pragma once

#include <cstdint>

namespace modelgate {

/// Reads a number as JSON writes it ("-1.5e3") at `at`, and sets `at` behind it. Exactly rounded. False where
/// there is none, or it is not finite. There is a byte at `end`, and it belongs to no number.
bool read_number(const char*& at, const char* end, double& value);

/// The same of a whole number without sign, leading zeros, point and exponent, of up to 18 digits.
bool read_whole(const char*& at, const char* end, std::uint64_t& value);

}  // namespace modelgate
