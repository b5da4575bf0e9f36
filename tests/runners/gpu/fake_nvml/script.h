#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace modelgate::fake_nvml {

/// A process on the device.
struct Process {
  std::string who;  ///< A number; "self", the program that opened the library; "child", every child of it.
  long long memory = 0;  ///< Negative: not told.
  unsigned share = 0;    ///< Percent of the device's processors.
};

/// What a device is like for some samples. What is negative is not supported.
struct State {
  long long samples = 1;
  long long sm_clock = 1980, memory_clock = 3201, power = 512000, temperature = 61, utilization = 100,
            reasons = 0, ecc = 0, memory = 0;
  std::vector<Process> processes;
  bool tells_activity = true;
  bool lost = false;
};

struct Device {
  std::string uuid, name;
  unsigned long long memory = 0;
  std::vector<State> states;  ///< The last one stays.
  std::vector<Device> parts;
  Device* whole = nullptr;
  std::size_t samples_taken = 0, whole_samples = 0;
  long long chosen = -1;  ///< The state that holds whatever was sampled; negative: as the samples go.

  /// As of the last sample that was begun.
  const State& now() const;
};

/// What the library pretends, from the JSON file that MODELGATE_FAKE_NVML names. Where a file of that name
/// with ".state" exists, the number in it says which state every device is in, and ".samples" is told how
/// many whole samples were taken, so that who changes the state can wait until it was seen.
struct Script {
  int init_result = 0;
  std::string driver, cuda;
  std::vector<Device> devices;
};

/// Ends the program with a message if the file is no such script.
Script read_script();

/// A sample of the device begins.
void begin_sample(Device& device);
/// It is of more than the SM clock.
void tell_whole_sample(Device& device);

/// The numbers of the processes that are meant.
std::vector<unsigned> pids_of(const std::string& who);

}  // namespace modelgate::fake_nvml
