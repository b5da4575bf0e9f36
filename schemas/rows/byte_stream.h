#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace modelgate {

/// Bytes, one after the other.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Reads up to `most` bytes; 0 at the end. Errors: kind infrastructure.
  virtual std::size_t read(char* to, std::size_t most) = 0;
  /// How many there are, if that is known; otherwise 0.
  virtual std::size_t size() const { return 0; }
  /// The share that was read, of what lies there packed or not.
  virtual double share_read() const = 0;
};

/// A file's bytes, or those of standard input ("-"); those of gzip and zstd, which their first bytes tell,
/// unpacked. Errors: kind infrastructure if it cannot be opened or is no regular file, while reading if it
/// cannot be read, is cut off or damaged.
std::unique_ptr<ByteStream> open_bytes(const std::filesystem::path& path);

/// The bytes of a text.
std::unique_ptr<ByteStream> bytes_of(std::string text);

}  // namespace modelgate
