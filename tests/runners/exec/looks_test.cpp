#include <gmock/gmock.h>

#include <algorithm>

#include "runners/recording/row_writer.h"
#include "schemas/documents/manifest.h"
#include "schemas/tool/error.h"
#include "tests/runners/exec/folder_of_looks.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::int64_t lines_of(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

TEST_F(LooksTest, the_command_is_asked_the_rows_of_the_stretch_alone) {
  EXPECT_EQ(run(4), ExitCode::pass);
  const std::string asked = text_of("candidate/asked.jsonl");
  EXPECT_EQ(lines_of(asked), 4);
  EXPECT_EQ(text_of("candidate/answers.jsonl"), asked);
  EXPECT_EQ(text_of("candidate/records.jsonl"), asked);
  EXPECT_EQ(text_of("baseline/records.jsonl"), asked);
  EXPECT_EQ(series(), (RecordSeries{"answers",
                                    "candidate/records.jsonl",
                                    digest_of_file(folder_ / "out/candidate/records.jsonl"),
                                    4,
                                    0,
                                    {4, 7, 10},
                                    5,
                                    digest_of_file(options_.input)}));
  EXPECT_THAT(document().notes, ElementsAre("rows in random order (seed 5), of 12 in the input"));
}

TEST_F(LooksTest, no_more_rows_are_ever_asked_than_the_last_look_says) {
  EXPECT_EQ(run(0), ExitCode::pass);
  EXPECT_EQ(lines_of(text_of("candidate/asked.jsonl")), 10);
  EXPECT_EQ(series().rows, 10);
}

TEST_F(LooksTest, a_stretch_of_a_longer_list_of_looks_holds_the_same_rows) {
  run(7);
  const std::string seven = text_of("candidate/records.jsonl");
  options_.looks.looks = {"3", "7"};
  run(0);
  EXPECT_EQ(text_of("candidate/records.jsonl"), seven);
  options_.looks.looks = {"12"};
  run(0);
  EXPECT_TRUE(text_of("candidate/records.jsonl").starts_with(seven));
}

TEST_F(LooksTest, inputs_in_another_order_give_the_same_records) {
  std::string reversed;
  for (int id = 11; id >= 0; --id) reversed += row(id);
  write_file(folder_ / "candidate.jsonl", rows(12));
  write_file(folder_ / "baseline.jsonl", reversed);
  options_.input = (folder_ / "{role}.jsonl").string();
  EXPECT_EQ(run(7), ExitCode::pass);
  EXPECT_EQ(text_of("candidate/records.jsonl"), text_of("baseline/records.jsonl"));
}

TEST_F(LooksTest, sides_that_would_be_asked_other_rows_are_refused_before_anything_runs) {
  write_file(folder_ / "candidate.jsonl", rows(12));
  write_file(folder_ / "baseline.jsonl", rows(11) + "{\"id\":\"other\"}\n");
  options_.input = (folder_ / "{role}.jsonl").string();
  options_.looks.looks = {"12"};
  try {
    run(0);
    FAIL() << "was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_THAT(error.where(), HasSubstr("baseline.jsonl:"));
  }
  EXPECT_FALSE(fs::exists(folder_ / "out/candidate.json"));
}

TEST_F(LooksTest, without_a_seed_one_is_drawn_and_recorded) {
  options_.looks.seed = 0;
  run(0);
  const std::optional<std::int64_t> seed = series().seed;
  ASSERT_TRUE(seed.has_value());
  EXPECT_GT(*seed, 0);
  EXPECT_EQ(series("baseline").seed, seed);
  const std::string records = text_of("candidate/records.jsonl");
  options_.looks.seed = *seed;
  run(0);
  EXPECT_EQ(text_of("candidate/records.jsonl"), records);
}

TEST_F(LooksTest, without_looks_the_command_reads_the_input_as_it_is) {
  options_.looks.looks = {};
  options_.command = {"/bin/sh", "-c", "readlink /proc/self/fd/0 >&2; cat"};
  EXPECT_EQ(run(0), ExitCode::pass);
  EXPECT_EQ(text_of("candidate/records.jsonl"), rows(12));
  EXPECT_EQ(text_of("candidate/stderr.log"), fs::canonical(options_.input).string() + "\n");
  EXPECT_FALSE(fs::exists(folder_ / "out/candidate/asked.jsonl"));
  EXPECT_TRUE(series().looks.empty());
  EXPECT_FALSE(series().seed.has_value());
  EXPECT_TRUE(document().notes.empty());
}

TEST_F(LooksTest, an_answer_to_a_row_that_was_not_asked_is_a_problem) {
  options_.command = {"/bin/cat", options_.input};
  EXPECT_EQ(run(4), ExitCode::error);
  ASSERT_EQ(document().problems.size(), 1u);
  EXPECT_THAT(document().problems[0].sentence, HasSubstr("name no row of the input: 8 ("));
  EXPECT_EQ(series().rows, 4);
  EXPECT_EQ(lines_of(text_of("candidate/records.jsonl")), 4);
}

TEST_F(LooksTest, looks_beyond_the_input_are_refused) {
  options_.looks.looks = {"10", "13"};
  EXPECT_THROW(run(0), Error);
  options_.looks.looks = {"10", "12"};
  EXPECT_EQ(run(0), ExitCode::pass);
}

TEST_F(LooksTest, a_file_of_rows_that_is_not_finished_leaves_the_old_one) {
  const fs::path path = folder_ / "some folder" / "records.jsonl";
  {
    RowWriter first(path);
    first.add_line("old");
    first.finish();
  }
  {
    RowWriter second(path);
    second.add_line("new");
    EXPECT_EQ(read_file(path), "old\n");
  }
  EXPECT_EQ(read_file(path), "old\n");
  EXPECT_EQ(std::distance(fs::directory_iterator(path.parent_path()), {}), 1);
}

}  // namespace
}  // namespace modelgate
