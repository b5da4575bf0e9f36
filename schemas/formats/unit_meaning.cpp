// Only what is beyond doubt is known: "errors/s" is a rate too, and more of it is no better.

#include "schemas/formats/unit_meaning.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace modelgate {
namespace {

using Scale = std::pair<std::string_view, double>;

constexpr std::array<Scale, 27> times = {{{"ns", 1e-9},
                                          {"nsec", 1e-9},
                                          {"nanosecond", 1e-9},
                                          {"nanoseconds", 1e-9},
                                          {"us", 1e-6},
                                          {"\u00b5s", 1e-6},
                                          {"\u03bcs", 1e-6},
                                          {"usec", 1e-6},
                                          {"microsecond", 1e-6},
                                          {"microseconds", 1e-6},
                                          {"ms", 1e-3},
                                          {"msec", 1e-3},
                                          {"millis", 1e-3},
                                          {"millisecond", 1e-3},
                                          {"milliseconds", 1e-3},
                                          {"s", 1},
                                          {"sec", 1},
                                          {"secs", 1},
                                          {"second", 1},
                                          {"seconds", 1},
                                          {"min", 60},
                                          {"mins", 60},
                                          {"minute", 60},
                                          {"minutes", 60},
                                          {"h", 3600},
                                          {"hour", 3600},
                                          {"hours", 3600}}};

constexpr std::array<Scale, 14> sizes = {{{"B", 1},
                                          {"byte", 1},
                                          {"bytes", 1},
                                          {"Bytes", 1},
                                          {"kB", 1e3},
                                          {"KB", 1e3},
                                          {"KiB", 1024},
                                          {"MB", 1e6},
                                          {"MiB", 1024.0 * 1024},
                                          {"GB", 1e9},
                                          {"GiB", 1024.0 * 1024 * 1024},
                                          {"TB", 1e12},
                                          {"TiB", 1024.0 * 1024 * 1024 * 1024},
                                          {"mebibytes", 1024.0 * 1024}}};

/// Of which more each second is better.
constexpr std::array<std::string_view, 35> work = {
    "op",     "ops",     "operation", "operations", "iter",    "iters", "iteration",   "iterations",  "req",
    "reqs",   "request", "requests",  "query",      "queries", "item",  "items",       "row",         "rows",
    "record", "records", "token",     "tokens",     "call",    "calls", "sample",      "samples",     "image",
    "images", "frame",   "frames",    "msg",        "msgs",    "tx",    "transaction", "transactions"};

template <std::size_t size>
std::optional<double> factor_in(const std::array<Scale, size>& scales, std::string_view unit) {
  const auto found =
      std::find_if(scales.begin(), scales.end(), [&](const Scale& scale) { return scale.first == unit; });
  return found == scales.end() ? std::nullopt : std::optional(found->second);
}

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Of what stands before "/op" or behind "p99-".
std::optional<UnitMeaning> amount(std::string_view unit) {
  if (const auto factor = factor_in(times, unit)) return UnitMeaning{*factor, "s", Better::lower};
  if (const auto factor = factor_in(sizes, unit)) return UnitMeaning{*factor, "bytes", Better::lower};
  return std::nullopt;
}

}  // namespace

UnitMeaning meaning_of_unit(std::string_view unit) {
  const UnitMeaning unknown{1, std::string(unit), Better::unknown};
  const std::size_t slash = unit.find('/');
  if (slash == std::string_view::npos) {
    if (is_any_of(unit, {"qps", "rps", "tps", "fps"})) return {1, "1/s", Better::higher};
    if (auto whole = amount(unit)) return *whole;
    const std::size_t dash = unit.rfind('-');
    return dash == std::string_view::npos ? unknown : amount(unit.substr(dash + 1)).value_or(unknown);
  }
  const std::string_view what = unit.substr(0, slash), per = unit.substr(slash + 1);
  if (!is_any_of(per, {"s", "sec", "second"})) {
    if (what == "allocs") return {1, "allocs", Better::lower};
    return amount(what).value_or(unknown);
  }
  if (const auto factor = factor_in(sizes, what)) return {*factor, "bytes/s", Better::higher};
  if (std::find(work.begin(), work.end(), what) != work.end()) return {1, "1/s", Better::higher};
  return unknown;
}

}  // namespace modelgate
