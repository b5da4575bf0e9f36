#include "schemas/rows/byte_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include "schemas/tool/error.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t packed_bytes = 256u << 10;

class FileBytes : public ByteStream {
 public:
  explicit FileBytes(const std::filesystem::path& path) : name_(input_name(path)) {
    file_ = ::open(readable_path(path).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file_ < 0) fail("cannot be opened");
    struct stat status {};
    if (::fstat(file_, &status) != 0 || !S_ISREG(status.st_mode)) {
      ::close(file_);
      throw infrastructure_error(name_, "is not a regular file");
    }
    size_ = static_cast<std::size_t>(status.st_size);
    ::posix_fadvise(file_, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
  ~FileBytes() override { ::close(file_); }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  std::size_t read(char* to, std::size_t most) override {
    std::size_t all = 0;
    while (all < most) {
      const ssize_t count = ::read(file_, to + all, most - all);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail("cannot be read");
      if (count == 0) break;
      all += static_cast<std::size_t>(count);
    }
    read_ += all;
    return all;
  }

  std::size_t size() const override { return size_; }
  double share_read() const override { return static_cast<double>(read_) / static_cast<double>(size_); }

  /// Back to the beginning.
  void rewind() {
    if (::lseek(file_, 0, SEEK_SET) != 0) fail("cannot be read");
    read_ = 0;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw infrastructure_error(name_, what + ": " + std::strerror(errno));
  }
  std::string name_;
  int file_ = -1;
  std::size_t size_ = 0, read_ = 0;
};

/// Members of gzip one behind the other, as `cat a.gz b.gz` leaves them.
class GzipBytes : public ByteStream {
 public:
  GzipBytes(std::unique_ptr<ByteStream> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), buffer_(packed_bytes) {
    constexpr int gzip_only = 15 + 16;
    if (::inflateInit2(&state_, gzip_only) != Z_OK) throw infrastructure_error(name_, "cannot be unpacked");
  }
  ~GzipBytes() override { ::inflateEnd(&state_); }
  GzipBytes(const GzipBytes&) = delete;
  GzipBytes& operator=(const GzipBytes&) = delete;

  std::size_t read(char* to, std::size_t most) override {
    state_.next_out = reinterpret_cast<Bytef*>(to);
    state_.avail_out = static_cast<uInt>(most);
    while (state_.avail_out > 0 && !is_done_) step();
    return most - state_.avail_out;
  }
  double share_read() const override { return packed_->share_read(); }

 private:
  void step() {
    if (state_.avail_in == 0) {
      state_.next_in = reinterpret_cast<Bytef*>(buffer_.data());
      state_.avail_in = static_cast<uInt>(packed_->read(buffer_.data(), buffer_.size()));
    }
    if (state_.avail_in == 0) {
      if (!between_members_) throw infrastructure_error(name_, "is cut off: its gzip data do not end");
      is_done_ = true;
      return;
    }
    if (between_members_ && ::inflateReset(&state_) != Z_OK) damaged();
    between_members_ = false;
    const int result = ::inflate(&state_, Z_NO_FLUSH);
    if (result == Z_STREAM_END)
      between_members_ = true;
    else if (result != Z_OK)
      damaged();
  }
  [[noreturn]] void damaged() const { throw infrastructure_error(name_, "is damaged: it is not valid gzip"); }

  std::unique_ptr<ByteStream> packed_;
  std::string name_;
  std::vector<char> buffer_;
  z_stream state_{};
  bool between_members_ = false, is_done_ = false;
};

class ZstdBytes : public ByteStream {
 public:
  ZstdBytes(std::unique_ptr<ByteStream> packed, std::string name)
      : packed_(std::move(packed)),
        name_(std::move(name)),
        buffer_(packed_bytes),
        state_(::ZSTD_createDCtx()) {
    // What a frame may ask for in memory.
    ::ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, 27);
  }
  ~ZstdBytes() override { ::ZSTD_freeDCtx(state_); }
  ZstdBytes(const ZstdBytes&) = delete;
  ZstdBytes& operator=(const ZstdBytes&) = delete;

  std::size_t read(char* to, std::size_t most) override {
    ZSTD_outBuffer out{to, most, 0};
    while (out.pos < out.size) {
      if (in_.pos == in_.size) in_ = {buffer_.data(), packed_->read(buffer_.data(), buffer_.size()), 0};
      const bool is_end = in_.size == 0;
      if (is_end && frame_is_done_) break;
      const std::size_t before = out.pos;
      const std::size_t left = ::ZSTD_decompressStream(state_, &out, &in_);
      if (::ZSTD_isError(left) != 0)
        throw infrastructure_error(name_, std::string("is damaged: ") + ::ZSTD_getErrorName(left));
      frame_is_done_ = left == 0;
      if (is_end && out.pos == before && !frame_is_done_)
        throw infrastructure_error(name_, "is cut off: its zstd data do not end");
    }
    return out.pos;
  }
  double share_read() const override { return packed_->share_read(); }

 private:
  std::unique_ptr<ByteStream> packed_;
  std::string name_;
  std::vector<char> buffer_;
  ZSTD_DCtx* state_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool frame_is_done_ = true;
};

class TextBytes : public ByteStream {
 public:
  explicit TextBytes(std::string text) : text_(std::move(text)) {}

  std::size_t read(char* to, std::size_t most) override {
    const std::size_t count = text_.copy(to, most, at_);
    at_ += count;
    return count;
  }
  std::size_t size() const override { return text_.size(); }
  double share_read() const override { return static_cast<double>(at_) / static_cast<double>(text_.size()); }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<ByteStream> bytes_of(std::string text) {
  return std::make_unique<TextBytes>(std::move(text));
}

std::unique_ptr<ByteStream> open_bytes(const std::filesystem::path& path) {
  auto file = std::make_unique<FileBytes>(path);
  std::array<char, 4> first{};
  const std::string_view begin(first.data(), file->read(first.data(), first.size()));
  file->rewind();
  if (begin.starts_with("\x1f\x8b"sv)) return std::make_unique<GzipBytes>(std::move(file), input_name(path));
  if (begin == "\x28\xb5\x2f\xfd"sv) return std::make_unique<ZstdBytes>(std::move(file), input_name(path));
  return file;
}

}  // namespace modelgate
