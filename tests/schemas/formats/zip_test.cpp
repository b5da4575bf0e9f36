#include "schemas/formats/zip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

std::string little(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}

struct Member {
  std::string name, content;
  bool deflated = false;
  std::uint64_t flags = 0;
};

std::string raw_deflated(const std::string& text) {
  z_stream state{};
  deflateInit2(&state, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&state, text.size()), '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  state.avail_in = static_cast<uInt>(text.size());
  state.next_out = reinterpret_cast<Bytef*>(packed.data());
  state.avail_out = static_cast<uInt>(packed.size());
  deflate(&state, Z_FINISH);
  packed.resize(state.total_out);
  deflateEnd(&state);
  return packed;
}

/// An archive; of ZIP64, where every number that can stand in 64 bits does so.
std::string archive(const std::vector<Member>& members, bool wide = false, const std::string& comment = "") {
  std::string file, directory;
  for (const Member& member : members) {
    const std::string packed = member.deflated ? raw_deflated(member.content) : member.content;
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(member.content.data()),
                           static_cast<uInt>(member.content.size()));
    const std::uint64_t at = file.size();
    const std::string sizes = little(packed.size(), 4) + little(member.content.size(), 4);
    const std::string head = little(20, 2) + little(member.flags, 2) + little(member.deflated ? 8 : 0, 2) +
                             little(0, 4) + little(crc, 4);
    const std::string extra = wide ? little(7, 2) + little(2, 2) + "xx" + little(1, 2) + little(24, 2) +
                                         little(member.content.size(), 8) + little(packed.size(), 8) +
                                         little(at, 8)
                                   : "";
    file += little(0x04034b50, 4) + head + sizes + little(member.name.size(), 2) + little(0, 2) +
            member.name + packed;
    directory += little(0x02014b50, 4) + little(20, 2) + head + (wide ? std::string(8, '\xff') : sizes) +
                 little(member.name.size(), 2) + little(extra.size(), 2) + little(0, 2) + little(0, 2) +
                 little(0, 2) + little(0, 4) + (wide ? std::string(4, '\xff') : little(at, 4)) + member.name +
                 extra;
  }
  const std::uint64_t at = file.size(), count = members.size();
  file += directory;
  const std::uint64_t end = file.size();
  if (wide)
    file += little(0x06064b50, 4) + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 4) +
            little(0, 4) + little(count, 8) + little(count, 8) + little(directory.size(), 8) + little(at, 8) +
            little(0x07064b50, 4) + little(0, 4) + little(end, 8) + little(1, 4);
  return file + little(0x06054b50, 4) + little(0, 4) +
         (wide ? std::string(4, '\xff') : little(count, 2) + little(count, 2)) +
         (wide ? std::string(8, '\xff') : little(directory.size(), 4) + little(at, 4)) +
         little(comment.size(), 2) + comment;
}

std::vector<std::string> contents(const std::string& file, std::uint64_t limit = 1u << 30) {
  std::vector<std::string> all;
  for (const ZipMember& member : zip_members(std::as_bytes(std::span(file)), "a.npz")) {
    std::vector<std::byte> storage;
    const auto content = content_of(member, storage, limit, "a.npz (" + member.name + ")");
    all.push_back(member.name + "=" +
                  std::string(reinterpret_cast<const char*>(content.data()), content.size()));
  }
  return all;
}

std::string error_in(const std::string& file, std::uint64_t limit = 1u << 30) {
  return error_of([&] { contents(file, limit); });
}

const std::vector<Member> two = {{"a", "stored words"}, {"b", std::string(10'000, 'x'), true}};

TEST(Zip, gives_members_that_are_stored_or_deflated) {
  const std::vector<std::string> expected = {"a=stored words", "b=" + std::string(10'000, 'x')};
  EXPECT_EQ(contents(archive(two)), expected);
  EXPECT_EQ(contents(archive(two, true)), expected) << "ZIP64";
  EXPECT_EQ(contents(archive(two, false, "a comment PK\x05\x06")), expected);
  EXPECT_EQ(contents(archive({{"empty", "", true}, {"none", ""}})),
            (std::vector<std::string>{"empty=", "none="}));
  EXPECT_TRUE(contents(archive({})).empty());
}

TEST(Zip, that_is_cut_off_anywhere_is_refused) {
  for (const bool wide : {false, true}) {
    const std::string file = archive(two, wide);
    for (std::size_t size = 0; size < file.size(); ++size)
      EXPECT_NE(error_in(file.substr(0, size)), "") << size;
  }
}

TEST(Zip, is_refused_where_the_content_is_not_what_it_says) {
  std::string file = archive(two);
  file[file.find("stored words")] = 'S';
  EXPECT_EQ(error_in(file), "a.npz (a): is damaged: its CRC-32 differs");
  file = archive({{"b", std::string(1000, 'x') + "y", true}});
  file[file.find("b", 30) + 3] ^= 0x10;
  EXPECT_THAT(error_in(file), HasSubstr("a.npz (b): is damaged"));
  // The directory tells other sizes than what is unpacked has.
  for (const std::uint64_t size : {9'999, 10'001}) {
    std::string longer = archive(two);
    const std::string real = little(10'000, 4);
    longer.replace(longer.rfind(real), 4, little(size, 4));
    EXPECT_EQ(error_in(longer), "a.npz (b): is damaged: it cannot be unpacked");
  }
}

TEST(Zip, never_unpacks_more_than_is_allowed_or_possible) {
  EXPECT_EQ(error_in(archive(two), 9'999),
            "a.npz (b): is too large to be unpacked: 10000 bytes\n  Write it without compression, as "
            "numpy.savez does.");
  std::string bomb = archive(two);
  bomb.replace(bomb.rfind(little(10'000, 4)), 4, little(0x3fffffff, 4));
  EXPECT_EQ(error_in(bomb), "a.npz (b): is damaged: it cannot be unpacked")
      << "deflate packs 1032 bytes in one";
}

TEST(Zip, with_members_that_cannot_be_told_apart_or_read_is_refused) {
  EXPECT_EQ(error_in(archive({{"a", "x"}, {"a", "y"}})), "a.npz: holds 'a' twice");
  EXPECT_EQ(error_in(archive({{"a", "x", false, 1}})), "a.npz: holds 'a', which is encrypted");
  std::string other = archive({{"a", "x"}});
  other[other.rfind("\x50\x4b\x01\x02") + 10] = 12;
  EXPECT_EQ(error_in(other), "a.npz: holds 'a', which is packed by a method that is not known");
  std::vector<Member> many;
  for (int i = 0; i < 10'001; ++i) many.push_back({std::to_string(i), ""});
  EXPECT_EQ(error_in(archive(many)), "a.npz: holds 10001 files, more than 10000");
}

}  // namespace
}  // namespace modelgate
