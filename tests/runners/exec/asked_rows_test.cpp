#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "runners/exec/rows_in_looks.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;

class AskedRowsTest : public ::testing::Test {
 protected:
  AskedRowsTest() {
    file_ = std::filesystem::path(::testing::TempDir()) /
            (std::string("asked ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
  }
  ~AskedRowsTest() override { std::filesystem::remove(file_); }

  /// The names of the rows in the order in which they are asked; of all, or so many.
  std::vector<std::string> order(const std::vector<std::string>& rows, std::int64_t seed,
                                 std::size_t count = 0) const {
    std::string text;
    for (const std::string& row : rows) text += row + "\n";
    write_file(file_, text);
    const AskedRows asked(file_, seed, static_cast<std::int64_t>(count == 0 ? rows.size() : count));
    std::vector<std::string> names;
    for (std::size_t turn = 0; turn < asked.order().size(); ++turn) names.push_back(asked.name(turn).text());
    return names;
  }

  std::filesystem::path file_;
};

std::vector<std::string> plain_rows(int count) {
  std::vector<std::string> rows;
  for (int id = 0; id < count; ++id) rows.push_back("{\"id\": \"r" + std::to_string(id) + "\"}");
  return rows;
}

/// Where rows begin that are not those of the unit before them.
std::size_t changes(const std::vector<std::string>& names, const std::string& of) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < names.size(); ++i)
    count += names[i].starts_with(of) && (i == 0 || !names[i - 1].starts_with(of)) ? 1 : 0;
  return count;
}

// The first digits by sha256sum, as of printf '5\0id\0b': 6054, a2fd (the cluster), d9a2, fc62.
TEST_F(AskedRowsTest, the_order_is_that_of_the_digests_of_seed_kind_and_name) {
  EXPECT_THAT(
      order({"{\"id\": \"a\"}", "{\"id\": 7}", "{\"id\": \"b\"}", "{\"id\": 1, \"cluster\": \"a\"}"}, 5),
      ElementsAre("b", "1", "a", "7"));
}

TEST_F(AskedRowsTest, the_order_does_not_depend_on_that_of_the_file) {
  std::vector<std::string> rows = plain_rows(50);
  const std::vector<std::string> before = order(rows, 3);
  std::reverse(rows.begin(), rows.end());
  EXPECT_EQ(order(rows, 3), before);
  std::rotate(rows.begin(), rows.begin() + 17, rows.end());
  EXPECT_EQ(order(rows, 3), before);
}

TEST_F(AskedRowsTest, the_order_depends_on_the_seed_and_is_neither_that_of_the_file_nor_of_the_names) {
  const std::vector<std::string> rows = plain_rows(50);
  const std::vector<std::string> one = order(rows, 1);
  EXPECT_NE(one, order(rows, 2));
  std::vector<std::string> sorted = one;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_NE(one, sorted);
  EXPECT_EQ(std::unique(sorted.begin(), sorted.end()), sorted.end()) << "each row once";
}

TEST_F(AskedRowsTest, fewer_rows_are_the_first_of_more) {
  const std::vector<std::string> rows = plain_rows(50);
  const std::vector<std::string> all = order(rows, 8);
  for (const std::size_t count : {1u, 10u, 49u})
    EXPECT_EQ(order(rows, 8, count),
              std::vector<std::string>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count)));
}

TEST_F(AskedRowsTest, the_rows_of_a_cluster_stay_together_in_the_order_of_the_file) {
  std::vector<std::string> rows = plain_rows(40);
  for (int i = 0; i < 5; ++i) {
    const std::string id = std::to_string(9 - i);
    rows.insert(rows.begin() + 9 * i, "{\"id\": \"k" + id + "\", \"cluster\": \"talk\"}");
  }
  for (std::int64_t seed = 1; seed < 6; ++seed) {
    const std::vector<std::string> names = order(rows, seed);
    EXPECT_EQ(changes(names, "k"), 1u) << seed;
    const auto first = std::find(names.begin(), names.end(), "k9");
    EXPECT_THAT(std::vector<std::string>(first, first + 5), ElementsAre("k9", "k8", "k7", "k6", "k5"));
  }
}

TEST_F(AskedRowsTest, the_samples_of_an_id_stay_together) {
  std::vector<std::string> rows = plain_rows(40);
  for (int i = 0; i < 4; ++i)
    rows.insert(rows.begin() + 10 * i, "{\"id\": \"s\", \"sample\": " + std::to_string(i) + "}");
  for (std::int64_t seed = 1; seed < 6; ++seed) EXPECT_EQ(changes(order(rows, seed), "s"), 1u) << seed;
}

TEST_F(AskedRowsTest, a_cluster_is_another_unit_than_an_id_of_that_name_and_null_is_none) {
  std::vector<std::string> rows = plain_rows(40);
  rows.insert(rows.begin(), "{\"id\": \"k1\", \"cluster\": \"k2\"}");
  rows.insert(rows.begin() + 20, "{\"id\": \"k2\", \"cluster\": null}");
  std::size_t apart = 0;
  for (std::int64_t seed = 1; seed < 6; ++seed) apart += changes(order(rows, seed), "k") == 2 ? 1u : 0u;
  EXPECT_GE(apart, 3u) << "together by chance once in twenty";
}

TEST_F(AskedRowsTest, an_id_is_the_same_as_number_and_as_text) {
  std::vector<std::string> numbers, texts;
  for (int id = 0; id < 20; ++id) {
    numbers.push_back("{\"id\": " + std::to_string(id) + "}");
    texts.push_back("{\"id\": \"" + std::to_string(id) + "\"}");
  }
  EXPECT_EQ(order(numbers, 4), order(texts, 4));
}

TEST_F(AskedRowsTest, more_rows_than_there_are_is_an_error_that_names_both_numbers) {
  try {
    order(plain_rows(3), 1, 4);
    FAIL() << "was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_THAT(error.message(), ::testing::HasSubstr("at 4 rows, and " + file_.string() + " has 3"));
    EXPECT_THAT(error.hint(), ::testing::HasSubstr("3 rows or fewer"));
  }
}

TEST(RowLooksTest, options_that_make_no_sense_are_refused) {
  RowLooks looks;
  EXPECT_EQ(looks.end(), 0);
  looks.seed = 3;
  EXPECT_EQ(looks.end(), 0);
  looks.until = 5;
  EXPECT_THROW(looks.end(), Error) << "without looks";
  looks.until = 0;
  looks.add = true;
  EXPECT_THROW(looks.end(), Error) << "without looks";
  looks.looks = {"5", "10"};
  EXPECT_EQ(looks.end(), 10);
  looks.until = 7;
  EXPECT_EQ(looks.end(), 7);
  looks.until = 11;
  EXPECT_THROW(looks.end(), Error) << "beyond the last look";
  looks.until = 0;
  looks.looks = {"10", "5"};
  EXPECT_THROW(looks.end(), Error) << "falling";
  looks.looks = {"0"};
  EXPECT_THROW(looks.end(), Error);
}

}  // namespace
}  // namespace modelgate
