#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/verdicts/rate.h"

namespace modelgate {

/// "4.2 %", with as many digits as say something.
std::string share_text(double share);
/// "0.0 % (≤ 0.003 %)": the share and its upper bound.
std::string bounded_text(const Rate& rate);
/// "100,000".
std::string grouped(std::int64_t number);
/// "1 check", "500 checks".
std::string checks_text(std::size_t checks);
/// "10 pairs", "looks at 10, 20 and 40 pairs".
std::string looks_text(const std::vector<std::int64_t>& looks, const std::string& unit = "pairs");

}  // namespace modelgate
