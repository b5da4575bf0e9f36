#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

namespace modelgate {

/// A file of rows, written without being held in memory: beside its path, and renamed when it is complete.
class RowWriter {
 public:
  /// Creates missing parent folders. Errors, of all that it does: kind infrastructure.
  explicit RowWriter(const std::filesystem::path& path);
  ~RowWriter();  ///< Removes what was not finished.
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  void add_line(std::string_view line);
  /// Lines with their ends.
  void add_text(std::string_view text);
  void finish();

 private:
  [[noreturn]] void fail() const;

  std::filesystem::path path_, beside_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

}  // namespace modelgate
