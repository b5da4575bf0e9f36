#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

namespace modelgate {

/// A file of lines, too long to be held in memory: written beside its place and renamed by finish(), so that
/// there is all of it or none. Errors: kind infrastructure.
class LinesFile {
 public:
  explicit LinesFile(const std::filesystem::path& path);
  ~LinesFile();
  LinesFile(const LinesFile&) = delete;
  LinesFile& operator=(const LinesFile&) = delete;

  void line(std::string_view text);
  void finish();

 private:
  [[noreturn]] void fail() const;

  std::filesystem::path path_, beside_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

}  // namespace modelgate
