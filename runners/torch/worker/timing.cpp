#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "runners/pairs/kept_values.h"
#include "runners/torch/worker/cache_flush.h"
#include "runners/torch/worker/call_clock.h"
#include "runners/torch/worker/inputs.h"
#include "runners/torch/worker/measuring.h"
#include "runners/torch/worker/memory_peaks.h"

namespace modelgate {
namespace {

using Clock = std::chrono::steady_clock;
using Batches = std::vector<std::vector<at::Tensor>>;

double seconds_since(Clock::time_point begin) {
  return std::max(std::chrono::duration<double>(Clock::now() - begin).count(), 1e-9);
}

/// The loaded model of this process, and what is measured of it.
class TimedModel {
 public:
  TimedModel(const ModelSettings& settings, const TimingSettings& timing, WorkerReport& report)
      : inputs_(settings),
        timing_(timing),
        report_(report),
        // Read before the clock starts: what a model is given is not its own.
        first_batch_(inputs_.batches(timing.calls.front()).front()),
        begin_(Clock::now()),
        model_(settings) {
    report.model.load_seconds = seconds_since(begin_);
    const c10::InferenceMode inference;
    CallClock(model_).call(model_.prepared(first_batch_));
    report.model.first_result_seconds = seconds_since(begin_);
    first_batch_.clear();
    report.model.file_bytes = static_cast<std::int64_t>(std::filesystem::file_size(settings.model));
    report.model.parameters = model_.counts().parameters;
    report.model.operators = model_.counts().operators;
    report.environment = model_.environment();
    report.notes = model_.notes();
    if (model_.device().is_cuda()) tensor_memory_.emplace(model_.device());
  }

  /// Steady calls of every shape, then the memory that they took.
  void measure() {
    const c10::InferenceMode inference;
    CallClock clock(model_);
    for (const CallShape& shape : timing_.calls) {
      // Otherwise what is measured of a shape would depend on which were called before it.
      model_.start_afresh();
      const Batches batches = prepared(shape);
      if (std::find(timing_.timed.begin(), timing_.timed.end(), shape) != timing_.timed.end())
        report_.timed.push_back(timed(clock, batches, shape.batch));
      else
        call_untimed(clock, batches);
      if (tensor_memory_) tensor_memory_->look();
    }
    report_.model.peak_memory = peak_memory();
    if (tensor_memory_) report_.model.peak_device_memory = tensor_memory_->peak();
  }

  /// Last, because what flushes the caches takes memory.
  void measure_cold() {
    if (timing_.cold_calls == 0) return;
    const c10::InferenceMode inference;
    CallClock clock(model_);
    CacheFlush caches(model_.device());
    report_.flushed_bytes = caches.bytes();
    for (std::size_t i = 0; i < timing_.timed.size(); ++i) {
      model_.start_afresh();
      const Batches batches = prepared(timing_.timed[i]);
      call_untimed(clock, batches);
      for (std::int64_t call = 0; call < timing_.cold_calls; ++call) {
        caches.flush();
        report_.timed[i].cold_seconds.push_back(
            clock.call(batches[static_cast<std::size_t>(call) % batches.size()]).seconds);
      }
    }
  }

 private:
  Batches prepared(const CallShape& shape) const {
    Batches batches = inputs_.batches(shape);
    for (auto& batch : batches) batch = model_.prepared(batch);
    return batches;
  }

  /// As many as the optimiser needs to rewrite the model for this shape.
  void call_untimed(CallClock& clock, const Batches& batches) const {
    constexpr std::size_t calls = 3;
    for (std::size_t i = 0; i < calls; ++i) clock.call(batches[i % batches.size()]);
  }

  TimedCalls timed(CallClock& clock, const Batches& batches, std::int64_t rows) const {
    std::size_t next = 0;
    const auto call = [&] { return clock.call(batches[next++ % batches.size()]); };
    TimedCalls result;
    WarmUp warm_up(timing_.warm_up);
    while (warm_up.goes_on()) warm_up.add(call().host_seconds);
    result.warm_up_calls = warm_up.calls();
    result.was_steady = warm_up.is_steady();

    constexpr std::int64_t least_calls = 3;
    const auto most = static_cast<std::size_t>(timing_.most_values);
    KeptValues seconds(most), host_seconds(most);
    const auto begin = Clock::now();
    while (seconds.count() < least_calls || seconds_since(begin) < timing_.min_time_seconds) {
      const CallTime taken = call();
      seconds.add(taken.seconds);
      host_seconds.add(taken.host_seconds);
    }
    result.rows_per_second = static_cast<double>(rows * seconds.count()) / seconds_since(begin);
    result.calls = seconds.count();
    result.step = seconds.step();
    result.seconds = seconds.values();
    if (model_.device().is_cuda()) result.host_seconds = host_seconds.values();
    return result;
  }

  Inputs inputs_;
  const TimingSettings& timing_;
  WorkerReport& report_;
  std::vector<at::Tensor> first_batch_;
  Clock::time_point begin_;
  LoadedModel model_;
  std::optional<TensorMemory> tensor_memory_;
};

}  // namespace

void use_threads(const ModelSettings& settings) {
  at::set_num_threads(static_cast<int>(settings.threads));
  at::set_num_interop_threads(1);
}

void time_calls(const ModelSettings& settings, const TimingSettings& timing, WorkerReport& report) {
  use_threads(settings);
  at::manual_seed(static_cast<std::uint64_t>(settings.seed));
  const torch::jit::GraphOptimizerEnabledGuard optimised(settings.mode == "frozen");
  TimedModel model(settings, timing, report);
  model.measure();
  model.measure_cold();
}

}  // namespace modelgate
