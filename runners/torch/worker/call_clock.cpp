#include "runners/torch/worker/call_clock.h"

#include <algorithm>
#include <chrono>

namespace modelgate {

CallClock::CallClock(LoadedModel& model) : model_(model) {
  if (model.device().is_cuda()) events_.emplace(model.device().driver());
}

CallTime CallClock::call(const std::vector<at::Tensor>& inputs) {
  using Clock = std::chrono::steady_clock;
  constexpr double least = 1e-9;  // a clock that stands still is no time of zero
  CallTime taken;
  model_.device().synchronize();
  const auto begin = Clock::now();
  if (events_) events_->begin();
  const c10::IValue outputs = model_.forward(inputs);
  if (events_) taken.seconds = std::max(events_->end(), least);
  model_.device().synchronize();
  taken.host_seconds = std::max(std::chrono::duration<double>(Clock::now() - begin).count(), least);
  if (!events_) taken.seconds = taken.host_seconds;
  return taken;
}

}  // namespace modelgate
