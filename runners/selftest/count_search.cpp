#include "runners/selftest/count_search.h"

#include <algorithm>
#include <cmath>

namespace modelgate {

CountSearch::CountSearch(Aim aim, std::int64_t most, double now, double at_worst, double wanted)
    : aim_(aim), high_(most), at_low_(now), at_high_(at_worst), start_(now), wanted_(wanted) {
  if (most == 0) over_ = true;
  // Nothing need be planted, or nothing may.
  if (!(wanted > now)) {
    if (aim == Aim::at_least) high_ = 0;
    over_ = true;
  }
}

bool CountSearch::is_near(double badness) const {
  const double tolerance = 0.05 * (wanted_ - start_);
  return aim_ == Aim::at_least ? badness >= wanted_ && badness <= wanted_ + tolerance
                               : badness <= wanted_ && badness >= wanted_ - tolerance;
}

std::optional<std::int64_t> CountSearch::next() const {
  if (over_) return std::nullopt;
  if (high_ - low_ <= 1) return is_high_tried_ ? std::nullopt : std::optional(high_);
  if (!is_high_tried_ && !(at_high_ > wanted_)) return high_;
  // A straight line leads there in few steps; where it is crooked, halves do.
  const double aimed =
      aim_ == Aim::at_least ? wanted_ + 0.02 * (wanted_ - start_) : wanted_ - 0.02 * (wanted_ - start_);
  double share = tries_ < 6 ? (aimed - at_low_) / (at_high_ - at_low_) : 0.5;
  if (!(share > 0 && share < 1)) share = 0.5;
  const double count = static_cast<double>(low_) + share * static_cast<double>(high_ - low_);
  const auto rounded =
      static_cast<std::int64_t>(aim_ == Aim::at_least ? std::ceil(count) : std::floor(count));
  return std::clamp(rounded, low_ + 1, high_ - 1);
}

void CountSearch::tell(std::int64_t count, std::optional<double> badness) {
  ++tries_;
  if (!badness || !std::isfinite(*badness) || tries_ > 60) {
    // As many as a straight line needs, for the gate to say why it cannot decide.
    if (!badness) low_ = high_ = count;
    over_ = true;
    return;
  }
  const bool reached = aim_ == Aim::at_least ? *badness >= wanted_ : *badness > wanted_;
  if (reached) {
    high_ = count;
    at_high_ = *badness;
    is_high_tried_ = true;
  } else if (count == high_) {
    // All of them are not enough: for at_least the worst there is, for at_most all are allowed.
    low_ = high_;
    is_high_tried_ = over_ = true;
  } else {
    low_ = count;
    at_low_ = *badness;
  }
  over_ = over_ || is_near(*badness);
}

}  // namespace modelgate
