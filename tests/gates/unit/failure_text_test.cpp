#include "gates/unit/failure_text.h"

#include <gtest/gtest.h>

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

FailureText text_of(const std::string& message, const std::string& file = "", std::int64_t line = 0) {
  return failure_text({"A.B", CaseStatus::failed, 0, message, file, line});
}

TEST(FailureTextTest, reads_a_message_of_googletest) {
  const FailureText failure = text_of(
      "/builds/x/features_test.cpp:41: Failure\nExpected equality of these values:\n  count(\"你好\")\n"
      "    Which is: 2\n  3\n\n/builds/x/features_test.cpp:44: Failure\nValue of: other\n");
  EXPECT_EQ(failure.words, "Expected equality of these values: count(\"你好\") Which is: 2 3");
  EXPECT_EQ(failure.place, "features_test.cpp:41");
}

TEST(FailureTextTest, reads_a_message_of_googletests_xml) {
  const FailureText failure = text_of("../tests/x.cpp:7\nExpected: a\n\n../tests/x.cpp:9\nExpected: b");
  EXPECT_EQ(failure.words, "Expected: a");
  EXPECT_EQ(failure.place, "x.cpp:7");
}

TEST(FailureTextTest, two_failures_without_an_empty_line_between_are_told_apart) {
  EXPECT_EQ(text_of("x.cpp:7: Failure\nfirst\ny.cpp:8: Failure\nsecond").words, "first");
}

TEST(FailureTextTest, takes_the_place_of_the_test_where_the_message_has_none) {
  EXPECT_EQ(text_of("killed by SIGSEGV", "a b/tests.cpp", 12).place, "tests.cpp:12");
  EXPECT_EQ(text_of("killed by SIGSEGV", "tests.py").place, "tests.py");
  EXPECT_EQ(text_of("killed by SIGSEGV").place, "");
  EXPECT_EQ(text_of("killed by SIGSEGV").words, "killed by SIGSEGV");
}

TEST(FailureTextTest, a_colon_alone_is_no_place) {
  EXPECT_EQ(text_of("expected: 3").words, "expected: 3");
  EXPECT_EQ(text_of("ratio 3:4").words, "ratio 3:4");
  EXPECT_EQ(text_of(":4\nx").words, ":4 x");
  EXPECT_EQ(text_of("").words, "");
}

TEST(FailureTextTest, is_one_line_of_bounded_length_cut_between_characters) {
  std::string chinese;
  for (int i = 0; i < 100'000; ++i) chinese += "测";
  const FailureText failure = text_of(chinese);
  EXPECT_EQ(failure.words.size(), 160 * 3 + std::string("…").size());
  EXPECT_TRUE(is_utf8(failure.words));
  EXPECT_LT(failure.details.size(), 9000u);
  const FailureText tabbed = text_of("a\t\tb\r\n  c \n");
  EXPECT_EQ(tabbed.words, "a b c");
}

TEST(FailureTextTest, survives_bytes_that_are_no_text) {
  std::string bytes;
  for (int i = 0; i < 2000; ++i) bytes += static_cast<char>(i * 7 % 256);
  EXPECT_FALSE(text_of(bytes).words.empty());
}

}  // namespace
}  // namespace modelgate
