#include <sched.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>

#include <cstdio>
#include <fstream>
#include <string_view>

#include "runners/recording/recording.h"

namespace modelgate {
namespace {

/// The value of the first line that begins with `key`, without blanks and quotes around it.
std::string value_in(const char* path, std::string_view key, char separator) {
  constexpr std::string_view around = " \t\"";
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(key)) continue;
    const std::size_t begin = line.find_first_not_of(around, line.find(separator) + 1);
    if (line.find(separator) == std::string::npos || begin == std::string::npos) return "";
    return line.substr(begin, line.find_last_not_of(around) - begin + 1);
  }
  return "";
}

std::string first_line_of(const char* path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

/// Cores that we may run on, which a container or taskset may have made fewer than the machine has.
std::string usable_cores() {
  cpu_set_t cores;
  if (::sched_getaffinity(0, sizeof cores, &cores) == 0) return std::to_string(CPU_COUNT(&cores));
  return std::to_string(::get_nprocs());
}

std::string memory_size() {
  struct sysinfo info {};
  if (::sysinfo(&info) != 0) return "";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f GiB",
                static_cast<double>(info.totalram) * info.mem_unit / (1024.0 * 1024 * 1024));
  return text;
}

/// Whether the processor may run above its nominal clock: "on", "off"; empty where the kernel does not tell.
std::string turbo() {
  const std::string no_turbo = first_line_of("/sys/devices/system/cpu/intel_pstate/no_turbo");
  if (!no_turbo.empty()) return no_turbo == "0" ? "on" : "off";
  const std::string boost = first_line_of("/sys/devices/system/cpu/cpufreq/boost");
  return boost.empty() ? "" : boost == "0" ? "off" : "on";
}

/// A container's limits: of our own control group, or of the one that the container sees as the root.
std::string container_limit(const char* file) {
  // "0::/path" is the group in the one hierarchy of version 2.
  const std::string group = value_in("/proc/self/cgroup", "0:", ':');
  const std::size_t path = group.rfind(':');
  for (const std::string& folder :
       {path == std::string::npos ? std::string() : group.substr(path + 1), std::string()}) {
    const std::string limit = first_line_of(("/sys/fs/cgroup" + folder + "/" + file).c_str());
    if (!limit.empty() && !limit.starts_with("max")) return limit;
  }
  return "";
}

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

}  // namespace

std::map<std::string, std::string> environment_fingerprint() {
  std::map<std::string, std::string> all;
  const auto put = [&](const std::string& key, const std::string& value) {
    if (!value.empty()) all[key] = value;
  };
  utsname system{};
  if (::uname(&system) == 0) {
    put("kernel", std::string(system.sysname) + " " + system.release);
    put("machine", system.machine);
  }
  put("cpu", value_in("/proc/cpuinfo", "model name", ':'));
  put("cores", usable_cores());
  put("memory", memory_size());
  put("system", value_in("/etc/os-release", "PRETTY_NAME=", '='));
  put("compiler", compiler());
  // What decides how much of the processor there is: its clock, and a container's share.
  put("governor", first_line_of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
  put("turbo", turbo());
  if (const std::string smt = first_line_of("/sys/devices/system/cpu/smt/active"); !smt.empty())
    put("simultaneous_threads", smt == "1" ? "on" : "off");
  put("cpu_share", container_limit("cpu.max"));
  put("memory_limit", container_limit("memory.max"));
  return all;
}

}  // namespace modelgate
