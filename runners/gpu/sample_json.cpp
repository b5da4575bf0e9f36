#include "runners/gpu/sample_json.h"

#include <nlohmann/json.hpp>

#include "runners/gpu/clock_reasons.h"

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
void put(Json& object, const char* key, const std::optional<Value>& value) {
  if (value) object[key] = *value;
}

void put_state(Json& object, const GpuSample& sample) {
  if (!sample.lost.empty()) object["lost"] = sample.lost;
  put(object, "sm_clock_mhz", sample.sm_clock_mhz);
  put(object, "memory_clock_mhz", sample.memory_clock_mhz);
  if (sample.clock_reasons) object["clock_reasons"] = names_of_clock_reasons(*sample.clock_reasons);
  put(object, "power_watts", sample.power_watts);
  put(object, "temperature_celsius", sample.temperature_celsius);
  put(object, "utilization", sample.utilization);
  put(object, "memory_used_bytes", sample.memory_used_bytes);
  put(object, "ecc_errors", sample.ecc_errors);
  if (sample.processes) {
    Json& processes = object["processes"] = Json::array();
    for (const GpuProcess& process : *sample.processes) {
      Json entry{{"pid", process.pid}};
      put(entry, "memory_bytes", process.memory_bytes);
      processes.push_back(entry);
    }
  }
  if (sample.activity) {
    Json& activity = object["activity"] = Json::array();
    for (const GpuActivity& each : *sample.activity)
      activity.push_back({{"pid", each.pid}, {"share", each.share}});
  }
}

std::string dumped(const Json& json, int indentation) {
  return json.dump(indentation, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string sample_json(const GpuSample& sample, double time) {
  Json object{{"time", time}};
  put_state(object, sample);
  return dumped(object, -1);
}

std::string device_json(const GpuDevice& device, const GpuSample& now) {
  Json object{{"index", device.index}, {"uuid", device.uuid}, {"name", device.name}};
  if (!device.whole.empty()) object["part_of"] = device.whole;
  object["memory_bytes"] = device.memory_bytes;
  put_state(object, now);
  return dumped(object, -1);
}

std::string devices_json(const std::string& driver, const std::string& cuda,
                         const std::vector<std::string>& devices) {
  Json object{{"driver", driver}, {"cuda", cuda}, {"devices", Json::array()}};
  for (const std::string& device : devices) object["devices"].push_back(Json::parse(device));
  return dumped(object, 2) + "\n";
}

}  // namespace modelgate
