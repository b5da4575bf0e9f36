#include "tests/runners/gpu/scripted_nvml.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

namespace modelgate {

namespace fs = std::filesystem;

ScriptedNvml::ScriptedNvml(const std::string& json, const std::string& library) {
  std::string pattern = testing::TempDir() + "nvml-XXXXXX";
  folder_ = ::mkdtemp(pattern.data());
  std::ofstream(folder_ / "script.json") << json;
  ::setenv("MODELGATE_NVML", path_of(library).c_str(), 1);
  ::setenv("MODELGATE_FAKE_NVML", (folder_ / "script.json").c_str(), 1);
}

ScriptedNvml::~ScriptedNvml() {
  ::unsetenv("MODELGATE_NVML");
  ::unsetenv("MODELGATE_FAKE_NVML");
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void ScriptedNvml::turn_to(std::size_t state) const {
  // Renamed, because the library reads in another thread.
  const fs::path file = folder_ / "script.json.state";
  std::ofstream(folder_ / "next") << state << "\n";
  fs::rename(folder_ / "next", file);
}

std::string ScriptedNvml::path_of(const std::string& library) {
  return std::string(TEST_PROGRAMS) + "/" + library + ".so";
}

std::string one_gpu(const std::string& states) {
  return R"({"devices": [{"uuid": ")" + uuid_of_one_gpu + R"(", "name": "NVIDIA H200", "states": [)" +
         states + "]}]}";
}

}  // namespace modelgate
