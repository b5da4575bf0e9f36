#include <cmath>
#include <cstdlib>

#include "gates/performance/performance.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr double widest_margin = 10000;

/// "10%" as 0.1; `most` in percent. A time may grow by several times itself.
double percentage(const std::string& option, const std::string& text, double most) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || std::string(end) != "%" || !(value >= 0) || !(value < most))
    throw usage_error(
        option, "'" + text + "' is not a percentage",
        "Write it like 5% or 2.5%" +
            (value >= most ? ", below " + std::to_string(static_cast<int>(most)) + "%." : std::string(".")));
  return value / 100;
}

double positive_number(const std::string& option, const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || *end != '\0' || !(value > 0) || !std::isfinite(value))
    throw usage_error(option, "'" + text + "' is not a positive number");
  return value;
}

/// NAME=VALUE, split at the last '=', because names like "batch=8" hold one.
std::pair<std::string, std::string> split(const std::string& option, const std::string& text) {
  const std::size_t at = text.rfind('=');
  if (at == std::string::npos || at == 0 || at + 1 == text.size())
    throw usage_error(option, "'" + text + "' is not NAME=VALUE", "NAME may hold * and ?.");
  return {text.substr(0, at), text.substr(at + 1)};
}

}  // namespace

void PerformanceOptions::declare(OptionSet& options) {
  options.text("margin", margin, "PERCENT", "How much slower is tolerated (default: 5%)");
  options.list("benchmark-margin", benchmark_margins, "NAME=PERCENT",
               "Another margin for some benchmarks (NAME may hold *)");
  options.list("maximum", maxima, "NAME=VALUE",
               "An absolute limit of the candidate, in seconds for times (NAME may hold *)");
  options.list("quantities", quantities, "NAME", "Judge this quantity (default: real_time and latency)");
  options.text("filter", filter, "PATTERN", "Only benchmarks whose name matches, such as 'BM_infer*'");
  options.integer("minimum-pairs", minimum_pairs, 2, 100000, "N",
                  "Fewer process pairs cannot decide (default: 5)");
  options.text("process-noise", process_noise, "PERCENT",
               "Assumed spread between processes where each side ran in only one (default: 1%)");
}

PerformanceDemands PerformanceOptions::demands() const {
  PerformanceDemands demands;
  demands.margin = percentage("--margin", margin, widest_margin);
  for (const std::string& text : benchmark_margins) {
    const auto [name, value] = split("--benchmark-margin", text);
    demands.benchmark_margins.push_back({name, percentage("--benchmark-margin", value, widest_margin)});
  }
  for (const std::string& text : maxima) {
    const auto [name, value] = split("--maximum", text);
    demands.maxima.push_back({name, positive_number("--maximum", value)});
  }
  demands.quantities = quantities;
  demands.filter = filter;
  demands.minimum_pairs = minimum_pairs;
  demands.process_noise = percentage("--process-noise", process_noise, 100);
  return demands;
}

}  // namespace modelgate
