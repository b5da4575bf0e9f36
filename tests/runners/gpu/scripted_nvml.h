#pragma once

#include <filesystem>
#include <string>

namespace modelgate {

/// As long as it lives, programs find the fake NVML instead of the driver's, and it follows this script: see
/// fake_nvml/script.h.
class ScriptedNvml {
 public:
  /// `library`: fake_nvml, fake_nvml_old or fake_nvml_broken.
  explicit ScriptedNvml(const std::string& json, const std::string& library = "fake_nvml");
  ~ScriptedNvml();
  ScriptedNvml(const ScriptedNvml&) = delete;
  ScriptedNvml& operator=(const ScriptedNvml&) = delete;

  /// From the next sample on, every device is in its state of this number.
  void turn_to(std::size_t state) const;

  static std::string path_of(const std::string& library);
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// A script of one H200 with these states, "{...}, {...}".
std::string one_gpu(const std::string& states);
inline const std::string uuid_of_one_gpu = "GPU-11111111-2222-3333-4444-555555555555";

}  // namespace modelgate
