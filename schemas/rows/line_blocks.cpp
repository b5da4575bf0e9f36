#include "schemas/rows/line_blocks.h"

#include <algorithm>
#include <cstring>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_row = 64u << 20;

}  // namespace

std::string_view LineBlocks::first_line() {
  for (;;) {
    const std::string_view text(rest_.data(), rest_.size());
    if (const std::size_t end = text.find('\n'); end != std::string_view::npos || is_end_) {
      std::string_view line = text.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      return line;
    }
    if (rest_.size() > longest_row) throw usage_error(name_ + ":1", "is longer than 64 MiB");
    const std::size_t before = rest_.size();
    rest_.resize(before + (before == 0 ? block_bytes / 4 : block_bytes));
    const std::size_t count = stream_->read(rest_.data() + before, rest_.size() - before);
    rest_.resize(before + count);
    is_end_ = count == 0;
    if (before == 0 && std::string_view(rest_.data(), rest_.size()).starts_with("\xef\xbb\xbf"))
      rest_.erase(rest_.begin(), rest_.begin() + 3);
  }
}

void LineBlocks::take_header() {
  const std::size_t end = std::string_view(rest_.data(), rest_.size()).find('\n');
  rest_.erase(rest_.begin(), end == std::string_view::npos
                                 ? rest_.end()
                                 : rest_.begin() + static_cast<std::ptrdiff_t>(end) + 1);
  is_csv_ = true;
}

std::string LineBlocks::whole(std::size_t limit) {
  std::string all(rest_.begin(), rest_.end());
  rest_.clear();
  while (!is_end_ && all.size() <= limit) {
    const std::size_t before = all.size();
    all.resize(before + block_bytes);
    const std::size_t count = stream_->read(all.data() + before, block_bytes);
    all.resize(before + count);
    is_end_ = count == 0;
  }
  if (all.size() > limit)
    throw usage_error(name_, "is larger than " + std::to_string(limit >> 20) + " MiB, and one document");
  return all;
}

void LineBlocks::fill(LineBlock& block, std::size_t bytes) {
  if (block.bytes.size() < bytes + LineBlock::padding) block.bytes.resize(bytes + LineBlock::padding);
  while (!is_end_ && block.size < bytes) {
    const std::size_t count = stream_->read(block.bytes.data() + block.size, bytes - block.size);
    is_end_ = count == 0;
    block.size += count;
  }
}

/// Behind the last line end that ends a row; 0 where none does.
std::size_t LineBlocks::end_of_rows(const LineBlock& block) const {
  const std::string_view text = block.text();
  std::size_t end = text.rfind('\n');
  if (!is_csv_ || end == std::string_view::npos) return end == std::string_view::npos ? 0 : end + 1;
  // A block begins outside of quotes.
  bool inside = std::count(text.begin() + static_cast<std::ptrdiff_t>(end), text.end(), '"') % 2 != 0;
  inside = inside !=
           (text.find('"') != std::string_view::npos && std::count(text.begin(), text.end(), '"') % 2 != 0);
  for (;;) {
    if (!inside) return end + 1;
    const std::size_t before = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
    if (before == std::string_view::npos) return 0;
    const auto at = [&](std::size_t place) { return text.begin() + static_cast<std::ptrdiff_t>(place); };
    inside = inside != (std::count(at(before), at(end), '"') % 2 != 0);
    end = before;
  }
}

bool LineBlocks::next(LineBlock& block) {
  block.size = rest_.size();
  if (block.bytes.size() < rest_.size()) block.bytes.resize(rest_.size());
  std::copy(rest_.begin(), rest_.end(), block.bytes.begin());
  rest_.clear();
  // Of a small file no more memory is made than it needs: to fill it with zeros takes longer than to read it.
  const std::size_t usual = size() > 0 ? std::min(block_bytes, size() + 1) : block_bytes;
  for (std::size_t bytes = std::max(usual, block.size);; bytes *= 2) {
    fill(block, bytes);
    if (block.size == 0) return false;
    const std::size_t end = is_end_ ? block.size : end_of_rows(block);
    if (end > 0) {
      rest_.assign(block.bytes.begin() + static_cast<std::ptrdiff_t>(end),
                   block.bytes.begin() + static_cast<std::ptrdiff_t>(block.size));
      block.size = end;
      return true;
    }
    if (block.size > longest_row) throw usage_error(name_, "has a row that is longer than 64 MiB");
  }
}

}  // namespace modelgate
