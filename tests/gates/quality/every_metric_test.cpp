// Every metric that can be asked for, through the gate, against scikit-learn, scipy and plain definitions:
// reference/every_metric.py wrote rows and table.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/gates/quality/rows.h"

namespace modelgate {
namespace {

const std::filesystem::path folder = MODELGATE_SOURCE_DIR "/tests/gates/quality/reference/every_metric";

struct Expectation {
  std::string rows, metric;
  double baseline = 0, candidate = 0;
  std::optional<std::pair<double, double>> bounds;
};

std::vector<Expectation> read_table() {
  std::ifstream file(folder / "table.txt");
  std::vector<Expectation> table;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#")) continue;
    std::vector<std::string> parts;
    for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 3) {
      end = line.find(" | ", at);
      parts.push_back(line.substr(at, end - at));
    }
    Expectation one{parts.at(0), parts.at(1), 0, 0, std::nullopt};
    std::istringstream(parts.at(2)) >> one.baseline >> one.candidate;
    if (parts.size() > 3) std::istringstream(parts[3]) >> one.bounds.emplace().first >> one.bounds->second;
    table.push_back(one);
  }
  return table;
}

QualityDemands demands_for(const Expectation& one, const std::string& condition) {
  QualityDemands demands = demanding({one.metric + " " + condition});
  if (needs_all_classes(demands))
    demands.all_classes = one.rows == "binary"
                              ? std::vector<std::string>{"0", "1"}
                              : std::vector<std::string>{"cancel", "lost card", "refund", "退款"};
  demands.minimum_rows = 1;
  return demands;
}

Check judged_files(const Expectation& one, const std::string& condition, int threads = 1) {
  QualityDemands demands = demands_for(one, condition);
  demands.threads = threads;
  const RowRequest request = request_of(demands);
  const AnswerFile baseline = read_answer_file(folder / (one.rows + ".baseline.jsonl"), request, 1),
                   candidate = read_answer_file(folder / (one.rows + ".candidate.jsonl"), request, 1);
  Verdict verdict;
  verdict.gate = "quality";
  judge_quality(&baseline, candidate, demands, verdict);
  return verdict.checks.size() == 1 ? verdict.checks.front() : Check{};
}

class EveryMetricTest : public ::testing::TestWithParam<Expectation> {
 protected:
  static std::string margin() {
    const std::string metric = GetParam().metric;
    try {
      return parse_check(metric + " margin=1pp").name.empty() ? "" : "margin=1pp";
    } catch (const std::exception&) {
      return "margin=5%";
    }
  }
};

void PrintTo(const Expectation& one, std::ostream* stream) { *stream << one.rows << ": " << one.metric; }

TEST_P(EveryMetricTest, has_the_value_and_the_bounds_of_its_reference) {
  const Expectation& one = GetParam();
  const Check check = judged_files(one, margin());
  ASSERT_TRUE(check.baseline && check.candidate) << check.reason << ": " << check.sentence;
  const double tolerance = 1e-9 * std::max(1.0, std::abs(one.baseline));
  EXPECT_NEAR(*check.baseline, one.baseline, tolerance);
  EXPECT_NEAR(*check.candidate, one.candidate, tolerance);
  EXPECT_THAT(check.status, ::testing::AnyOf(Status::pass, Status::fail, Status::inconclusive));
  ASSERT_TRUE(check.effect && check.effect->lower && check.effect->upper) << check.sentence;
  EXPECT_LE(*check.effect->lower, check.effect->estimate);
  EXPECT_GE(*check.effect->upper, check.effect->estimate);
  if (!one.bounds) return;
  const double unit = check.effect->unit == "points" ? 100 : 1;
  EXPECT_NEAR(*check.effect->lower, unit * one.bounds->first, 1e-7);
  EXPECT_NEAR(*check.effect->upper, unit * one.bounds->second, 1e-7);
}

TEST_P(EveryMetricTest, gives_the_same_on_several_threads) {
  EXPECT_EQ(judged_files(GetParam(), margin(), 1), judged_files(GetParam(), margin(), 3));
}

INSTANTIATE_TEST_SUITE_P(EveryMetric, EveryMetricTest, ::testing::ValuesIn(read_table()));

TEST(EveryMetricTableTest, holds_every_metric_of_the_catalogue) {
  std::set<Metric> seen = {Metric::negative_flip_rate};  // flips_test.cpp
  for (const Expectation& one : read_table()) {
    const MetricEntry* entry = nullptr;
    for (const char* condition : {" margin=1pp", " margin=5%"}) try {
        entry = &entry_of(parse_check(one.metric + condition).metric);
      } catch (const std::exception&) {
      }
    ASSERT_NE(entry, nullptr) << one.metric;
    seen.insert(entry->metric);
  }
  for (const MetricEntry& entry : catalogue()) EXPECT_TRUE(seen.contains(entry.metric)) << entry.name;
}

TEST(EveryMetricTableTest, the_documentation_has_every_metric_of_the_catalogue) {
  const std::string text = read_file(MODELGATE_SOURCE_DIR "/gates/quality/metrics.md");
  for (const MetricEntry& entry : catalogue())
    EXPECT_THAT(text, ::testing::HasSubstr(std::string("`") + entry.name)) << entry.name;
}

}  // namespace
}  // namespace modelgate
