#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/rows/byte_stream.h"

struct ZSTD_CCtx_s;

namespace modelgate {

/// Numbers and texts as bytes, packed by zstd with a checksum.
class PackedWriter {
 public:
  PackedWriter();
  void number(std::uint64_t value);  ///< Small ones take one byte.
  void eight_bytes(std::uint64_t value);
  void mark(std::string_view bytes);  ///< As they are.
  void text(std::string_view text);
  /// A text that begins like the last one that was written to `last`.
  void text_after(std::string& last, std::string_view text);
  /// All that was written. Call once, at the end.
  std::string packed() &&;

 private:
  void flush(bool is_end);

  std::unique_ptr<ZSTD_CCtx_s, std::size_t (*)(ZSTD_CCtx_s*)> state_;
  std::string plain_, packed_;
};

/// Reads what PackedWriter wrote. A file that holds anything else is an error at the place where that is
/// seen: kind usage, and kind infrastructure if it is cut off or damaged. Memory is taken for what is there,
/// not for what is announced.
class PackedReader {
 public:
  explicit PackedReader(const std::filesystem::path& path);

  std::uint64_t number();
  /// A number that must be at most this.
  std::uint64_t number_up_to(std::uint64_t most, const char* what);
  std::uint64_t eight_bytes();
  /// Valid until the next call.
  std::string_view text();
  /// Refuses a file that does not go on with these bytes.
  void expect_mark(std::string_view expected);
  void text_after(std::string& last);
  const std::string& name() const { return name_; }
  /// Whether nothing is left.
  bool is_at_end();
  /// The file holds something that it should not.
  [[noreturn]] void refuse(const std::string& what) const;

 private:
  unsigned char byte();
  bool fill();
  std::string_view bytes(std::size_t count);

  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, end_ = 0;
  std::string long_text_;
};

}  // namespace modelgate
