#include "tests/runners/gpu/fake_nvml/script.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace modelgate::fake_nvml {
namespace {

using Json = nlohmann::json;

State state_from(const Json& json, State state) {
  for (const auto& [key, value] : json.items()) {
    if (key == "samples")
      state.samples = value;
    else if (key == "sm_clock")
      state.sm_clock = value;
    else if (key == "memory_clock")
      state.memory_clock = value;
    else if (key == "power")
      state.power = value;
    else if (key == "temperature")
      state.temperature = value;
    else if (key == "utilization")
      state.utilization = value;
    else if (key == "reasons")
      state.reasons = value;
    else if (key == "ecc")
      state.ecc = value;
    else if (key == "memory")
      state.memory = value;
    else if (key == "tells_activity")
      state.tells_activity = value;
    else if (key == "lost")
      state.lost = value;
    else if (key == "processes") {
      state.processes.clear();
      for (const Json& process : value)
        state.processes.push_back(
            {process.at("who"), process.value("memory", 0LL), process.value("share", 0U)});
    } else
      throw std::runtime_error("a state has no '" + key + "'");
  }
  return state;
}

Device device_from(const Json& json) {
  Device device;
  device.uuid = json.at("uuid");
  device.name = json.at("name");
  device.memory = json.value("total", 150754820096ULL);
  // Each state is the one before with what is said of it.
  State state;
  for (const Json& each : json.value("states", Json::array({Json::object()}))) {
    state.samples = 1;
    device.states.push_back(state = state_from(each, state));
  }
  for (const Json& part : json.value("parts", Json::array())) device.parts.push_back(device_from(part));
  return device;
}

}  // namespace

const State& Device::now() const {
  const Device& clock = whole == nullptr ? *this : *whole;
  if (clock.chosen >= 0)
    return states.at(std::min<std::size_t>(static_cast<std::size_t>(clock.chosen), states.size() - 1));
  auto left = static_cast<long long>(std::max<std::size_t>(clock.samples_taken, 1));
  for (const State& state : states)
    if ((left -= state.samples) <= 0) return state;
  return states.back();
}

Script read_script() {
  const char* path = std::getenv("MODELGATE_FAKE_NVML");
  try {
    if (path == nullptr) throw std::runtime_error("MODELGATE_FAKE_NVML is not set");
    std::ifstream file(path);
    const Json json = Json::parse(file);
    Script script;
    script.init_result = json.value("init", 0);
    script.driver = json.value("driver", "580.65.06");
    script.cuda = json.value("cuda", "13000");
    for (const Json& device : json.value("devices", Json::array()))
      script.devices.push_back(device_from(device));
    for (Device& device : script.devices)
      for (Device& part : device.parts) part.whole = &device;
    return script;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fake NVML: %s: %s\n", path == nullptr ? "" : path, error.what());
    std::abort();
  }
}

void begin_sample(Device& device) {
  ++device.samples_taken;
  long long chosen = -1;
  if (const char* path = std::getenv("MODELGATE_FAKE_NVML"))
    if (std::ifstream file(std::string(path) + ".state"); file >> chosen) device.chosen = chosen;
}

void tell_whole_sample(Device& device) {
  ++device.whole_samples;
  if (device.chosen < 0) return;
  if (const char* path = std::getenv("MODELGATE_FAKE_NVML"))
    std::ofstream(std::string(path) + ".samples") << device.whole_samples << "\n";
}

std::vector<unsigned> pids_of(const std::string& who) {
  if (who == "self") return {static_cast<unsigned>(::getpid())};
  if (who != "child") return {static_cast<unsigned>(std::stoul(who))};
  std::vector<unsigned> pids;
  std::error_code ended;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task", ended)) {
    std::ifstream children(thread.path() / "children");
    for (unsigned pid = 0; children >> pid;) pids.push_back(pid);
  }
  return pids;
}

}  // namespace modelgate::fake_nvml
