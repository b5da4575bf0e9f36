#include "schemas/rows/byte_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/rows/packed.h"
#include "tests/schemas/rows/rows_of.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

class Bytes : public ::testing::Test {
 protected:
  std::string read(const std::string& bytes, std::size_t at_once = 1000) {
    const auto stream = open_bytes(folder_.with("file", bytes));
    std::string all, part(at_once, '\0');
    while (const std::size_t count = stream->read(part.data(), part.size())) all.append(part, 0, count);
    return all;
  }
  std::string error_in(const std::string& bytes) {
    return error_of([&] { read(bytes); }, ErrorKind::infrastructure);
  }

  const TemporaryFolder folder_;
  const std::string text_ = [] {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919 % 10007) + "\n";
    return text;
  }();
};

TEST_F(Bytes, are_those_of_the_file) { EXPECT_EQ(read(text_), text_); }

TEST_F(Bytes, of_gzip_and_zstd_are_unpacked) {
  for (const std::size_t at_once : {1u, 1000u, 10'000'000u}) {
    const std::string some = at_once == 1 ? text_.substr(0, 1000) : text_;
    EXPECT_EQ(read(gzipped(some), at_once), some);
    EXPECT_EQ(read(zstd_packed(some), at_once), some);
  }
  EXPECT_EQ(read(gzipped("")), "");
  EXPECT_EQ(read(zstd_packed("")), "");
}

TEST_F(Bytes, of_several_members_follow_each_other) {
  EXPECT_EQ(read(gzipped("one\n") + gzipped("") + gzipped("two\n")), "one\ntwo\n");
  EXPECT_EQ(read(zstd_packed("one\n") + zstd_packed("two\n")), "one\ntwo\n");
}

TEST_F(Bytes, that_are_cut_off_or_damaged_are_an_error) {
  for (const std::string& packed : {gzipped(text_), zstd_packed(text_)}) {
    EXPECT_THAT(error_in(packed.substr(0, packed.size() / 2)), HasSubstr("is cut off"));
    EXPECT_THAT(error_in(packed.substr(0, packed.size() - 1)), HasSubstr("is cut off"));
    std::string damaged = packed;
    for (std::size_t i = 40; i < 60; ++i) damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
    EXPECT_THAT(error_in(damaged), HasSubstr("is damaged"));
    EXPECT_NE(error_in(packed + "garbage"), "");
  }
}

TEST_F(Bytes, of_what_is_no_file_are_an_error) {
  EXPECT_THAT(error_of([&] { open_bytes(folder_ / "none"); }, ErrorKind::infrastructure),
              HasSubstr("cannot be opened"));
  EXPECT_THAT(error_of([&] { open_bytes(folder_.path()); }, ErrorKind::infrastructure),
              HasSubstr("is not a regular file"));
}

}  // namespace
}  // namespace modelgate
