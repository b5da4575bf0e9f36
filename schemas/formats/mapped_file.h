#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace modelgate {

/// A file's bytes, mapped for as long as this lives, and behind them `padding` more that can be read. Errors:
/// kind infrastructure if it is missing, not a regular file, or unreadable.
class MappedFile {
 public:
  static constexpr std::size_t padding = 64;

  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&&) = delete;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view text() const { return {static_cast<const char*>(start_), size_}; }
  std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(start_), size_}; }

 private:
  void* start_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace modelgate
