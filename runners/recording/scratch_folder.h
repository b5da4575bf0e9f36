#pragma once

#include <filesystem>

namespace modelgate {

/// A folder of our own for files that pass between us and a program that is measured; removed at the end.
class ScratchFolder {
 public:
  /// Errors: kind infrastructure if it cannot be made.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace modelgate
