#include "runners/gpu/gpu_watch.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "runners/gpu/clock_reasons.h"
#include "runners/gpu/wording.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

std::string plural(std::size_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "es");
}

}  // namespace

void GpuWatch::Span::add(const std::optional<double>& value) {
  if (!value) return;
  lowest = std::min(lowest.value_or(*value), *value);
  highest = std::max(highest.value_or(*value), *value);
}

GpuWatch::GpuWatch(const std::string& asked, double samples_per_second, const GpuLimits& limits,
                   std::function<void(const GpuSample&)> listen)
    : device_(chosen_gpu(library_.devices(), asked)),
      reader_(library_, device_),
      judge_(limits),
      sampler_([this](Extent extent) { return reader_.read(extent); }, samples_per_second,
               [this, listen = std::move(listen)](const GpuSample& sample) {
                 if (listen) listen(sample);
                 const std::lock_guard hold(mutex_);
                 kinship_.learn(sample);
               }) {
  const std::vector<GpuSample> before = sampler_.take();
  const std::lock_guard hold(mutex_);
  for (const GpuSample& sample : before) kinship_.learn_strangers(sample);
}

KinOf GpuWatch::kin() const {
  return [this](std::int64_t pid) {
    const std::lock_guard hold(mutex_);
    return kinship_.of(pid);
  };
}

void GpuWatch::begin_turn(std::size_t side) {
  side_ = side;
  {
    const std::lock_guard hold(mutex_);
    kinship_.begin_turn();
  }
  turn_ = sampler_.take();
  if (turn_.size() > 1) turn_.erase(turn_.begin(), turn_.end() - 1);
  in_turn_ = true;
}

std::optional<DeviceMemory> GpuWatch::device_memory() {
  if (!in_turn_) return device_memory_;
  for (GpuSample& sample : sampler_.take()) turn_.push_back(std::move(sample));
  return peak_memory(turn_, kin());
}

std::vector<Disturbance> GpuWatch::end_turn(const ProcessRun&) {
  device_memory_ = device_memory();
  in_turn_ = false;
  remember(turn_);
  if (device_memory_) memory_by_process_ = memory_by_process_ && device_memory_->by_process;
  std::vector<Disturbance> disturbances;
  for (GpuFinding& finding : judge_.judge(turn_, kin(), side_)) {
    ++findings_[finding.code];
    disturbances.push_back({std::move(finding.code), std::move(finding.sentence)});
  }
  return disturbances;
}

void GpuWatch::remember(const std::vector<GpuSample>& turn) {
  const std::vector<GpuSample> working = working_samples(turn, kin());
  ++turns_;
  if (!working.empty()) ++turns_on_device_;
  for (const GpuSample& sample : working) {
    clock_.add(sample.sm_clock_mhz);
    temperature_.add(sample.temperature_celsius);
    power_.add(sample.power_watts);
    reasons_ |= sample.clock_reasons.value_or(0) & slowing_clock_reasons();
    clock_is_told_ = clock_is_told_ || sample.sm_clock_mhz.has_value();
  }
  for (const GpuSample& sample : turn) {
    activity_is_told_ = activity_is_told_ || sample.activity.has_value();
    if (sample.processes)
      for (const GpuProcess& process : *sample.processes)
        if (kin()(process.pid) == Kin::foreign) strangers_.insert(process.pid);
    if (sample.activity)
      for (const GpuActivity& activity : *sample.activity)
        if (kin()(activity.pid) == Kin::foreign) strangers_.insert(activity.pid);
  }
}

std::vector<std::string> GpuWatch::notes() const {
  const std::string gpu = "GPU " + device_.name + " (" + device_.uuid + ")";
  if (turns_ == 0) return {};
  if (turns_on_device_ == 0) return {gpu + ": no process was seen to compute on it"};
  std::string seen = gpu + ": ";
  seen += clock_is_told_ ? "SM clock " + span_text(*clock_.lowest, *clock_.highest) + " MHz"
                         : "the driver does not tell its clock";
  if (temperature_.lowest) seen += ", " + span_text(*temperature_.lowest, *temperature_.highest) + " °C";
  if (power_.highest) seen += ", up to " + grouped(*power_.highest) + " W";
  seen += reasons_ == 0 ? ", no throttling" : ", throttled by " + listing(names_of_clock_reasons(reasons_));
  seen += ", " + (strangers_.empty() ? "no foreign process" : plural(strangers_.size(), "foreign process"));
  if (turns_on_device_ < turns_)
    seen +=
        "; seen at work in " + std::to_string(turns_on_device_) + " of " + std::to_string(turns_) + " turns";
  std::vector<std::string> disturbed;
  for (const auto& [code, count] : findings_) disturbed.push_back(std::to_string(count) + " by " + code);
  if (!disturbed.empty())
    seen += "; disturbed of " + std::to_string(turns_) + " turns: " + listing(disturbed);
  std::vector<std::string> notes = {seen};
  const double rate = sampler_.samples_per_second(), whole = sampler_.whole_per_second();
  char text[200];
  std::snprintf(text, sizeof text,
                "the GPU was looked at %.1f times a second%s, which took %.2f %% of a processor", rate,
                whole < 0.95 * rate
                    ? (" (" + std::to_string(std::lround(whole)) + " of them at more than its clock)").c_str()
                    : "",
                100 * sampler_.processor_share());
  notes.emplace_back(text);
  if (!activity_is_told_)
    notes.push_back(
        "the driver does not tell which process computes: foreign ones were noticed only when they came, "
        "went or "
        "took other memory");
  if (!kinship_.numbers_are_of_host())
    notes.push_back(
        "in this container, foreign processes on the GPU that came later than ours were noticed only in "
        "their third "
        "turn (--pid=host lets them be told at once)");
  if (!memory_by_process_)
    notes.push_back(
        "device memory is what was in use beyond what was before, as the driver does not tell it by process");
  return notes;
}

std::map<std::string, std::string> GpuWatch::environment() const {
  std::map<std::string, std::string> all = {{"gpu", device_.name}, {"gpu_uuid", device_.uuid}};
  if (const std::string driver = library_.driver_version(); !driver.empty()) all["driver"] = driver;
  return all;
}

}  // namespace modelgate
