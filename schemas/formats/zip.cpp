// ZIP as PKWARE's APPNOTE 6.3 describes it: the end record, found from behind, leads to the central
// directory, and that to each member's local header. Numbers are little-endian.

#include "schemas/formats/zip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <unordered_set>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t most_members = 10'000, end_bytes = 22, locator_bytes = 20, end64_bytes = 56,
                      central_bytes = 46, local_bytes = 30, longest_comment = 65'535;
constexpr std::uint64_t most_deflated = 1032;                // bytes that one byte of deflate can stand for
constexpr std::uint64_t in_16 = 0xffff, in_32 = 0xffffffff;  // "see ZIP64"

class Directory {
 public:
  Directory(std::span<const std::byte> file, const std::string& where) : file_(file), where_(where) {}

  std::vector<ZipMember> members() {
    find();
    if (count_ > most_members)
      fail("holds " + std::to_string(count_) + " files, more than " + std::to_string(most_members));
    std::vector<ZipMember> members;
    std::unordered_set<std::string> names;
    for (std::uint64_t i = 0; i < count_; ++i) {
      members.push_back(next());
      if (!names.insert(members.back().name).second)
        fail("holds '" + beginning(members.back().name) + "' twice");
    }
    return members;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw usage_error(where_, what); }

  std::uint64_t number(std::uint64_t at, std::size_t bytes) const {
    if (at > file_.size() || file_.size() - at < bytes) fail("is no ZIP archive, or was cut off");
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i-- > 0;) value = value << 8 | std::to_integer<std::uint64_t>(file_[at + i]);
    return value;
  }

  std::span<const std::byte> part(std::uint64_t at, std::uint64_t bytes) const {
    if (at > file_.size() || file_.size() - at < bytes) fail("is no ZIP archive, or was cut off");
    return file_.subspan(at, bytes);
  }

  void find() {
    if (file_.size() < end_bytes) fail("is no ZIP archive, or was cut off");
    std::uint64_t end = file_.size() - end_bytes;
    const std::uint64_t first = end > longest_comment ? end - longest_comment : 0;
    while (number(end, 4) != 0x06054b50) {
      if (end == first) fail("is no ZIP archive, or was cut off: it has no directory");
      --end;
    }
    count_ = number(end + 10, 2);
    at_ = number(end + 16, 4);
    if (count_ != in_16 && at_ != in_32 && number(end + 12, 4) != in_32) return;
    if (end < locator_bytes || number(end - locator_bytes, 4) != 0x07064b50) return;
    const std::uint64_t end64 = number(end - locator_bytes + 8, 8);
    part(end64, end64_bytes);
    if (number(end64, 4) != 0x06064b50) fail("is no ZIP archive: its ZIP64 directory is not there");
    count_ = number(end64 + 32, 8);
    at_ = number(end64 + 48, 8);
  }

  ZipMember next() {
    part(at_, central_bytes);
    if (number(at_, 4) != 0x02014b50) fail("is no ZIP archive: its directory is damaged");
    const std::uint64_t flags = number(at_ + 8, 2), method = number(at_ + 10, 2);
    std::uint64_t packed = number(at_ + 20, 4), unpacked = number(at_ + 24, 4), local = number(at_ + 42, 4);
    const std::uint64_t name_bytes = number(at_ + 28, 2), extra_bytes = number(at_ + 30, 2);
    const auto name = part(at_ + central_bytes, name_bytes);
    ZipMember member;
    member.name.assign(reinterpret_cast<const char*>(name.data()), name.size());
    member.crc = static_cast<std::uint32_t>(number(at_ + 16, 4));
    widen(at_ + central_bytes + name_bytes, extra_bytes, {&unpacked, &packed, &local});
    if ((flags & 1) != 0) fail("holds '" + beginning(member.name) + "', which is encrypted");
    if (method != 0 && method != 8)
      fail("holds '" + beginning(member.name) + "', which is packed by a method that is not known");
    member.deflated = method == 8;
    member.unpacked_bytes = unpacked;
    part(local, local_bytes);
    if (number(local, 4) != 0x04034b50) fail("is no ZIP archive: its directory leads to no file");
    member.packed = part(local + local_bytes + number(local + 26, 2) + number(local + 28, 2), packed);
    if (!member.deflated && packed != unpacked)
      fail("holds '" + beginning(member.name) + "' with two lengths");
    at_ += central_bytes + name_bytes + extra_bytes + number(at_ + 32, 2);
    return member;
  }

  /// Takes from the ZIP64 extra field the numbers that do not fit 32 bits, in their order.
  void widen(std::uint64_t at, std::uint64_t bytes, std::initializer_list<std::uint64_t*> numbers) const {
    part(at, bytes);
    for (const std::uint64_t end = at + bytes; at + 4 <= end;) {
      const std::uint64_t kind = number(at, 2), size = number(at + 2, 2);
      std::uint64_t from = at + 4;
      at = from + size;
      if (kind != 1) continue;
      for (std::uint64_t* wide : numbers) {
        if (*wide != in_32) continue;
        if (from + 8 > std::min(at, end)) fail("is no ZIP archive: its directory is damaged");
        *wide = number(from, 8);
        from += 8;
      }
    }
  }

  std::span<const std::byte> file_;
  const std::string& where_;
  std::uint64_t count_ = 0, at_ = 0;
};

/// Of any length, in pieces that zlib can count.
std::uint32_t crc_of(std::span<const std::byte> bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// Unpacks into exactly that much memory. False if it does not fill it, or more would come.
bool inflated(std::span<const std::byte> packed, std::span<std::byte> unpacked) {
  constexpr std::size_t most_at_once = std::numeric_limits<uInt>::max();
  z_stream state{};
  constexpr int raw = -15;
  if (::inflateInit2(&state, raw) != Z_OK) return false;
  std::byte beyond{};  // a byte more shows that it does not end
  std::size_t read = 0, written = 0;
  int result = Z_OK;
  while (result == Z_OK && written <= unpacked.size()) {
    const bool is_full = written == unpacked.size();
    const auto in = static_cast<uInt>(std::min(packed.size() - read, most_at_once));
    const auto out = is_full ? 1u : static_cast<uInt>(std::min(unpacked.size() - written, most_at_once));
    state.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data() + read));
    state.next_out = reinterpret_cast<Bytef*>(is_full ? &beyond : unpacked.data() + written);
    state.avail_in = in;
    state.avail_out = out;
    result = ::inflate(&state, Z_NO_FLUSH);
    read += in - state.avail_in;
    written += out - state.avail_out;
  }
  ::inflateEnd(&state);
  return result == Z_STREAM_END && written == unpacked.size();
}

}  // namespace

std::vector<ZipMember> zip_members(std::span<const std::byte> file, const std::string& where) {
  return Directory(file, where).members();
}

std::span<const std::byte> content_of(const ZipMember& member, std::vector<std::byte>& storage,
                                      std::uint64_t limit, const std::string& where) {
  std::span<const std::byte> content = member.packed;
  if (member.deflated) {
    if (member.unpacked_bytes > limit)
      throw usage_error(where,
                        "is too large to be unpacked: " + std::to_string(member.unpacked_bytes) + " bytes",
                        "Write it without compression, as numpy.savez does.");
    if (member.unpacked_bytes / most_deflated > member.packed.size())
      throw usage_error(where, "is damaged: it cannot be unpacked");
    storage.resize(member.unpacked_bytes);
    if (!inflated(member.packed, storage)) throw usage_error(where, "is damaged: it cannot be unpacked");
    content = storage;
  }
  if (crc_of(content) != member.crc) throw usage_error(where, "is damaged: its CRC-32 differs");
  return content;
}

}  // namespace modelgate
