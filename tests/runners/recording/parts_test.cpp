#include "runners/recording/parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Measurements part(std::int64_t number, std::int64_t of, std::vector<std::string> tests) {
  Measurements document;
  document.runner = "gtest";
  document.runner_version = "0.1.0";
  document.created = "2026-11-23T20:15:0" + std::to_string(number) + "Z";
  document.subject = {Role::candidate, "m", "v1", "", "sha256:c"};
  document.environment = {{"cpu", "A"}, {"cores", std::to_string(2 * number)}};
  document.part = Part{number, of, digest_of_names({"all"})};
  CaseSeries series{"tests", {}};
  for (const std::string& name : tests) series.cases.push_back({name, CaseStatus::passed, 0.1, "", "", 0});
  document.series.push_back(series);
  return document;
}

std::string refusal(std::vector<Measurements> parts) {
  try {
    joined_parts(std::move(parts));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::infrastructure);
    return error.message();
  }
  return "";
}

TEST(PartsTest, are_written_as_number_and_count) {
  EXPECT_EQ(part_from("2/4", "--part"), (Part{2, 4, ""}));
  EXPECT_EQ(part_from("1/1", "--part"), (Part{1, 1, ""}));
  EXPECT_EQ(part_from("1000/1000", "--part"), (Part{1000, 1000, ""}));
  for (const char* text : {"", "2", "/", "2/", "/4", "0/4", "5/4", "-1/4", "1/0", "1/1001", "1/4/2", "a/b",
                           "1 /4", "+1/4", "1.5/4", "99999999999999999999/4"})
    EXPECT_THROW(part_from(text, "--part"), Error) << text;
}

TEST(PartsTest, hold_each_thing_once_and_neighbours_together) {
  for (std::size_t count : {0u, 1u, 3u, 7u, 100u})
    for (std::int64_t of : {1, 2, 3, 8}) {
      std::size_t next = 0;
      for (std::int64_t number = 1; number <= of; ++number) {
        const PartRange range = range_of({number, of, ""}, count);
        EXPECT_EQ(range.begin, next);
        EXPECT_GE(range.end, range.begin);
        next = range.end;
      }
      EXPECT_EQ(next, count) << of;
    }
}

TEST(PartsTest, joined_are_what_one_machine_would_have_written) {
  const Measurements all = joined_parts({part(2, 2, {"A.c"}), part(1, 2, {"A.a", "A.b"})});
  EXPECT_FALSE(all.part);
  ASSERT_EQ(all.series.size(), 1u);
  std::vector<std::string> names;
  for (const Case& test : std::get<CaseSeries>(all.series[0]).cases) names.push_back(test.name);
  EXPECT_THAT(names, ElementsAre("A.a", "A.b", "A.c"));
  EXPECT_EQ(all.environment.at("cpu"), "A");
  EXPECT_EQ(all.environment.at("cores"), "2 | 4");
  EXPECT_EQ(all.created, "2026-11-23T20:15:02Z");
}

TEST(PartsTest, carry_their_problems_and_notes_along) {
  Measurements first = part(1, 2, {"A.a"}), second = part(2, 2, {});
  second.problems = {{"crashed", "it crashed"}};
  first.notes = second.notes = {"cut"};
  second.discarded = {{3, "processor_shared", "x"}};
  const Measurements all = joined_parts({first, second});
  EXPECT_EQ(all.problems.size(), 1u);
  EXPECT_THAT(all.notes, ElementsAre("cut"));
  EXPECT_EQ(all.discarded.size(), 1u);
}

TEST(PartsTest, of_samples_stand_side_by_side) {
  Measurements first = part(1, 2, {}), second = part(2, 2, {});
  first.series = {SampleSeries{"a", "real_time", "s", Better::lower, true, {{0, 0, {1.0}}}}};
  second.series = {SampleSeries{"b", "real_time", "s", Better::lower, true, {{0, 0, {2.0}}}}};
  EXPECT_EQ(joined_parts({first, second}).series.size(), 2u);
}

TEST(PartsTest, that_are_missing_or_do_not_belong_together_are_refused) {
  EXPECT_THAT(refusal({}), HasSubstr("there is none"));
  EXPECT_THAT(refusal({part(1, 2, {})}), HasSubstr("part 2 of 2 is missing"));
  EXPECT_THAT(refusal({part(1, 2, {}), part(1, 2, {})}), HasSubstr("part 1 of 2 is there 2 times"));
  EXPECT_THAT(refusal({part(1, 2, {}), part(2, 2, {}), part(2, 2, {})}),
              HasSubstr("part 2 of 2 is there 2 times"));
  EXPECT_THAT(refusal({part(1, 2, {}), part(2, 3, {})}), HasSubstr("of 2 and another of 3"));
  Measurements whole = part(2, 2, {});
  whole.part.reset();
  EXPECT_THAT(refusal({part(1, 2, {}), whole}), HasSubstr("a whole and no part"));
  Measurements other = part(2, 2, {});
  other.subject.digest = "sha256:d";
  EXPECT_THAT(refusal({part(1, 2, {}), other}), HasSubstr("different versions of the model"));
  other = part(2, 2, {});
  other.part->names = digest_of_names({"others"});
  EXPECT_THAT(refusal({part(1, 2, {}), other}), HasSubstr("different tests"));
  other = part(2, 2, {});
  other.runner = "bench";
  EXPECT_THAT(refusal({part(1, 2, {}), other}), HasSubstr("measured by gtest 0.1.0 and bench 0.1.0"));
  other = part(2, 2, {});
  other.looks = {8, 16};
  EXPECT_THAT(refusal({part(1, 2, {}), other}), HasSubstr("different looks"));
}

TEST(PartsTest, names_that_run_into_each_other_have_another_digest) {
  EXPECT_NE(digest_of_names({"ab", "c"}), digest_of_names({"a", "bc"}));
  EXPECT_NE(digest_of_names({"a"}), digest_of_names({"a", ""}));
}

}  // namespace
}  // namespace modelgate
