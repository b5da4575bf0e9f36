#include "schemas/tool/clock.h"

#include <ctime>

namespace modelgate {
namespace {

std::string formatted(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

}  // namespace

std::string utc_now() { return formatted("%Y-%m-%dT%H:%M:%SZ"); }
std::string utc_day() { return formatted("%Y-%m-%d"); }

}  // namespace modelgate
