#include "reporters/posting/server_wait.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <ctime>

namespace modelgate {
namespace {

// GitHub asks for a minute where a secondary limit names no time.
constexpr double seconds_without_a_time = 60, longest_wait = 1e6;
constexpr std::size_t words_looked_at = 4096;

std::optional<double> seconds_from(const std::string& text) {
  long long value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  if (text.empty() || failure != std::errc() || stop != end || value < 0) return std::nullopt;
  return static_cast<double>(value);
}

/// GitHub says "x-ratelimit-…", GitLab "ratelimit-…".
std::string limit_header(const Response& response, const std::string& name) {
  const std::string value = response.header("x-ratelimit-" + name);
  return value.empty() ? response.header("ratelimit-" + name) : value;
}

bool nothing_left(const Response& response) { return limit_header(response, "remaining") == "0"; }

bool speaks_of_a_rate_limit(const Response& response) {
  std::string words = response.body.substr(0, words_looked_at);
  for (char& c : words) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return words.find("rate limit") != std::string::npos;
}

}  // namespace

std::optional<double> http_date(const std::string& text) {
  // No program of ours sets a locale, so that names of days and months are English ones.
  for (const char* format :
       {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"}) {
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), format, &parts);
    if (end != nullptr && *end == '\0') return static_cast<double>(::timegm(&parts));
  }
  return std::nullopt;
}

bool is_rate_limited(const Response& response) {
  if (response.status == 429) return true;
  return response.status == 403 && (!response.header("retry-after").empty() || nothing_left(response) ||
                                    speaks_of_a_rate_limit(response));
}

std::optional<double> asked_wait(const Response& response, double utc_now) {
  const double now = http_date(response.header("date")).value_or(utc_now);
  const auto bounded = [](double seconds) { return std::clamp(seconds, 0.0, longest_wait); };
  const std::string retry_after = response.header("retry-after");
  if (const std::optional<double> seconds = seconds_from(retry_after)) return bounded(*seconds);
  if (const std::optional<double> date = http_date(retry_after)) return bounded(*date - now);
  if (!is_rate_limited(response)) return std::nullopt;
  if (nothing_left(response))
    if (const std::optional<double> reset = seconds_from(limit_header(response, "reset")))
      return bounded(*reset - now + 1);  // the reset is told in whole seconds
  if (response.status == 403 || speaks_of_a_rate_limit(response)) return seconds_without_a_time;
  return std::nullopt;
}

}  // namespace modelgate
