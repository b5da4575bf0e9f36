#include <fnmatch.h>

#include <array>
#include <cmath>
#include <cstdlib>

#include "gates/performance/limit.h"
#include "gates/performance/quantile.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr char hint[] =
    "Write it like 'p99 <= 120 ms', 'BM_infer* real_time <= 2ms' or 'peak_memory <= 6 GiB'.";

struct Unit {
  const char* name;
  const char* of;  ///< The unit of measurements.
  double factor;
};
constexpr std::array units = {
    Unit{"ns", "s", 1e-9},
    Unit{"us", "s", 1e-6},
    Unit{"µs", "s", 1e-6},
    Unit{"ms", "s", 1e-3},
    Unit{"s", "s", 1},
    Unit{"min", "s", 60},
    Unit{"bytes", "bytes", 1},
    Unit{"B", "bytes", 1},
    Unit{"kB", "bytes", 1e3},
    Unit{"KB", "bytes", 1e3},
    Unit{"MB", "bytes", 1e6},
    Unit{"GB", "bytes", 1e9},
    Unit{"TB", "bytes", 1e12},
    Unit{"KiB", "bytes", 1024},
    Unit{"MiB", "bytes", 1048576},
    Unit{"GiB", "bytes", 1 << 30},
    Unit{"TiB", "bytes", 1024.0 * (1 << 30)},
    Unit{"/s", "1/s", 1},
    Unit{"1/s", "1/s", 1},
};

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw usage_error("--limit", "'" + beginning(text) + "' " + why, hint);
}

struct Sign {
  const char* text;
  Limit::Kind kind;
};
constexpr std::array signs = {Sign{"<=", Limit::Kind::maximum}, Sign{"≤", Limit::Kind::maximum},
                              Sign{">=", Limit::Kind::minimum}, Sign{"≥", Limit::Kind::minimum}};

}  // namespace

PerformanceLimit limit_from(const std::string& text) {
  PerformanceLimit limit;
  std::size_t at = std::string::npos;
  std::string right;
  for (const Sign& sign : signs)
    if (const std::size_t found = text.rfind(sign.text); found != std::string::npos) {
      at = found;
      limit.kind = sign.kind;
      right = trimmed(text.substr(found + std::string(sign.text).size()));
      break;
    }
  if (at == std::string::npos) refuse(text, "has neither <= nor >=");
  const std::string left = trimmed(text.substr(0, at));
  if (left.empty()) refuse(text, "names no quantity");
  const std::size_t blank = left.find_last_of(" \t");
  limit.quantity = blank == std::string::npos ? left : left.substr(blank + 1);
  limit.benchmarks = blank == std::string::npos ? "*" : trimmed(left.substr(0, blank));
  if (limit.kind == Limit::Kind::minimum && quantile_named(limit.quantity))
    refuse(text, "sets a least value for a time");

  char* end = nullptr;
  limit.value = std::strtod(right.c_str(), &end);
  if (end == right.c_str() || !(limit.value > 0) || !std::isfinite(limit.value))
    refuse(text, "has no number above 0 as its limit");
  const std::string unit = trimmed(end);
  if (unit.empty()) return limit;
  for (const Unit& known : units)
    if (unit == known.name) {
      limit.unit = known.of;
      limit.value *= known.factor;
      if (!std::isfinite(limit.value)) refuse(text, "has no number above 0 as its limit");
      return limit;
    }
  refuse(text, "has the unit '" + beginning(unit) +
                   "', which is none of ns, us, ms, s, min, B, kB, MB, GB, KiB, MiB, GiB, /s");
}

bool is_limited(const PerformanceLimit& limit, const SeriesKey& key) {
  return key.second == limit.quantity && ::fnmatch(limit.benchmarks.c_str(), key.first.c_str(), 0) == 0;
}

}  // namespace modelgate
