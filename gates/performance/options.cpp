#include <cstdlib>

#include "gates/performance/limit.h"
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
  options.list("limit", limits, "LIMIT",
               "An absolute limit of the candidate, such as 'p99 <= 120 ms', 'BM_infer* real_time <= 2ms', "
               "'peak_memory <= 6 GiB' or 'throughput >= 500 /s'");
  options.list("quantities", quantities, "NAME",
               "Judge this quantity, such as cpu_time, p99 or peak_memory (default: real_time and latency)");
  options.list("better", better, "NAME=lower|higher",
               "Which is better where a file does not tell it, such as 'hits=higher' (NAME may hold *)");
  options.list("may-differ", may_differ, "FIELD",
               "Compare although this field of the environments differs, such as kernel (may hold *)");
  options.text("filter", filter, "PATTERN", "Only benchmarks whose name matches, such as 'BM_infer*'");
  options.integer("minimum-pairs", minimum_pairs, 2, 100000, "N",
                  "Fewer process pairs cannot decide (default: 5)");
  options.text(
      "creep", creep, "PERCENT",
      "What the changes of the last releases may add up to, each of them within its margin (default: any)");
  options.integer("creep-releases", creep_releases, 1, 100, "N",
                  "How many releases that are, the candidate one of them (default: 10)");
  options.text("history", history, "DIR",
               "The verdicts of earlier releases, as modelgate-baseline checkout --history writes them");
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
  for (const std::string& text : limits) demands.limits.push_back(limit_from(text));
  for (const std::string& text : better) {
    const auto [name, value] = split("--better", text);
    if (value != "lower" && value != "higher")
      throw usage_error("--better", "'" + value + "' is no direction", "Write NAME=lower or NAME=higher.");
    demands.better.push_back({name, value == "lower" ? Better::lower : Better::higher});
  }
  demands.may_differ = may_differ;
  demands.quantities = quantities;
  demands.filter = filter;
  demands.minimum_pairs = minimum_pairs;
  if (!creep.empty()) demands.creep = percentage("--creep", creep, widest_margin);
  demands.creep_releases = creep_releases;
  demands.process_noise = percentage("--process-noise", process_noise, 100);
  return demands;
}

}  // namespace modelgate
