#include "runners/gpu/list.h"

#include <algorithm>
#include <string>
#include <vector>

#include "runners/gpu/clock_reasons.h"
#include "runners/gpu/gpu_sample.h"
#include "runners/gpu/sample_json.h"
#include "runners/gpu/wording.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using Row = std::vector<std::string>;

std::string or_dash(const std::optional<double>& value, const std::string& unit) {
  return value ? grouped(*value) + unit : "-";
}

Row row_of(const GpuDevice& device, const GpuSample& now) {
  if (!now.lost.empty()) return {device.index, device.uuid, device.name, now.lost};
  const std::string used =
      now.memory_used_bytes ? bytes_text(static_cast<double>(*now.memory_used_bytes)) + " of " : "";
  std::vector<std::string> reasons = names_of_clock_reasons(now.clock_reasons.value_or(0));
  return {device.index,
          device.uuid,
          device.name,
          used + bytes_text(static_cast<double>(device.memory_bytes)),
          or_dash(now.sm_clock_mhz, " MHz"),
          or_dash(now.temperature_celsius, " °C"),
          or_dash(now.power_watts, " W"),
          now.processes ? std::to_string(now.processes->size()) : "-",
          reasons.empty() ? "-" : listing(reasons)};
}

/// Characters, as far as a terminal is concerned.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths.resize(std::max(widths.size(), i + 1));
      widths[i] = std::max(widths[i], width(row[i]));
    }
  std::string all;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line +=
          printable(row[i]) + (i + 1 == row.size() ? "" : std::string(widths[i] + 2 - width(row[i]), ' '));
    all += line + "\n";
  }
  return all;
}

}  // namespace

void GpuListOptions::declare(OptionSet& options) { options.flag("json", json, "Print them as JSON"); }

ExitCode list_gpus(const GpuListOptions& options) {
  const Nvml library;
  std::vector<Row> rows = {
      {"index", "uuid", "name", "memory", "SM clock", "temperature", "power", "processes", "clock reasons"}};
  std::vector<std::string> json;
  for (const GpuDevice& device : library.devices()) {
    const GpuSample now = GpuReader(library, device).read();
    rows.push_back(row_of(device, now));
    json.push_back(device_json(device, now));
  }
  if (options.json) {
    write_stdout(devices_json(library.driver_version(), library.cuda_version(), json));
    return ExitCode::pass;
  }
  write_stdout("driver " + printable(library.driver_version()) + ", CUDA up to " + library.cuda_version() +
               "\n" + table(rows));
  return ExitCode::pass;
}

}  // namespace modelgate
