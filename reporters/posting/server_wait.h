#pragma once

#include <optional>
#include <string>

#include "reporters/posting/exchange.h"

namespace modelgate {

/// Seconds since 1970 of a date of HTTP, in any of the three forms of RFC 9110; none where it is no date.
std::optional<double> http_date(const std::string& text);

/// True where the server refused because too much was asked of it, not because we may not: 429, or 403 with
/// Retry-After, with no request left of the limit, or with words about a rate limit (GitHub's secondary
/// limits).
bool is_rate_limited(const Response& response);

/// How many seconds the server asks to wait: by Retry-After (seconds or a date), by the reset of a limit of
/// which nothing is left (X-RateLimit-… or RateLimit-…), or a minute for one of GitHub's secondary limits
/// that says no more. None where it asks for nothing. Dates are compared with the server's own Date where it
/// sends one, so that a clock that goes wrong here does no harm.
std::optional<double> asked_wait(const Response& response, double utc_now);

}  // namespace modelgate
