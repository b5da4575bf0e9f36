#include "reporters/github/annotations.h"

#include <gmock/gmock.h>

#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;

Check at(const std::string& file, std::int64_t line, Status status = Status::fail) {
  Check check = check_of("unit", "Suite.Test", status, "Suite.Test: passed in the baseline and now fails");
  check.file = file;
  check.line = line;
  return check;
}

TEST(Annotations, stand_where_the_check_says_it_is) {
  Check check = at("tests/a_test.cpp", 12);
  check.details = "expected 3\ngot 2";
  const auto annotations = annotations_of(verdict_of({check}), "");
  ASSERT_EQ(annotations.size(), 1u);
  EXPECT_EQ(annotations[0].path, "tests/a_test.cpp");
  EXPECT_EQ(annotations[0].line, 12);
  EXPECT_EQ(annotations[0].level, "failure");
  EXPECT_EQ(annotations[0].title, "FAIL: unit: Suite.Test");
  EXPECT_EQ(annotations[0].message, "Suite.Test: passed in the baseline and now fails\nexpected 3\ngot 2\n");
}

TEST(Annotations, are_only_of_what_does_not_simply_pass) {
  EXPECT_TRUE(
      annotations_of(verdict_of({at("a.cpp", 1, Status::pass), at("a.cpp", 1, Status::not_compared)}), "")
          .empty());
  EXPECT_EQ(annotations_of(verdict_of({at("a.cpp", 1, Status::inconclusive)}), "")[0].level, "warning");
  EXPECT_EQ(annotations_of(verdict_of({at("a.cpp", 1, Status::error)}), "")[0].level, "failure");
}

TEST(Annotations, never_leave_the_repository) {
  for (const std::string file :
       {"/etc/passwd", "../x.cpp", "a/../../x.cpp", "", ".", "/home/me/repository/../x.cpp",
        "/home/me/repository2/x.cpp", "a\nb.cpp", "\x1b[2J.cpp"})
    EXPECT_TRUE(annotations_of(verdict_of({at(file, 1)}), "/home/me/repository").empty()) << file;
  EXPECT_EQ(
      annotations_of(verdict_of({at("/home/me/repository/src/x.cpp", 1)}), "/home/me/repository")[0].path,
      "src/x.cpp");
  EXPECT_EQ(annotations_of(verdict_of({at("./a/../b/x.cpp", 0)}), "")[0].path, "b/x.cpp");
  EXPECT_EQ(annotations_of(verdict_of({at("b/x.cpp", 0)}), "")[0].line, 1);
}

TEST(Annotations, are_bounded_with_the_most_urgent_first) {
  std::vector<Check> checks;
  for (int i = 0; i < 1000; ++i) checks.push_back(at("a.cpp", i, i == 999 ? Status::fail : Status::error));
  const auto annotations = annotations_of(verdict_of(checks), "");
  EXPECT_EQ(annotations.size(), most_annotations);
  EXPECT_EQ(annotations[0].line, 999);
}

TEST(Annotations, are_printable_and_short_whatever_the_document_holds) {
  for (const std::string& text : hostile_texts) {
    Check check = at("a.cpp", 1);
    check.gate = check.name = check.sentence = check.needs = text + std::string(5000, 'x');
    for (int i = 0; i < 1000; ++i) check.details += text + "\n";
    const Annotation annotation = annotations_of(verdict_of({check}), "")[0];
    EXPECT_TRUE(is_printable(annotation.title));
    EXPECT_LT(annotation.title.size(), 1000u);
    EXPECT_LT(annotation.message.size(), 60'000u);
    for (const char c : annotation.message) EXPECT_TRUE(c == '\n' || c >= ' ' || c < 0);
  }
}

}  // namespace
}  // namespace modelgate
