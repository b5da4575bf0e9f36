// Half of the work is arithmetic, which sees the clock; half is a walk through more memory than a core's own
// caches hold, which sees what neighbours do to those that are shared.

#include "runners/pairs/reference_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace modelgate {
namespace {

constexpr std::size_t places = std::size_t{1} << 20;  // 4 MiB
constexpr int arithmetic_steps = 200'000, memory_steps = 5'000;

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

ReferenceLoop::ReferenceLoop() : memory_(places) {
  // One cycle through all places, in an order that no prefetcher guesses.
  std::vector<unsigned> order(places);
  std::iota(order.begin(), order.end(), 0u);
  unsigned random = 1;
  for (std::size_t i = places - 1; i > 0; --i) {
    random = random * 1664525u + 1013904223u;
    std::swap(order[i], order[(random >> 8) % (i + 1)]);
  }
  for (std::size_t i = 0; i < places; ++i) memory_[order[i]] = order[(i + 1) % places];
}

void ReferenceLoop::run() {
  const auto begin = std::chrono::steady_clock::now();
  unsigned value = 1;
  for (int i = 0; i < arithmetic_steps; ++i) value = value * 1664525u + 1013904223u;
  unsigned place = 0;
  for (int i = 0; i < memory_steps; ++i) place = memory_[place];
  volatile unsigned kept = value + place;  // so that the work is done
  static_cast<void>(kept);
  seconds_.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
}

std::string ReferenceLoop::note() const {
  if (seconds_.size() < 2) return "";
  const double middle = median_of(seconds_);
  std::vector<double> deviations;
  for (const double value : seconds_) deviations.push_back(std::abs(value - middle));
  const double spread = 1.4826 * median_of(deviations) / middle;
  const auto [least, most] = std::minmax_element(seconds_.begin(), seconds_.end());
  return fmt::format(
      "a reference loop between the pairs took {:.2f} ms, give or take {:.1f} % ({:.2f} to {:.2f} ms)",
      1e3 * middle, 100 * spread, 1e3 * *least, 1e3 * *most);
}

}  // namespace modelgate
