#include "runners/gpu/sampling_budget.h"

#include <algorithm>

namespace modelgate {
namespace {

// A little below the hundredth that is promised.
constexpr double most_share = 0.008;
constexpr std::int64_t free_samples = 3;
// Of a second that passed unused.
constexpr double most_saved = most_share;

void learn(double& cost, double spent) { cost = cost == 0 ? spent : 0.8 * cost + 0.2 * spent; }

}  // namespace

void SamplingBudget::passed(double seconds) {
  // Where one whole sample costs more than a second's share, it must be possible to save for it.
  saved_ = std::min(saved_ + most_share * std::max(0.0, seconds), std::max(most_saved, whole_cost_));
}

void SamplingBudget::spent(Extent extent, double processor_seconds) {
  if (++samples_ <= free_samples) return;
  learn(extent == Extent::whole ? whole_cost_ : clocks_cost_, processor_seconds);
  saved_ -= processor_seconds;
}

Extent SamplingBudget::next() const {
  if (samples_ < free_samples) return Extent::whole;
  if (saved_ >= whole_cost_) return Extent::whole;
  return saved_ >= clocks_cost_ ? Extent::clocks : Extent::nothing;
}

}  // namespace modelgate
