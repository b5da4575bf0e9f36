#include "runners/gtest/printed_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace modelgate {
namespace {

using ::testing::ElementsAre;

/// The names in what was printed; "doubtful" if it is.
std::vector<std::string> read(const std::vector<std::string>& lines) {
  PrintedList list;
  for (const std::string& line : lines) list.line(line);
  const auto tests = list.take();
  if (!tests) return {"doubtful"};
  std::vector<std::string> names;
  for (const ListedTest& test : *tests) names.push_back(test.name + (test.disabled ? " (disabled)" : ""));
  return names;
}

TEST(PrintedList, holds_tests_with_their_suites) {
  EXPECT_THAT(
      read({"Running main() from a b.cc", "A.", "  one", "  two", "B/0.  # TypeParam = int", "  one"}),
      ElementsAre("A.one", "A.two", "B/0.one"));
  EXPECT_THAT(read({"Each/P.", "  is/0  # GetParam() = a  # b", "  is/1  # GetParam() = "}),
              ElementsAre("Each/P.is/0", "Each/P.is/1"));
}

TEST(PrintedList, knows_disabled_tests_and_suites) {
  EXPECT_THAT(read({"A.", "  DISABLED_one", "  not_DISABLED_two", "DISABLED_B.", "  one", "Each/DISABLED_C.",
                    "  one"}),
              ElementsAre("A.DISABLED_one (disabled)", "A.not_DISABLED_two", "DISABLED_B.one (disabled)",
                          "Each/DISABLED_C.one (disabled)"));
}

TEST(PrintedList, is_doubtful_where_a_program_has_printed_too) {
  const std::vector<std::vector<std::string>> doubtful = {
      {},
      {"A."},
      {"  one"},
      {"Loading", "A.", "  one"},
      {"Loading the model.", "A.", "  one"},
      {"Loading...A.", "  one"},
      {"Done.", "A.", "  one"},
      {"A.", "  one", "Bye."},
      {"A.", "  one", ""},
      {"A.", "  one two"},
      {"A.", "  one.two"},
      {"A.", "  "},
      {".", "  one"},
      {"A.", "   one"},
      {"A.", "  one  # of many"},
      {"A.  # TypeParam = int", "  one", "B.  # said so"},
      {"A.", "  one", "Running main() from late.cc"},
      {"A.", "  na\xc3\xafve"},
      {"A.", std::string("  o\0e", 5)},
  };
  for (const auto& lines : doubtful)
    EXPECT_THAT(read(lines), ElementsAre("doubtful")) << ::testing::PrintToString(lines);
}

}  // namespace
}  // namespace modelgate
