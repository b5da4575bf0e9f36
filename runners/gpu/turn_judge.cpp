#include "runners/gpu/turn_judge.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "runners/gpu/clock_reasons.h"
#include "runners/gpu/wording.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using Samples = std::vector<GpuSample>;

// As long as a clock may take to rise from idle.
constexpr double ramp_seconds = 0.5;
// Into which the clocks of a turn are cut, by their size.
constexpr std::size_t parts = 10;
// Of a usual clock one must know some turns.
constexpr std::size_t least_turns = 3;

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::optional<GpuFinding> slowed(const Samples& turn, std::uint64_t allowed) {
  std::uint64_t seen = 0;
  std::size_t slow = 0;
  for (const GpuSample& sample : turn) {
    const std::uint64_t reasons = sample.clock_reasons.value_or(0) & slowing_clock_reasons() & ~allowed;
    seen |= reasons;
    if (reasons != 0) ++slow;
  }
  if (slow == 0) return std::nullopt;
  std::string words;
  for (const ClockReason& reason : known_clock_reasons())
    if ((seen & reason.bit) != 0)
      words += (words.empty() ? "" : "; ") + reason.sentence + " (" + reason.name + ")";
  return GpuFinding{"gpu_throttled",
                    words + ", in " +
                        percent_text(static_cast<double>(slow) / static_cast<double>(turn.size())) +
                        " of what was seen of it"};
}

/// Processes of others that computed, as the driver tells; where it does not, those that came, went or took
/// other memory in the turn.
std::optional<GpuFinding> shared(const Samples& turn, const KinOf& kin) {
  std::map<std::int64_t, double> computed;
  bool told = false;
  std::map<std::int64_t, std::set<std::int64_t>> memory;  // by process, every amount that it had
  std::map<std::int64_t, std::size_t> times;
  std::size_t lists = 0;
  for (const GpuSample& sample : turn) {
    if (sample.activity) {
      told = true;
      for (const GpuActivity& activity : *sample.activity)
        if (kin(activity.pid) == Kin::foreign)
          computed[activity.pid] = std::max(computed[activity.pid], activity.share);
    }
    if (!sample.processes) continue;
    ++lists;
    for (const GpuProcess& process : *sample.processes)
      if (kin(process.pid) == Kin::foreign) {
        ++times[process.pid];
        memory[process.pid].insert(process.memory_bytes.value_or(0));
      }
  }
  std::vector<std::string> who;
  for (const auto& [pid, share] : computed)
    who.push_back(std::to_string(pid) + " (" + percent_text(share) + ")");
  if (!who.empty()) return GpuFinding{"gpu_shared", "another process computed on the GPU: " + listing(who)};
  if (told) return std::nullopt;
  for (const auto& [pid, amounts] : memory)
    if (amounts.size() > 1 || times[pid] != lists) who.push_back(std::to_string(pid));
  if (who.empty()) return std::nullopt;
  return GpuFinding{"gpu_shared",
                    "another process came to the GPU, left it or took other memory: " + listing(who)};
}

std::optional<GpuFinding> ecc_error(const Samples& turn) {
  std::optional<std::int64_t> first, last;
  for (const GpuSample& sample : turn)
    if (sample.ecc_errors) {
      if (!first) first = sample.ecc_errors;
      last = sample.ecc_errors;
    }
  if (!first || !(*last > *first)) return std::nullopt;
  return GpuFinding{"gpu_ecc_error", "the GPU's memory had " + std::to_string(*last - *first) +
                                         (*last - *first == 1 ? " error that" : " errors that") +
                                         " could not be corrected"};
}

/// What comes after the clock has risen.
Samples after_ramp(const Samples& working, double low) {
  auto begin = working.begin();
  while (begin != working.end() && begin->seconds - working.front().seconds < ramp_seconds &&
         begin->sm_clock_mhz.value_or(0) < low)
    ++begin;
  return {begin, working.end()};
}

std::vector<double> clocks_of(const Samples& samples) {
  std::vector<double> clocks;
  for (const GpuSample& sample : samples)
    if (sample.sm_clock_mhz) clocks.push_back(*sample.sm_clock_mhz);
  return clocks;
}

/// The middle of each part.
std::vector<double> profile_of(std::vector<double> clocks) {
  std::sort(clocks.begin(), clocks.end());
  std::vector<double> profile;
  for (std::size_t part = 0; part < parts; ++part)
    profile.push_back(clocks[(2 * part + 1) * clocks.size() / (2 * parts)]);
  return profile;
}

}  // namespace

Samples working_samples(const Samples& turn, const KinOf& kin) {
  Samples working;
  for (const GpuSample& sample : turn) {
    // What is said of utilisation is up to a second old, so it is asked only where nothing else is told.
    const bool is_used = sample.utilization.value_or(0) > 0;
    if (sample.clock_reasons ? (*sample.clock_reasons & clock_reason_idle) != 0
                             : sample.utilization && !is_used)
      continue;
    // Some containers are shown no process at all.
    const bool is_ours =
        !sample.processes || (sample.processes->empty() && is_used) ||
        std::any_of(sample.processes->begin(), sample.processes->end(),
                    [&](const GpuProcess& process) { return kin(process.pid) != Kin::foreign; });
    if (is_ours) working.push_back(sample);
  }
  return working;
}

std::optional<TurnJudge::Profile> TurnJudge::usual(std::size_t side) const {
  const auto found = undisturbed_.find(side);
  if (found == undisturbed_.end() || found->second.size() < least_turns) return std::nullopt;
  Profile usual;
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<double> clocks;
    for (const Profile& turn : found->second) clocks.push_back(turn[part]);
    usual.push_back(median(std::move(clocks)));
  }
  return usual;
}

std::optional<double> TurnJudge::usual_clock(std::size_t side) const {
  const std::optional<Profile> profile = usual(side);
  if (!profile) return std::nullopt;
  return median(*profile);
}

std::optional<GpuFinding> TurnJudge::clock_fell(const std::vector<double>& clocks,
                                                const Profile& usual) const {
  if (clocks.empty()) return std::nullopt;
  const Profile now = profile_of(clocks);
  std::vector<double> fallen, before;
  for (std::size_t part = 0; part < parts; ++part)
    if (now[part] < usual[part] * (1 - limits_.clock_fall)) {
      fallen.push_back(now[part]);
      before.push_back(usual[part]);
    }
  const double share = static_cast<double>(fallen.size()) / parts;
  if (!(share > limits_.low_share)) return std::nullopt;
  return GpuFinding{"gpu_clock_fell", "the SM clock was " + grouped(median(fallen)) + " MHz in " +
                                          percent_text(share) + " of the turn, and " +
                                          grouped(median(before)) + " MHz in the turns before"};
}

std::vector<GpuFinding> TurnJudge::judge(const Samples& turn, const KinOf& kin, std::size_t side) {
  std::vector<GpuFinding> findings;
  const auto add = [&](std::optional<GpuFinding> finding) {
    if (finding) findings.push_back(std::move(*finding));
  };
  for (const GpuSample& sample : turn)
    if (!sample.lost.empty()) return {{"gpu_lost", "the GPU answers no more: " + sample.lost}};
  const Samples working = working_samples(turn, kin);
  const std::optional<Profile> before = usual(side);
  std::vector<double> clocks =
      clocks_of(before ? after_ramp(working, before->front() * (1 - limits_.clock_fall)) : working);
  // A turn that ends before the clock has risen was slow as a whole.
  if (clocks.empty()) clocks = clocks_of(working);
  add(slowed(working, limits_.allowed_reasons));
  if (before) add(clock_fell(clocks, *before));
  add(shared(turn, kin));
  add(ecc_error(turn));
  if (findings.empty() && !clocks.empty()) undisturbed_[side].push_back(profile_of(clocks));
  return findings;
}

std::optional<DeviceMemory> peak_memory(const Samples& turn, const KinOf& kin) {
  DeviceMemory by_process, beyond_first{0, false};
  std::optional<std::int64_t> first;
  bool told = false, seen = false;
  for (const GpuSample& sample : turn) {
    if (sample.memory_used_bytes) {
      if (!first) first = sample.memory_used_bytes;
      beyond_first.bytes = std::max(beyond_first.bytes, *sample.memory_used_bytes - *first);
      seen = true;
    }
    std::int64_t ours = 0;
    if (sample.processes)
      for (const GpuProcess& process : *sample.processes)
        if (kin(process.pid) == Kin::ours) ours += process.memory_bytes.value_or(0);
    told = told || ours > 0;
    by_process.bytes = std::max(by_process.bytes, ours);
  }
  if (told) return by_process;
  if (seen && beyond_first.bytes > 0) return beyond_first;
  return std::nullopt;
}

}  // namespace modelgate
