// What scipy says of Go's crc32 results; reference/make.py wrote the table.

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "gates/decision/decision.h"
#include "gates/performance/performance.h"
#include "schemas/formats/gate_input.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

fs::path folder() {
  if (const char* data = std::getenv("MODELGATE_SHARED_DATA")) return fs::path(data) / "perf-series";
  return fs::path(MODELGATE_SOURCE_DIR).parent_path() / "shared/data/perf-series";
}

/// By direction and benchmark: Welch's estimate and p-values, then those of the ranks.
std::map<std::string, std::map<std::string, std::vector<double>>> read_table() {
  std::map<std::string, std::map<std::string, std::vector<double>>> table;
  std::ifstream file(MODELGATE_SOURCE_DIR "/tests/gates/performance/reference/go_crc.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#")) continue;
    std::istringstream words(line);
    std::string direction, name;
    words >> direction >> name;
    for (std::string number; words >> number;) table[direction][name].push_back(std::stod(number));
  }
  return table;
}

std::map<std::string, Check> judged(const std::string& baseline, const std::string& candidate) {
  const auto read = [](const std::string& name, Role role) {
    return read_gate_input(folder() / ("go-crc-" + name + ".txt"), role, {ForeignFormat::benchmarks});
  };
  PerformanceDemands demands;
  demands.margin = 0.05;
  Verdict verdict;
  verdict.gate = "performance";
  std::map<std::string, Check> checks;
  for (Check& check :
       judge_performance(read(baseline, Role::baseline), read(candidate, Role::candidate), demands, verdict))
    checks[check.name] = check;
  return checks;
}

/// To 1e-9 of itself. Of tails so far out that no method counts their digits it is enough that both are
/// there.
void expect_same(double ours, double theirs, const std::string& what) {
  if (theirs < 1e-100)
    EXPECT_LT(ours, 1e-90) << what;
  else
    EXPECT_NEAR(ours, theirs, 1e-9 * std::abs(theirs) + 1e-13) << what;
}

TEST(GoCrc, has_the_numbers_that_scipy_finds) {
  if (!fs::exists(folder())) GTEST_SKIP() << "no results of Go in " << folder();
  const auto table = read_table();
  ASSERT_EQ(table.size(), 2u);
  for (const auto& [direction, rows] : table) {
    const bool forth = direction == "new-to-old";
    const std::map<std::string, Check> checks = judged(forth ? "new" : "old", forth ? "old" : "new");
    EXPECT_EQ(checks.size(), rows.size());
    for (const auto& [name, expected] : rows) {
      const auto found = checks.find(name + " real_time");
      ASSERT_TRUE(found != checks.end()) << name;
      const Check& check = found->second;
      ASSERT_EQ(expected.size(), 6u);
      ASSERT_TRUE(check.effect && check.cross_check) << name;
      expect_same(check.effect->estimate, expected[0], name + " by Welch");
      expect_same(*check.p_regression, expected[1], name + " p of regression by Welch");
      expect_same(*check.p_non_inferiority, expected[2], name + " p of non-inferiority by Welch");
      expect_same(check.cross_check->estimate, expected[3], name + " shift");
      expect_same(check.cross_check->p_regression, expected[4], name + " p of regression by ranks");
      expect_same(check.cross_check->p_non_inferiority, expected[5], name + " p of non-inferiority by ranks");
    }
  }
}

/// The rows whose medians rise by a factor of 4 to 7.
bool rises(const std::string& name) {
  if (name.find("poly=IEEE") == std::string::npos) return false;
  for (const char* size : {"size=512/", "size=1kB/", "size=4kB/", "size=32kB/"})
    if (name.find(size) != std::string::npos) return true;
  return false;
}

TEST(GoCrc, fails_the_rows_that_become_several_times_as_slow_and_not_in_the_other_direction) {
  if (!fs::exists(folder())) GTEST_SKIP() << "no results of Go in " << folder();
  Verdict verdict;
  int risen = 0;
  for (const auto& [name, check] : judged("new", "old")) verdict.checks.push_back(check);
  conclude(verdict);
  EXPECT_EQ(verdict.status, Status::fail);
  for (const Check& check : verdict.checks) {
    EXPECT_EQ(check.status == Status::fail, rises(check.name)) << check.sentence;
    if (rises(check.name)) {
      EXPECT_GT(check.effect->estimate, 300) << check.name;
      ++risen;
    }
  }
  EXPECT_EQ(risen, 8);

  verdict.checks.clear();
  for (const auto& [name, check] : judged("old", "new")) verdict.checks.push_back(check);
  conclude(verdict);
  EXPECT_EQ(verdict.status, Status::inconclusive);
  for (const Check& check : verdict.checks) {
    EXPECT_NE(check.status, Status::fail) << check.sentence;
    if (rises(check.name)) {
      EXPECT_EQ(check.reason, "improvement_proven") << check.sentence;
    }
    // What passes is proven by both: by Welch's bound and by ranks.
    if (check.status == Status::pass) {
      EXPECT_LE(*check.effect->upper, 5.0) << check.sentence;
      EXPECT_LE(check.cross_check->p_non_inferiority, 0.05) << check.sentence;
    }
  }
}

}  // namespace
}  // namespace modelgate
