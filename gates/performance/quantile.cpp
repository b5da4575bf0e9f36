#include "gates/performance/quantile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace modelgate {

std::optional<double> quantile_named(const std::string& quantity) {
  if (quantity.size() < 2 || quantity.size() > 8 || quantity.front() != 'p') return std::nullopt;
  if (quantity.find_first_not_of("0123456789.", 1) != std::string::npos) return std::nullopt;
  char* end = nullptr;
  const double percent = std::strtod(quantity.c_str() + 1, &end);
  if (*end != '\0' || !(percent > 0 && percent < 100)) return std::nullopt;
  return percent / 100;
}

bool has_single_values(const SampleSeries& series) { return series.quantity == "latency"; }

SampleSeries quantile_series(const SampleSeries& calls, const std::string& quantity, double quantile) {
  SampleSeries series = calls;
  series.quantity = quantity;
  for (ProcessSamples& process : series.processes) {
    if (process.values.empty()) continue;
    // What is said in decimals shall not miss its rank by a rounding: 0.99 · 300 is 297.
    const double rank = std::ceil(quantile * static_cast<double>(process.values.size()) - 1e-9);
    const auto place = process.values.begin() + static_cast<std::ptrdiff_t>(std::max(rank, 1.0)) - 1;
    std::nth_element(process.values.begin(), place, process.values.end());
    process.values = {*place};
  }
  return series;
}

std::string no_quantile(const SampleSeries& calls, const std::string& quantity, double quantile) {
  const auto needed = static_cast<std::size_t>(std::ceil(1 / (1 - quantile) - 1e-9));
  for (const ProcessSamples& process : calls.processes)
    if (!process.values.empty() && process.values.size() < needed)
      return fmt::format("has a process of {} values, and {} needs at least {} of each",
                         process.values.size(), quantity, needed);
  return "";
}

}  // namespace modelgate
