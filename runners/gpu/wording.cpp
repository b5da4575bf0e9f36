#include "runners/gpu/wording.h"

#include <cmath>
#include <cstdio>

namespace modelgate {
namespace {

std::string decimal(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

}  // namespace

std::string grouped(double value) {
  std::string text = decimal(value, 0);
  const std::size_t begin = text.starts_with('-') ? 1 : 0;
  for (std::size_t i = text.size(); i > begin + 3;) text.insert(i -= 3, 1, ',');
  return text;
}

std::string percent_text(double share) {
  const double percent = 100 * share;
  return decimal(percent, percent > 0 && percent < 1 ? 1 : 0) + " %";
}

std::string bytes_text(double bytes) {
  constexpr double mebi = 1024.0 * 1024, gibi = 1024 * mebi;
  return bytes >= gibi ? decimal(bytes / gibi, 1) + " GiB" : grouped(bytes / mebi) + " MiB";
}

std::string span_text(double lowest, double highest) {
  const std::string low = grouped(lowest), high = grouped(highest);
  return low == high ? low : low + "–" + high;
}

}  // namespace modelgate
