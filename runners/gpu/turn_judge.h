#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runners/gpu/gpu_sample.h"
#include "runners/gpu/process_kinship.h"

namespace modelgate {

/// What may happen on the device while a process is measured.
struct GpuLimits {
  double clock_fall = 0.05;           ///< So much lower than usual the clock may be …
  double low_share = 0.1;             ///< … or lower than that in this share of the turn.
  std::uint64_t allowed_reasons = 0;  ///< For a lower clock, though they slow.
};

/// Why a turn is no fair measurement.
struct GpuFinding {
  std::string code;      ///< gpu_clock_fell, gpu_throttled, gpu_shared, gpu_ecc_error, gpu_lost
  std::string sentence;  ///< "the SM clock was 1,410 MHz in 40 % of the turn, and 1,980 MHz before"

  bool operator==(const GpuFinding&) const = default;
};

using KinOf = std::function<Kin(std::int64_t pid)>;

/// Finds what disturbed turns, from the samples of each: the first taken before the process started, the last
/// when it had ended.
///
/// The clock is looked at while the device works for us: it is not idle, and our process is there (as far as
/// the driver tells). Up to half a second from where that begins the clock may still rise. A program has
/// parts in which the clock is always lower, and one side's may draw more power than the other's; so a turn's
/// clocks, in their order of size, are held against those of the same side's turns before that nothing
/// disturbed, of which there must be three.
class TurnJudge {
 public:
  explicit TurnJudge(const GpuLimits& limits) : limits_(limits) {}

  std::vector<GpuFinding> judge(const std::vector<GpuSample>& turn, const KinOf& kin, std::size_t side = 0);
  /// The usual SM clock in MHz, of half of a turn.
  std::optional<double> usual_clock(std::size_t side = 0) const;

 private:
  /// The clock below which it is in 5, 15, …, 95 % of a turn.
  using Profile = std::vector<double>;

  std::optional<Profile> usual(std::size_t side) const;
  std::optional<GpuFinding> clock_fell(const std::vector<double>& clocks, const Profile& usual) const;

  GpuLimits limits_;
  std::map<std::size_t, std::vector<Profile>> undisturbed_;  ///< Of each side, a turn each.
};

/// The samples of a turn in which the device worked for us.
std::vector<GpuSample> working_samples(const std::vector<GpuSample>& turn, const KinOf& kin);

/// The most device memory that our processes had at once, in bytes: as the driver tells it by process, or,
/// where it does not, what was in use beyond the first sample's.
struct DeviceMemory {
  std::int64_t bytes = 0;
  bool by_process = true;
};
std::optional<DeviceMemory> peak_memory(const std::vector<GpuSample>& turn, const KinOf& kin);

}  // namespace modelgate
