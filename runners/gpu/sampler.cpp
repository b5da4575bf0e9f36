#include "runners/gpu/sampler.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace modelgate {
namespace {

// Half an hour at 50 a second. A turn is shorter; more would only be memory.
constexpr std::size_t most_kept = 100'000;

double seconds_of(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

GpuSampler::GpuSampler(std::function<GpuSample(Extent)> read, double per_second,
                       std::function<void(const GpuSample&)> listen)
    : read_(std::move(read)),
      listen_(std::move(listen)),
      period_seconds_(1 / std::clamp(per_second, 1.0, 50.0)),
      began_(seconds_of(CLOCK_MONOTONIC)) {
  // Signals are for the thread that runs processes.
  sigset_t all, before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { run(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

GpuSampler::~GpuSampler() { stop(); }

void GpuSampler::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard hold(mutex_);
    ends_ = true;
    ended_ = seconds_of(CLOCK_MONOTONIC);
  }
  wakes_sampler_.notify_one();
  thread_.join();
}

void GpuSampler::run() {
  SamplingBudget budget;
  std::uint64_t answered = 0;
  double last = began_;
  std::unique_lock hold(mutex_);
  while (!ends_) {
    const double now = seconds_of(CLOCK_MONOTONIC);
    budget.passed(now - std::exchange(last, now));
    const Extent extent = wanted_ != answered ? Extent::whole : budget.next();
    answered = wanted_;
    if (extent != Extent::nothing) {
      is_sampling_ = true;
      hold.unlock();
      const double before = seconds_of(CLOCK_THREAD_CPUTIME_ID);
      GpuSample sample = read_(extent);
      if (listen_) listen_(sample);
      budget.spent(extent, seconds_of(CLOCK_THREAD_CPUTIME_ID) - before);
      hold.lock();
      keep(std::move(sample));
      if (extent == Extent::whole) ++whole_;
      is_sampling_ = false;
      has_sampled_.notify_all();
    }
    wakes_sampler_.wait_for(hold, std::chrono::duration<double>(period_seconds_),
                            [&] { return ends_ || wanted_ != answered; });
  }
}

void GpuSampler::keep(GpuSample sample) {
  if (samples_.size() < most_kept)
    samples_.push_back(std::move(sample));
  else
    samples_.back() = std::move(sample);
  ++taken_;
  processor_seconds_ = seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

std::vector<GpuSample> GpuSampler::take() {
  std::unique_lock hold(mutex_);
  // The one that is being taken now may have begun too early.
  const std::uint64_t enough = taken_ + (is_sampling_ ? 2 : 1);
  while (taken_ < enough && !ends_) {
    ++wanted_;
    wakes_sampler_.notify_one();
    const std::uint64_t before = taken_;
    has_sampled_.wait(hold, [&] { return ends_ || taken_ != before; });
  }
  return std::exchange(samples_, {});
}

double GpuSampler::processor_share() const {
  const std::lock_guard hold(mutex_);
  return processor_seconds_ / std::max(1e-9, age());
}

double GpuSampler::samples_per_second() const {
  const std::lock_guard hold(mutex_);
  return static_cast<double>(taken_) / std::max(1e-9, age());
}

double GpuSampler::whole_per_second() const {
  const std::lock_guard hold(mutex_);
  return static_cast<double>(whole_) / std::max(1e-9, age());
}

double GpuSampler::age() const { return (ends_ ? ended_ : seconds_of(CLOCK_MONOTONIC)) - began_; }

}  // namespace modelgate
