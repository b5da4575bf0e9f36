#include "schemas/rows/column_memory.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/rows/rows_of.h"

namespace modelgate {
namespace {

constexpr std::size_t mib = std::size_t{1} << 20;

class ColumnMemoryTest : public ::testing::Test {
 protected:
  ~ColumnMemoryTest() override {
    EXPECT_EQ(column_memory().in_memory, 0u);
    EXPECT_EQ(column_memory().in_files, 0u);
    limit_column_memory(std::numeric_limits<std::size_t>::max());
  }
};

TEST_F(ColumnMemoryTest, counts_large_columns_while_they_live) {
  {
    const Column<std::uint8_t> large(10 * mib), small(mib);
    EXPECT_EQ(column_memory().in_memory, 10 * mib);
    EXPECT_EQ(column_memory().in_files, 0u);
  }
  EXPECT_EQ(column_memory().in_memory, 0u);
}

TEST_F(ColumnMemoryTest, what_is_beyond_the_limit_lies_in_files_and_holds_what_it_is_given) {
  limit_column_memory(20 * mib);
  Column<std::uint32_t> column;
  for (std::uint32_t i = 0; i < 6'000'000; ++i) column.push_back(i * 2654435761u);
  EXPECT_GT(column_memory().in_files, 0u);
  EXPECT_LE(column_memory().in_memory, 20 * mib);
  for (std::uint32_t i = 0; i < column.size(); i += 1001) ASSERT_EQ(column[i], i * 2654435761u);
  const Column<std::uint32_t> copy = column;
  EXPECT_EQ(copy, column);
  ColumnText text;
  while (text.size() < 30 * mib) text += "some text ";
  EXPECT_EQ(text.substr(20'000'000, 10), "some text ");
}

TEST_F(ColumnMemoryTest, rows_are_the_same_wherever_their_columns_lie) {
  std::string lines;
  for (int i = 0; i < 150'000; ++i)
    lines += "{\"id\": " + std::to_string(i) + ", \"label\": \"" + std::to_string(i % 7) +
             "\", \"output\": \"" + std::string(90, static_cast<char>('a' + i % 26)) + "\"}\n";
  const RowsOf rows;
  const RowRequest request = asking({"label"}, {}, {"output"});
  const std::string expected = shown(rows.read(lines, request));
  limit_column_memory(1);
  const RowTable table = rows.read(lines, request);
  EXPECT_GT(column_memory().in_files, 8 * mib);
  EXPECT_EQ(column_memory().in_memory, 0u);
  EXPECT_EQ(shown(table), expected);
}

TEST_F(ColumnMemoryTest, a_folder_without_room_is_an_error_that_names_it) {
  const char* const before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  limit_column_memory(1);
  ::setenv("TMPDIR", "/nonexistent", 1);
  EXPECT_THAT(error_of([] { const Column<char> column(9 * mib); }, ErrorKind::infrastructure),
              ::testing::HasSubstr("/nonexistent: columns beyond the limit of memory cannot be kept there"));
  ::setenv("TMPDIR", "/tmp", 1);
  // More than any disk has.
  EXPECT_THAT(error_of([] { Column<char>().reserve(std::size_t{1} << 50); }, ErrorKind::infrastructure),
              ::testing::HasSubstr("/tmp: columns"));
  before == nullptr ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
}

}  // namespace
}  // namespace modelgate
