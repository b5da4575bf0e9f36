#include "runners/pairs/warm_up.h"

#include <algorithm>

namespace modelgate {
namespace {

constexpr std::size_t least_in_window = 3;
constexpr double window_lasts_seconds = 0.005;
constexpr double falling_by = 0.02;
// However short the calls are: so many say no more than fewer.
constexpr std::int64_t most_calls = 1'000'000;

}  // namespace

bool WarmUp::goes_on() const {
  if (calls_ < bounds_.least_calls) return true;
  if (bounds_.least_calls == 0 || is_steady()) return false;
  return seconds_ < bounds_.most_seconds && calls_ < most_calls;
}

void WarmUp::add(double seconds) {
  ++calls_;
  seconds_ += seconds;
  window_.push_back(seconds);
  window_seconds_ += seconds;
  if (window_.size() >= least_in_window && window_seconds_ >= window_lasts_seconds) end_window();
}

void WarmUp::end_window() {
  const auto middle = window_.begin() + static_cast<std::ptrdiff_t>(window_.size() / 2);
  std::nth_element(window_.begin(), middle, window_.end());
  medians_.push_back(*middle);
  if (medians_.size() > 2) {
    lowest_ = lowest_ == 0 ? medians_.front() : std::min(lowest_, medians_.front());
    medians_.erase(medians_.begin());
    is_steady_ = std::min(medians_[0], medians_[1]) >= (1 - falling_by) * lowest_;
  }
  window_.clear();
  window_seconds_ = 0;
}

}  // namespace modelgate
