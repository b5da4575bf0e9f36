// The curves that scores draw, beside the checks that rest on them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "schemas/documents/verdict.h"
#include "tests/gates/quality/program.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

class CurvesTest : public ProgramTest {
 protected:
  CurvesTest() {
    for (const double noise : {0.9, 1.3}) {
      std::string text;
      for (int i = 0; i < 400; ++i) {
        const double spread = static_cast<double>(i * 7919 % 401) / 401 - 0.5;
        const double score = (i % 3 == 0 ? 0.7 : 0.3) + noise * spread / 2;
        text += "{\"id\": " + std::to_string(i) + ", \"label\": " + (i % 3 == 0 ? "1" : "0") +
                ", \"score\": " + std::to_string(score) + "}\n";
      }
      files_.push_back(file(files_.empty() ? "old.jsonl" : "new.jsonl", text));
    }
  }

  struct Point {
    std::string check, model, curve;
    double x = 0, y = 0;
  };

  std::vector<Point> drawn(const std::string& checks) {
    const auto path = folder_ / "curves.csv";
    outcome_ = run("--baseline " + files_[0] + " --candidate " + files_[1] + " " + checks + " --curves '" +
                   path.string() + "' --output '" + (folder_ / "verdict.json").string() + "'");
    std::vector<Point> points;
    if (!std::filesystem::exists(path)) return points;
    std::istringstream lines(read_file(path));
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line, "check,model,curve,x,y");
    while (std::getline(lines, line)) {
      std::istringstream cells(line);
      Point point;
      std::string x, y;
      std::getline(cells, point.check, ',');
      std::getline(cells, point.model, ',');
      std::getline(cells, point.curve, ',');
      std::getline(cells, x, ',');
      std::getline(cells, y);
      point.x = std::stod(x);
      point.y = std::stod(y);
      points.push_back(point);
    }
    return points;
  }

  std::vector<std::string> files_;
  Outcome outcome_;
};

TEST_F(CurvesTest, the_area_under_the_line_is_the_checks_value) {
  const std::vector<Point> points = drawn("--check 'roc_auc margin=20pp'");
  const Verdict verdict = read_verdict(folder_ / "verdict.json");
  for (const std::string model : {"baseline", "candidate"}) {
    double area = 0;
    const Point* before = nullptr;
    for (const Point& point : points) {
      if (point.model != model) continue;
      EXPECT_EQ(point.check, "\"roc_auc\"");
      EXPECT_EQ(point.curve, "roc");
      if (before != nullptr) area += (point.x - before->x) * (point.y + before->y) / 2;
      before = &point;
    }
    ASSERT_NE(before, nullptr);
    EXPECT_EQ(before->x, 1);
    EXPECT_EQ(before->y, 1);
    const Check& check = verdict.checks.front();
    EXPECT_NEAR(area, model == "baseline" ? check.baseline.value() : check.candidate.value(), 1e-9);
  }
}

TEST_F(CurvesTest, a_check_by_slices_and_one_of_all_rows_have_one_curve) {
  const std::vector<Point> points =
      drawn("--check 'average_precision margin=20pp' --check 'average_precision margin=30pp by=label'");
  std::size_t ends = 0;
  for (const Point& point : points) {
    EXPECT_EQ(point.curve, "precision-recall");
    ends += point.x == 1 && point.model == "baseline";
  }
  EXPECT_EQ(ends, 1u);
}

TEST_F(CurvesTest, without_a_check_of_scores_there_is_nothing_to_draw) {
  drawn("--check 'mean(score) prefer=higher margin=1'");
  EXPECT_EQ(outcome_.exit_code, 2);
  EXPECT_THAT(outcome_.err, HasSubstr("--curves: no check depends on the order of scores"));
}

TEST_F(CurvesTest, nothing_that_is_read_is_written_over) {
  const std::string before = read_file(folder_ / "old.jsonl");
  const Outcome outcome = run("--baseline " + files_[0] + " --candidate " + files_[1] +
                              " --check 'roc_auc margin=1pp' --curves " + files_[0]);
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--curves"));
  EXPECT_EQ(read_file(folder_ / "old.jsonl"), before);
}

}  // namespace
}  // namespace modelgate
