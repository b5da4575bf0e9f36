#include "runners/gpu/gpu_options.h"

#include <charconv>

#include "runners/gpu/clock_reasons.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

// Enough to see what lasts a tenth of a second; see the README on what it costs.
constexpr double samples_per_second = 20;

/// "5%" as 0.05.
double share_of(const std::string& option, const std::string& typed) {
  double percent = 0;
  const char* end = typed.data() + typed.size();
  const auto [last, failure] = std::from_chars(typed.data(), end, percent);
  if (failure != std::errc() || last + 1 != end || *last != '%' || !(percent > 0) || !(percent < 100))
    throw usage_error(option, "'" + typed + "' is no share",
                      "Write a percentage between 0% and 100%, like 5%.");
  return percent / 100;
}

}  // namespace

void GpuOptions::declare(OptionSet& options) {
  options.text(
      "gpu", gpu, "UUID|INDEX|auto|none",
      "The GPU that programs compute on. It alone is shown to them, and watched: what is measured while its "
      "clock falls, it is throttled or others compute on it is discarded. auto: the first");
  options.text("gpu-clock-fall", clock_fall, "PERCENT", "So far may its SM clock fall below the usual one");
  options.list(
      "gpu-allow", allow, "REASON",
      "A reason for a lower clock that discards nothing: sw_power_cap where a model always works at the "
      "power limit");
}

std::unique_ptr<GpuWatch> GpuOptions::watch(const std::string& fitting) const {
  GpuLimits limits;
  limits.clock_fall = share_of("--gpu-clock-fall", clock_fall);
  for (const std::string& name : allow) limits.allowed_reasons |= slowing_clock_reason(name);
  const std::string asked = gpu.empty() ? fitting : gpu;
  if (asked == "none") return nullptr;
  return std::make_unique<GpuWatch>(asked, samples_per_second, limits);
}

void show_only(const GpuWatch* watch, std::map<std::string, std::string>& environment) {
  if (watch != nullptr) environment.emplace("CUDA_VISIBLE_DEVICES", watch->device().uuid);
}

}  // namespace modelgate
