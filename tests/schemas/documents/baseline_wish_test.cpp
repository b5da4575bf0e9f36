#include "schemas/documents/baseline_wish.h"

#include <gtest/gtest.h>

#include "schemas/documents/branch_name.h"

namespace modelgate {
namespace {

using Kind = BaselineWish::Kind;

TEST(BaselineWishTest, is_one_of_five) {
  EXPECT_EQ(baseline_wish("latest"), (BaselineWish{Kind::latest, ""}));
  EXPECT_EQ(baseline_wish("v1.2.0"), (BaselineWish{Kind::version, "v1.2.0"}));
  EXPECT_EQ(baseline_wish("branch:release/1"), (BaselineWish{Kind::branch, "release/1"}));
  EXPECT_EQ(baseline_wish("merge-base"), (BaselineWish{Kind::merge_base, ""}));
  EXPECT_EQ(baseline_wish("merge-base:main"), (BaselineWish{Kind::merge_base, "main"}));
  for (const char* text : {"latest", "v1.2.0", "branch:release/1", "merge-base", "merge-base:main"})
    EXPECT_EQ(baseline_wish(text)->text(), text);
  EXPECT_EQ(BaselineWish{}.text(), "latest");
}

TEST(BaselineWishTest, is_nothing_else) {
  for (const char* text : {"", " ", "branch:", "merge-base:", "branch", "branch:a b", "merge-base:-x",
                           "tag:v1", ":main", "branch:../x", "../v1", "-v1", "v1/x", "merge-base:main~1"}) {
    const auto wish = baseline_wish(text);
    // "branch" alone could be what a version is called.
    if (std::string(text) == "branch")
      EXPECT_EQ(wish, (BaselineWish{Kind::version, "branch"}));
    else
      EXPECT_FALSE(wish) << text;
  }
}

TEST(BranchNameTest, is_what_can_mislead_nobody) {
  for (const char* name : {"main", "release/1.0", "a", "x.y", "x@y", "@", "客服", "feature/ä-1_2+3"})
    EXPECT_TRUE(is_branch_name(name)) << name;
  EXPECT_TRUE(is_branch_name(std::string(250, 'x')));
  for (const std::string& name : {std::string(),
                                  std::string("-x"),
                                  std::string("--upload-pack=x"),
                                  std::string(".x"),
                                  std::string("/x"),
                                  std::string("x/"),
                                  std::string("x/.y"),
                                  std::string("x..y"),
                                  std::string("x//y"),
                                  std::string("x@{1}"),
                                  std::string("x y"),
                                  std::string("x~1"),
                                  std::string("x^"),
                                  std::string("x:y"),
                                  std::string("x?"),
                                  std::string("x*"),
                                  std::string("x["),
                                  std::string("x\\y"),
                                  std::string("refs/heads/x"),
                                  std::string("x\ny"),
                                  std::string("x\x1b"),
                                  std::string("\xff"),
                                  std::string(251, 'x')})
    EXPECT_FALSE(is_branch_name(name)) << name;
}

}  // namespace
}  // namespace modelgate
