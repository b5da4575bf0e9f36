#include "gates/quality/partial/packed_bytes.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "schemas/tool/error.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {
namespace {

constexpr std::size_t plain_bytes = 1u << 20, read_bytes = 256u << 10;
constexpr std::uint64_t longest_text = 64u << 20;  // as of a row

}  // namespace

PackedWriter::PackedWriter() : state_(::ZSTD_createCCtx(), ::ZSTD_freeCCtx) {
  ::ZSTD_CCtx_setParameter(state_.get(), ZSTD_c_checksumFlag, 1);
}

void PackedWriter::number(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) plain_ += static_cast<char>(value | 0x80);
  plain_ += static_cast<char>(value);
  if (plain_.size() >= plain_bytes) flush(false);
}

void PackedWriter::eight_bytes(std::uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) plain_ += static_cast<char>(value >> shift);
  if (plain_.size() >= plain_bytes) flush(false);
}

void PackedWriter::mark(std::string_view bytes) { plain_ += bytes; }

void PackedWriter::text(std::string_view text) {
  number(text.size());
  plain_ += text;
  if (plain_.size() >= plain_bytes) flush(false);
}

void PackedWriter::text_after(std::string& last, std::string_view text_now) {
  const auto differ = std::mismatch(last.begin(), last.end(), text_now.begin(), text_now.end());
  const auto shared = static_cast<std::size_t>(differ.first - last.begin());
  number(shared);
  text(text_now.substr(shared));
  last = text_now;
}

void PackedWriter::flush(bool is_end) {
  ZSTD_inBuffer in{plain_.data(), plain_.size(), 0};
  for (std::size_t left = 1; left != 0 && (is_end || in.pos < in.size);) {
    const std::size_t before = packed_.size();
    packed_.resize(before + ::ZSTD_CStreamOutSize());
    ZSTD_outBuffer out{packed_.data() + before, packed_.size() - before, 0};
    left = ::ZSTD_compressStream2(state_.get(), &out, &in, is_end ? ZSTD_e_end : ZSTD_e_continue);
    packed_.resize(before + out.pos);
    if (::ZSTD_isError(left) != 0) throw infrastructure_error("", "the partial state cannot be packed");
  }
  plain_.clear();
}

std::string PackedWriter::packed() && {
  flush(true);
  return std::move(packed_);
}

PackedReader::PackedReader(const std::filesystem::path& path)
    : name_(input_name(path)), stream_(open_bytes(path)), buffer_(read_bytes) {}

void PackedReader::refuse(const std::string& what) const {
  throw usage_error(name_, "is no partial state of this gate: " + what,
                    "--merge takes what modelgate-gate-quality --partial wrote.");
}

bool PackedReader::fill() {
  at_ = 0;
  end_ = stream_->read(buffer_.data(), buffer_.size());
  return end_ > 0;
}

bool PackedReader::is_at_end() { return at_ == end_ && !fill(); }

unsigned char PackedReader::byte() {
  if (at_ == end_ && !fill()) refuse("it ends too early");
  return static_cast<unsigned char>(buffer_[at_++]);
}

std::uint64_t PackedReader::number() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const std::uint64_t part = byte();
    if (shift == 63 && part > 1) break;
    value |= (part & 0x7F) << shift;
    if (part < 0x80) return value;
  }
  refuse("a number is too large");
}

std::uint64_t PackedReader::number_up_to(std::uint64_t most, const char* what) {
  const std::uint64_t value = number();
  if (value > most) refuse(std::string(what) + " is out of range");
  return value;
}

std::uint64_t PackedReader::eight_bytes() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 8) value |= std::uint64_t{byte()} << shift;
  return value;
}

std::string_view PackedReader::bytes(std::size_t count) {
  if (end_ - at_ >= count) {
    at_ += count;
    return {buffer_.data() + at_ - count, count};
  }
  long_text_.clear();
  while (long_text_.size() < count) {
    if (at_ == end_ && !fill()) refuse("it ends too early");
    const std::size_t part = std::min(end_ - at_, count - long_text_.size());
    long_text_.append(buffer_.data() + at_, part);
    at_ += part;
  }
  return long_text_;
}

void PackedReader::expect_mark(std::string_view expected) {
  for (const char c : expected)
    if (is_at_end() || static_cast<char>(byte()) != c) refuse("it does not begin like one");
}

std::string_view PackedReader::text() {
  return bytes(static_cast<std::size_t>(number_up_to(longest_text, "the length of a text")));
}

void PackedReader::text_after(std::string& last) {
  last.resize(static_cast<std::size_t>(number_up_to(last.size(), "the beginning of a text")));
  last += text();
  if (last.size() > longest_text) refuse("a text is too long");
}

}  // namespace modelgate
