#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "schemas/rows/byte_stream.h"

namespace modelgate {

/// Whole lines of a file, with 64 bytes behind them that can be read; or some rows of a file that has no
/// lines.
struct LineBlock {
  static constexpr std::size_t padding = 64;

  std::vector<char> bytes;
  std::size_t size = 0;
  std::size_t first_row = 0, rows = 0;  ///< Where there are no lines.

  std::string_view text() const { return {bytes.data(), size}; }
};

/// Cuts a stream into blocks of whole lines, or of whole rows where line ends within quotes end none.
class LineBlocks {
 public:
  LineBlocks(std::unique_ptr<ByteStream> stream, std::string name)
      : stream_(std::move(stream)), name_(std::move(name)) {}

  /// Of the stream, if that is known; otherwise 0.
  std::size_t size() const { return stream_->size(); }
  double share_read() const { return stream_->share_read(); }
  /// The first line, without its end and a byte-order mark; it stays in the first block, unless taken.
  std::string_view first_line();
  /// Leaves the first line out, and cuts no row at a line end within quotes.
  void take_header();
  /// Everything, where that is one document. Errors: kind usage for more than `limit` bytes.
  std::string whole(std::size_t limit);
  /// Reads the next rows into the block, whose memory is used again. False at the end. Errors: kind usage for
  /// a row that is longer than 64 MiB; those of the stream.
  bool next(LineBlock& block);

 private:
  static constexpr std::size_t block_bytes = 1u << 20;

  void fill(LineBlock& block, std::size_t bytes);
  std::size_t end_of_rows(const LineBlock& block) const;

  std::unique_ptr<ByteStream> stream_;
  std::string name_;
  std::vector<char> rest_;  ///< Of a block before.
  bool is_csv_ = false, is_end_ = false;
};

}  // namespace modelgate
