#include "schemas/tool/progress.h"

#include <gmock/gmock.h>

using namespace modelgate;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

class ProgressTest : public testing::Test {
 protected:
  /// Work of which this share is done at these times.
  void work(const std::vector<std::pair<double, double>>& steps, const std::string& what = "reading x") {
    Progress progress(
        what, [&] { return now_; }, [&](const std::string& text) { written_.push_back(text); });
    for (const auto& [seconds, share] : steps) {
      now_ = 100 + seconds;
      progress.at(share);
    }
  }

  double now_ = 100;
  std::vector<std::string> written_;
};

TEST_F(ProgressTest, says_nothing_of_short_work) {
  work({{0, 0}, {1, 0.5}, {1.99, 0.99}});
  EXPECT_THAT(written_, IsEmpty());
}

TEST_F(ProgressTest, writes_a_line_over_and_leaves_nothing) {
  work({{1, 0.1}, {2, 0.25}, {2.1, 0.3}, {2.25, 0.336}, {9, 1}});
  EXPECT_THAT(written_, ElementsAre("\r\033[Kreading x: 25 %", "\r\033[Kreading x: 34 %",
                                    "\r\033[Kreading x: 100 %", "\r\033[K"));
}

TEST_F(ProgressTest, says_the_time_where_the_share_is_not_known) {
  work({{3, -1}, {5, 2}, {7, 0.0 / 0.0}});
  EXPECT_THAT(written_, ElementsAre("\r\033[Kreading x: 3 s", "\r\033[Kreading x: 5 s",
                                    "\r\033[Kreading x: 7 s", "\r\033[K"));
}

TEST_F(ProgressTest, lets_no_file_name_steer_the_terminal) {
  work({{3, 0}}, "reading \033[2J\n" + std::string(200, 'x'));
  ASSERT_EQ(written_.size(), 2u);
  EXPECT_THAT(written_[0], testing::HasSubstr("\\x1b[2J\\n"));
  EXPECT_LT(written_[0].size(), 90u);
}

TEST_F(ProgressTest, is_silent_where_nobody_looks) {
  testing::internal::CaptureStderr();
  {
    int asked = 0;
    Progress progress(
        "x",
        [&] {
          ++asked;
          return 100.0;
        },
        nullptr);
    progress.at(0.5);
    EXPECT_EQ(asked, 0) << "not even the clock is read";
    Progress("y").at(0.5);
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
