// Files that are no partial states, or were ones once.

#include <gmock/gmock.h>
#include <zstd.h>

#include <fstream>

#include "schemas/tool/files.h"
#include "tests/fuzz/mutation.h"
#include "tests/gates/quality/partial/parts.h"
#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

std::string packed(const std::string& text) {
  std::string result(ZSTD_compressBound(text.size()), '\0');
  result.resize(ZSTD_compress(result.data(), result.size(), text.data(), text.size(), 1));
  return result;
}

std::string unpacked(const std::string& bytes) {
  std::string result(1u << 20, '\0');
  const std::size_t size = ZSTD_decompress(result.data(), result.size(), bytes.data(), bytes.size());
  EXPECT_EQ(ZSTD_isError(size), 0u);
  result.resize(size);
  return result;
}

class HostileParts : public ::testing::Test, public Parts {
 protected:
  std::string whole() const {
    return read_file(
        keep("{\"id\": 1, \"label\": \"a\", \"prediction\": \"b\", \"score\": 0.1, \"output\": \"some "
             "text\", \"input\": \"x\"}\n"
             "{\"id\": \"zwei\", \"label\": \"b\", \"cluster\": \"c\", \"nll\": 1}\n"
             "{\"id\": \"drei\", \"sample\": 4, \"error\": \"timed out\"}\n",
             {1, 1}));
  }
  Sides read(const std::string& bytes) const {
    const std::string path = (folder_ / "x.part").string();
    std::filesystem::remove(path);
    std::ofstream(path, std::ios::binary) << bytes;  // without waiting for the disk
    return merge({path});
  }
};

TEST_F(HostileParts, are_refused_with_what_they_are) {
  EXPECT_THAT(error_of([&] { read("{\"id\": 1}\n"); }),
              HasSubstr("x.part: is no partial state of this gate: it does not begin like one"));
  EXPECT_THAT(error_of([&] { read(""); }), HasSubstr("is no partial state"));
  EXPECT_THAT(error_of([&] { read(packed("modelgate partial state of quality, version 2\n")); }),
              HasSubstr("does not begin like one"));
  EXPECT_THAT(error_of([&] { read(packed("modelgate partial state of quality, version 1\n")); }),
              HasSubstr("it ends too early"));
  EXPECT_THAT(error_of([&] { read(packed(unpacked(whole()) + "x")); }),
              HasSubstr("something follows its end"));
  error_of([&] { merge({"/nonexistent"}); }, ErrorKind::infrastructure);
  error_of([&] { merge({"/dev/zero"}); }, ErrorKind::infrastructure);
  EXPECT_EQ(read(whole()).candidate.table.size(), 3u);
}

TEST_F(HostileParts, that_are_cut_off_or_damaged_are_never_taken) {
  const std::string bytes = whole(), plain = unpacked(bytes);
  for (std::size_t size = 5; size < bytes.size(); ++size)
    EXPECT_NE(error_of([&] { read(bytes.substr(0, size)); }, ErrorKind::infrastructure), "") << size;
  for (std::size_t size = 0; size < plain.size(); ++size)
    EXPECT_THROW(read(packed(plain.substr(0, size))), Error) << size;
  std::size_t damaged = 0;
  for (std::size_t at = 4; at < bytes.size(); ++at) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    // Some bits of the packing say nothing.
    if (std::string content(plain.size() + 1, '\0');
        ZSTD_decompress(content.data(), content.size(), flipped.data(), flipped.size()) == plain.size() &&
        content.substr(0, plain.size()) == plain) {
      continue;
    }
    EXPECT_THROW(read(flipped), Error) << at;
    ++damaged;
  }
  EXPECT_GT(damaged, bytes.size() * 9 / 10);
}

TEST_F(HostileParts, with_any_damage_inside_are_read_or_refused) {
  const std::string plain = unpacked(whole());
  Mutator mutator(20261128, {std::string(9, '\xff') + '\x01', std::string(10, '\xff'), std::string(8, '\0')});
  int refused = 0, taken = 0;
  for (int i = 0; i < 3000; ++i) {
    try {
      const Sides sides = read(packed(mutator.damaged(plain, plain)));
      EXPECT_LT(sides.candidate.table.size(), 1000u);
      ++taken;
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 500);
  EXPECT_GT(taken, 0);
}

TEST_F(HostileParts, that_announce_more_than_they_hold_take_no_memory) {
  // The largest number of rows, of bytes, of words: only what is there is kept.
  PackedWriter writer;
  writer.mark("modelgate partial state of quality, version 1\n");
  writer.text(product_version());
  for (const std::uint64_t number : {1, 1, 0, 0}) writer.number(number);
  Verdict verdict;
  verdict.gate = "quality";
  verdict.gate_version = product_version();
  verdict.created = "2026-11-28T00:00:00Z";
  verdict.sentence = "nothing was decided";
  writer.text(to_json(verdict));
  writer.number(0xFFFFFFFF);
  writer.number(0);
  writer.number(64u << 20);
  const std::string path = folder_.with("x.part", std::move(writer).packed());
  EXPECT_THAT(error_of([&] {
                merged({path}, {}, true, {request_for_all(), request_for_all()}, verdict);
              }),
              HasSubstr("it ends too early"));
}

}  // namespace
}  // namespace modelgate
