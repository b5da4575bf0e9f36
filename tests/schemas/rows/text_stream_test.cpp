#include "schemas/rows/text_stream.h"

#include <gmock/gmock.h>

#include <map>
#include <mutex>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"
#include "tests/schemas/rows/packed.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class TextStream : public ::testing::Test {
 protected:
  /// Texts by line.
  std::map<std::int64_t, std::string> read(const std::string& name, const std::string& content,
                                           const std::string& field = "input", int threads = 1) const {
    std::map<std::int64_t, std::string> texts;
    std::mutex mutex;
    const auto path = folder_.with(name, content);
    const auto count = stream_texts(path, text_layout_of(path), field, threads, [&](const TextBlock& block) {
      const std::lock_guard lock(mutex);
      for (std::size_t i = 0; i < block.size(); ++i) texts.emplace(block.lines[i], block.text(i));
    });
    EXPECT_EQ(count, static_cast<std::int64_t>(texts.size()));
    return texts;
  }

  TemporaryFolder folder_;
};

TEST_F(TextStream, takes_a_field_of_rows_that_need_no_id) {
  EXPECT_THAT(read("a", "{\"input\": \"a\"}\n\n{\"x\": {\"input\": 1}, \"input\": \"b\\n\"}"),
              ElementsAre(Pair(1, "a"), Pair(3, "b\n")));
  EXPECT_THAT(read("a", "{\"turn\": {\"user\": \"a\"}}\n", "turn.user"), ElementsAre(Pair(1, "a")));
  EXPECT_THAT(read("a", "id,input\n1,a\n2,\n3,\"b\nc\"\n4,d\n"),
              ElementsAre(Pair(2, "a"), Pair(3, ""), Pair(4, "b\nc"), Pair(6, "d")));
  EXPECT_THAT(read("a", "id\ttext\n1\ta, b\n", "text"), ElementsAre(Pair(2, "a, b")));
  EXPECT_THAT(read("a", "input\na\n\"b, c\"\n"), ElementsAre(Pair(2, "a"), Pair(3, "b, c")));
}

TEST_F(TextStream, takes_lines_of_files_that_are_called_so) {
  EXPECT_THAT(read("a.txt", "{\"input\": 1}\r\n  \nb, c\n\nd"),
              ElementsAre(Pair(1, "{\"input\": 1}"), Pair(3, "b, c"), Pair(5, "d")));
  EXPECT_THAT(read("a.txt.gz", gzipped("a\nb\n")), ElementsAre(Pair(1, "a"), Pair(2, "b")));
  EXPECT_TRUE(read("a.txt", "").empty());
}

TEST_F(TextStream, a_large_file_gives_the_same_on_any_number_of_threads) {
  std::string rows, table = "n,input\n";
  for (int i = 0; i < 100'000; ++i) {
    rows += "{\"n\": " + std::to_string(i) + ", \"input\": \"text " + std::to_string(i * 7919) + "\"}\n";
    table += std::to_string(i) + ",\"text\n" + std::to_string(i * 7919) + "\"\n";
  }
  const auto of_rows = read("rows", rows), of_table = read("table", table);
  ASSERT_EQ(of_rows.size(), 100'000u);
  EXPECT_EQ(of_rows.at(100'000), "text " + std::to_string(99'999 * 7919));
  EXPECT_EQ(of_table.at(200'000), "text\n" + std::to_string(99'999 * 7919));
  for (const int threads : {2, 5}) {
    EXPECT_EQ(read("rows", rows, "input", threads), of_rows);
    EXPECT_EQ(read("table", table, "input", threads), of_table);
  }
}

TEST_F(TextStream, the_first_row_that_is_wrong_is_told_on_any_number_of_threads) {
  std::string rows;
  for (int i = 1; i <= 100'000; ++i)
    rows += i == 70'001   ? "{\"n\": 1}\n"
            : i == 90'000 ? "{\"n\"\n"
                          : "{\"input\": \"text of some length " + std::to_string(i) + "\"}\n";
  for (const int threads : {1, 2, 5})
    EXPECT_THAT(error_of([&] { read("rows", rows, "input", threads); }),
                HasSubstr("rows:70001: has no 'input'"));
}

}  // namespace
}  // namespace modelgate
