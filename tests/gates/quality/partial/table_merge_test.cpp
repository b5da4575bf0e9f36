// Tables that were split, kept, read and merged, against the same rows read at once.

#include "gates/quality/partial/table_merge.h"

#include <gmock/gmock.h>

#include <cstring>

#include "tests/gates/quality/partial/parts.h"

namespace modelgate {
namespace {

template <typename Column>
std::vector<std::uint64_t> all_of(const Column& column) {
  std::vector<std::uint64_t> all;
  for (std::size_t i = 0; i < column.size(); ++i) all.push_back(column[i]);
  return all;
}

void expect_same(const RowTable& one, const RowTable& other) {
  ASSERT_EQ(one.size(), other.size());
  EXPECT_EQ(all_of(one.keys), all_of(other.keys));
  EXPECT_EQ(all_of(one.ids), all_of(other.ids));
  EXPECT_EQ(all_of(one.clusters), all_of(other.clusters));
  ASSERT_EQ(one.failed.size(), other.failed.size());
  for (std::size_t i = 0; i < one.failed.size(); ++i) {
    EXPECT_EQ(one.failed[i].row, other.failed[i].row);
    if (i < 3) {
      EXPECT_EQ(one.failed[i].reason, other.failed[i].reason);
    }
  }
  ASSERT_EQ(one.words.size(), other.words.size());
  for (std::size_t c = 0; c < one.words.size(); ++c) {
    EXPECT_EQ(one.words[c].words, other.words[c].words);
    EXPECT_EQ(all_of(one.words[c].numbers), all_of(other.words[c].numbers));
  }
  ASSERT_EQ(one.numbers.size(), other.numbers.size());
  for (std::size_t c = 0; c < one.numbers.size(); ++c) {
    ASSERT_EQ(one.numbers[c].values.size(), other.numbers[c].values.size());
    for (std::size_t i = 0; i < one.numbers[c].values.size(); ++i) {
      EXPECT_EQ(one.numbers[c].has(i), other.numbers[c].has(i));
      if (one.numbers[c].has(i)) {
        EXPECT_EQ(one.numbers[c].values[i], other.numbers[c].values[i]);
      }
    }
  }
  ASSERT_EQ(one.digests.size(), other.digests.size());
  for (std::size_t c = 0; c < one.digests.size(); ++c)
    EXPECT_EQ(all_of(one.digests[c]), all_of(other.digests[c]));
  ASSERT_EQ(one.digests.size(), other.digests.size());
  for (std::size_t c = 0; c < one.digests.size(); ++c) EXPECT_EQ(one.digests[c], other.digests[c]);
  ASSERT_EQ(one.texts.size(), other.texts.size());
  for (std::size_t c = 0; c < one.texts.size(); ++c)
    for (std::size_t i = 0; i < one.size(); ++i) {
      ASSERT_EQ(one.texts[c].has(i), other.texts[c].has(i));
      if (one.texts[c].has(i)) {
        EXPECT_EQ(one.texts[c].at(i), other.texts[c].at(i));
      }
    }
}

class TableMergeTest : public ::testing::Test, public Parts {
 protected:
  void expect_as_whole(const std::vector<std::string>& parts) const {
    std::string whole;
    std::vector<std::string> files;
    const auto count = static_cast<std::int64_t>(parts.size());
    for (std::int64_t i = 0; i < count; ++i) {
      whole += parts[static_cast<std::size_t>(i)];
      files.push_back(keep(parts[static_cast<std::size_t>(i)], {i + 1, count}));
    }
    std::reverse(files.begin(), files.end());
    const AnswerFile expected = file("whole.jsonl", whole);
    const Sides sides = merge(files);
    expect_same(sides.candidate.table, expected.table);
    expect_same(sides.baseline->table, expected.table);
    for (std::size_t row = 0; row < expected.table.size(); ++row)
      EXPECT_EQ(sides.candidate.find_places({row})[0].id,
                places_of(expected.path, expected.request, {row})[0].id);
  }
};

TEST_F(TableMergeTest, rows_of_every_kind_are_as_if_read_at_once) {
  expect_as_whole(
      {"{\"id\": 1, \"label\": \"a\", \"prediction\": \"b\", \"score\": 0.1, \"output\": \"x\"}\n"
       "{\"id\": \"zwei\", \"label\": \"我\", \"output\": \"\"}\n",
       "{\"id\": \"007\", \"label\": \"b\", \"prediction\": \"a\", \"score\": -1e-300, \"input\": "
       "\"asked\"}\n",
       "{\"id\": 123456789012345678, \"label\": \"a\", \"nll\": 3, \"input\": \"?\"}\n{\"id\": "
       "\"\\n\\u0000\"}\n"});
}

TEST_F(TableMergeTest, samples_clusters_and_errors_may_begin_in_any_part) {
  const std::string plain = "{\"id\": \"a1\", \"label\": \"x\"}\n{\"id\": 5}\n";
  const std::string sampled =
      "{\"id\": \"b\", \"sample\": 1}\n{\"id\": \"b\", \"sample\": 2}\n{\"id\": \"c\"}\n";
  const std::string clustered = "{\"id\": \"d\", \"cluster\": \"k\"}\n{\"id\": \"e\"}\n";
  const std::string both = "{\"id\": \"f\", \"cluster\": 7, \"sample\": 0}\n";
  const std::string failed =
      "{\"id\": \"g\", \"error\": \"timed out\"}\n{\"id\": \"h\"}\n{\"id\": \"i\", \"error\": \"e2\"}\n"
      "{\"id\": \"j\", \"error\": \"e3\"}\n";
  std::vector<std::string> parts = {plain, sampled, clustered, both, failed};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    expect_as_whole(parts);
    std::rotate(parts.begin(), parts.begin() + 1, parts.end());
  }
  std::reverse(parts.begin(), parts.end());
  expect_as_whole(parts);
}

TEST_F(TableMergeTest, columns_that_grow_in_width_are_merged) {
  std::string many;
  for (int i = 0; i < 70'000; ++i)
    many += "{\"id\": \"m" + std::to_string(i) + "\", \"label\": \"word " + std::to_string(i) + "\"}\n";
  const std::string few = "{\"id\": 1, \"label\": \"word 1\"}\n";
  const std::string files[] = {keep(few, {1, 2}), keep(many, {2, 2})};
  const Sides sides = merge({files[1], files[0]});
  expect_same(sides.candidate.table, file("whole.jsonl", few + many).table);
}

TEST_F(TableMergeTest, test_sets_are_the_same_where_those_of_every_part_are) {
  const auto sets_of = [&](const std::vector<std::pair<std::string, std::string>>& parts) {
    std::vector<std::string> files;
    for (const auto& [before, now] : parts) {
      const auto i = static_cast<std::int64_t>(files.size());
      files.push_back(keep("{\"id\": " + std::to_string(i) + "}\n",
                           {i + 1, static_cast<std::int64_t>(parts.size())}, {}, before, now));
    }
    const Sides sides = merge(files);
    return std::pair(sides.baseline->test_set, sides.candidate.test_set);
  };
  const auto same = sets_of({{"sha256:a", "sha256:a"}, {"sha256:b", "sha256:b"}});
  EXPECT_EQ(same.first, same.second);
  EXPECT_NE(same.first, "");
  const auto other = sets_of({{"sha256:a", "sha256:a"}, {"sha256:b", "sha256:c"}});
  EXPECT_NE(other.first, other.second);
  EXPECT_EQ(sets_of({{"sha256:a", "sha256:a"}, {"sha256:b", ""}}).second, "") << "of one it is not known";
}

TEST_F(TableMergeTest, places_are_those_in_the_files_of_the_part) {
  const std::string files[] = {keep("{\"id\": \"a\"}\n\n{\"id\": \"b\"}\n", {1, 2}),
                               keep("{\"id\": \"c\"}\n", {2, 2})};
  const Sides sides = merge({files[0], files[1]});
  std::vector<std::string> places;
  for (const RowPlace& place : sides.baseline->find_places({2, 1, 0}))
    places.push_back(place.place + " " + place.id);
  EXPECT_THAT(places,
              ::testing::ElementsAre("part-2.old.jsonl:1 c", "part-1.old.jsonl:3 b", "part-1.old.jsonl:1 a"));
}

}  // namespace
}  // namespace modelgate
