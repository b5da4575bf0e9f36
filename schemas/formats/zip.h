#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modelgate {

/// A file in a ZIP archive.
struct ZipMember {
  std::string name;
  bool deflated = false;  ///< Otherwise stored.
  std::uint32_t crc = 0;
  std::uint64_t unpacked_bytes = 0;
  std::span<const std::byte> packed;
};

/// How an archive begins; one of nothing otherwise.
inline constexpr std::string_view zip_magic = "PK\x03\x04", empty_zip_magic = "PK\x05\x06";

/// The members of an archive, also of ZIP64, whose bytes must outlive them. Errors: kind usage with `where`
/// for what is no archive or was cut off, for members that are encrypted, packed otherwise, lie outside of
/// the file or share a name, and for more than 10,000.
std::vector<ZipMember> zip_members(std::span<const std::byte> file, const std::string& where);

/// The content of a member: its bytes in the archive if it is stored, otherwise in `storage`, which is
/// overwritten. Errors: kind usage if it is not what the archive says (length, CRC-32), or would be unpacked
/// to more than `limit` bytes.
std::span<const std::byte> content_of(const ZipMember& member, std::vector<std::byte>& storage,
                                      std::uint64_t limit, const std::string& where);

}  // namespace modelgate
