#include "schemas/rows/read_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "schemas/tool/files.h"
#include "tests/schemas/rows/packed.h"
#include "tests/schemas/rows/rows_of.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

class ReadRows : public ::testing::Test, public RowsOf {
 protected:
  /// Some megabytes, so that several blocks are read on several threads.
  static std::string many(bool csv, int from = 0, int to = 200'000) {
    std::string rows = csv ? "id,label,score,slices.lang,note\n" : "";
    for (int i = from; i < to; ++i) {
      const std::string label = i % 1000 == 999 ? "" : "l" + std::to_string(i * 31 % 400);
      const std::string number = std::to_string(i % 97) + "." + std::to_string(i % 10);
      if (csv)
        rows += "r" + std::to_string(i) + "," + label + "," + number + ",zh," +
                (i % 5000 == 7 ? "\"a\nb, \"\"c\"\"\"" : "n") + "\n";
      else
        rows += "{\"id\": \"r" + std::to_string(i) + "\"" +
                (label.empty() ? "" : ", \"label\": \"" + label + "\"") + ", \"score\": " + number +
                ", \"slices\": {\"lang\": \"zh\"}}\n";
    }
    return rows;
  }
  const RowRequest request_ = asking({"label", "slices.lang"}, {"score"});
};

TEST_F(ReadRows, gives_the_same_on_any_number_of_threads_and_from_csv_and_json) {
  const std::string one = shown(read(many(false), request_));
  EXPECT_EQ(std::count(one.begin(), one.end(), '\n'), 200'000);
  EXPECT_EQ(shown(read(many(false), request_, "r o w s", 3)), one);
  EXPECT_EQ(shown(read(many(true), request_)), one);
  EXPECT_EQ(shown(read(many(true), request_, "r o w s", 4)), one);
}

TEST_F(ReadRows, unpacks_and_joins_part_files) {
  const std::string one = shown(read(many(true), request_));
  EXPECT_EQ(shown(read(gzipped(many(true)), request_)), one);
  EXPECT_EQ(shown(read(zstd_packed(many(false)), request_)), one);
  const auto folder = folder_ / "parts";
  write_file(folder / "part-00000.csv", many(true, 0, 70'000));
  write_file(folder / "part-00001.csv.gz", gzipped(many(true, 70'000, 150'000)));
  write_file(folder / "part-00002.json", many(false, 150'000));
  write_file(folder / ".part-00002.json.crc", "x");
  EXPECT_THAT(error_of([&] { read_rows(folder, request_); }, ErrorKind::infrastructure),
              HasSubstr("_SUCCESS"));
  write_file(folder / "_SUCCESS", "");
  EXPECT_EQ(shown(read_rows(folder, request_)), one);
  const auto places = places_of(folder, {}, {69'999, 70'000, 199'999});
  EXPECT_EQ(places[0].place, "part-00000.csv:70015");
  EXPECT_EQ(places[1].place, "part-00001.csv.gz:2");
  EXPECT_EQ(places[1].id, "r70000");
  EXPECT_EQ(places[2].place, "part-00002.json:50000");
}

TEST_F(ReadRows, passes_no_part_over) {
  const auto folder = folder_ / "parts";
  write_file(folder / "_SUCCESS", "");
  write_file(folder / "part-0.csv", "id,label\n1,a\n");
  std::filesystem::create_symlink(folder / "gone", folder / "part-1.csv");
  EXPECT_THAT(error_of([&] { read_rows(folder, request_); }, ErrorKind::infrastructure),
              HasSubstr("part-1.csv: cannot be opened"));
  std::filesystem::remove(folder / "part-1.csv");
  std::filesystem::create_directory(folder / "part-1.csv");
  EXPECT_THAT(error_of([&] { read_rows(folder, request_); }, ErrorKind::infrastructure),
              HasSubstr("part-1.csv: is not a regular file"));
}

TEST_F(ReadRows, names_the_line_of_a_mistake_far_behind) {
  std::string rows = many(false);
  rows += "{\"id\": \"x\", \"score\": \"1\"}\n";
  EXPECT_EQ(error_in(rows, request_), ":200001: 'score' must be a number");
  std::string csv = many(true);
  const auto lines = std::count(csv.begin(), csv.end(), '\n');
  csv += "x,l1,one,zh,n\n";
  EXPECT_EQ(error_in(csv, request_),
            ":" + std::to_string(lines + 1) + ": 'score' must be a number, and is 'one'");
}

TEST_F(ReadRows, finds_samples_and_clusters_that_begin_in_a_later_block) {
  std::string rows = many(false);
  rows += "{\"id\": \"s\", \"sample\": 1, \"cluster\": \"c\"}\n";
  const RowTable table = read(rows, request_, "r o w s", 2);
  EXPECT_EQ(table.ids.size(), 200'001u);
  EXPECT_EQ(table.ids[5], table.keys[5]);
  EXPECT_NE(table.ids[200'000], table.keys[200'000]);
  EXPECT_EQ(table.clusters.size(), 200'001u);
}

TEST_F(ReadRows, takes_more_words_than_a_byte_can_number) {
  std::string rows;
  for (int i = 0; i < 70'000; ++i)
    rows += "{\"id\": " + std::to_string(i) + ", \"label\": \"a label that is long " +
            std::to_string(i % 66'000) + "\"}\n";
  const RowTable table = read(rows, asking({"label"}));
  EXPECT_EQ(table.words[0].words.size(), 66'000u);
  for (const std::size_t i : {0u, 254u, 255u, 256u, 65'535u, 65'999u, 66'000u, 69'999u})
    EXPECT_EQ(table.words[0].at(i), "a label that is long " + std::to_string(i % 66'000));
}

TEST_F(ReadRows, keeps_digests_of_texts_that_are_the_same_however_they_are_written) {
  const RowRequest request = asking({}, {}, {}, {}, {"input", "reference"});
  const std::string once = shown(
      read("{\"id\": 1, \"input\": \"café\", \"reference\": [\"a b\", \"c\"]}\n{\"id\": 2, \"input\": 7}\n",
           request));
  EXPECT_EQ(shown(read("{\"id\": 1, \"reference\":[\"a b\",\"c\"], \"input\": \"caf\\u00e9\"}\n{\"id\": 2, "
                       "\"input\": \"7\", "
                       "\"reference\": null}\n",
                       request)),
            once);
  EXPECT_EQ(shown(read("id,input,reference\n1,café,\"[ \"\"a b\"\", \"\"c\"\" ]\"\n2,7,\n", request)), once);
  EXPECT_NE(shown(read("id,input,reference\n1,café,\"[ \"\"a  b\"\", \"\"c\"\" ]\"\n2,7,\n", request)), once);
  const RowTable none = read("{\"id\": 1}\n", request);
  EXPECT_TRUE(none.digests[0].empty());
  const RowTable late = read("{\"id\": 1}\n{\"id\": 2, \"input\": \"x\"}\n", request);
  EXPECT_EQ(late.digests[0][0], 0u);
  EXPECT_NE(late.digests[0][1], 0u);
}

TEST_F(ReadRows, needs_rows_and_a_file) {
  EXPECT_EQ(error_in("", {}), ": has no rows\n  A row for each example was expected.");
  EXPECT_EQ(error_in("\n \r\n", {}), ": has no rows\n  A row for each example was expected.");
  EXPECT_THAT(error_of([&] { read_rows(folder_ / "none.jsonl", {}); }, ErrorKind::infrastructure),
              HasSubstr("none.jsonl: cannot be opened"));
  std::filesystem::create_directory(folder_ / "empty");
  write_file(folder_ / "empty" / "_SUCCESS", "");
  EXPECT_THAT(error_of([&] { read_rows(folder_ / "empty", {}); }), HasSubstr("holds no part files"));
}

}  // namespace
}  // namespace modelgate
