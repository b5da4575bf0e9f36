#include "runners/gtest/marker.h"

#include <gtest/gtest.h>

namespace modelgate {
namespace {

TEST(Marker, is_found_in_a_line_of_the_printer) {
  const auto marker = marker_in("\033[0;32m[ RUN      ] \033[mSuite.Test");
  ASSERT_TRUE(marker);
  EXPECT_EQ(marker->kind, MarkerKind::run);
  EXPECT_EQ(marker->before, "");
  EXPECT_EQ(marker->rest, "Suite.Test");
}

TEST(Marker, is_found_behind_words_that_a_test_left_in_the_line) {
  const auto marker = marker_in("50% \033[0;31m[  FAILED  ] \033[0;31m[  FAILED  ] \033[mA.B (3 ms)");
  ASSERT_TRUE(marker);
  EXPECT_EQ(marker->kind, MarkerKind::failed);
  EXPECT_EQ(marker->before, "50% \033[0;31m[  FAILED  ] ");
  EXPECT_EQ(marker->rest, "A.B (3 ms)");
}

TEST(Marker, is_not_found_without_colour_nor_in_what_only_resembles_it) {
  for (const char* line :
       {"", "[       OK ] A.B (0 ms)", "\033[0;32m[ RUN      ] A.B", "\033[0;32m", "\033",
        "\033[0;32m[ RUN      ]\033[m A.B", "\033[0;32m[ NOTHING  ] \033[mA.B",
        "\033[0;32m[ RUN      ] \033[", "\033[0;3\033[0;3\033[0;3", "\033[0;32x[ RUN      ] \033[mA.B"})
    EXPECT_FALSE(marker_in(line)) << line;
}

TEST(Marker, names_a_test_without_its_parameter_and_time) {
  EXPECT_EQ(test_name_in("A.B (12 ms)"), "A.B");
  EXPECT_EQ(test_name_in("A.B"), "A.B");
  EXPECT_EQ(test_name_in("A/1.B, where TypeParam = int and GetParam() = (1, 2) (0 ms)"), "A/1.B");
  EXPECT_EQ(test_name_in("A.B, where GetParam() = a text that goes on"), "A.B");
  EXPECT_EQ(test_name_in(" ms)"), " ms)");
}

TEST(Marker, reads_seconds_and_nothing_from_what_is_no_time) {
  EXPECT_DOUBLE_EQ(seconds_in("A.B (1250 ms)"), 1.25);
  for (const char* rest :
       {"A.B", "A.B ( ms)", "A.B (x ms)", " ms)", "A.B (-3 ms)", "A.B (99999999999999999999 ms)"})
    EXPECT_EQ(seconds_in(rest), 0) << rest;
}

TEST(Assertion, has_a_file_and_a_line) {
  const auto place = assertion_in("/src/a test.cpp:17: Failure");
  ASSERT_TRUE(place);
  EXPECT_EQ(place->file, "/src/a test.cpp");
  EXPECT_EQ(place->line, 17);
}

TEST(Assertion, may_be_in_an_unknown_file) {
  const auto place = assertion_in("unknown file: Failure");
  ASSERT_TRUE(place);
  EXPECT_EQ(place->file, "");
}

TEST(Assertion, is_not_seen_in_other_lines) {
  for (const char* line : {"", ": Failure", "a.cpp:: Failure", "a.cpp:x: Failure", "a.cpp:-1: Failure",
                           "a.cpp:17: Failure of the pump", "a.cpp:99999999999999999999: Failure"})
    EXPECT_FALSE(assertion_in(line)) << line;
}

}  // namespace
}  // namespace modelgate
