#include "runners/pairs/sampling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using Looks = std::vector<std::int64_t>;

TEST(SamplingOptionsTest, looks_rise_to_the_number_of_pairs) {
  SamplingOptions options;
  options.pairs = 40;
  EXPECT_TRUE(options.declared_looks().empty());
  options.looks = {"10", "20", "40"};
  EXPECT_EQ(options.declared_looks(), (Looks{10, 20, 40}));
  for (const std::vector<std::string>& bad :
       std::vector<std::vector<std::string>>{{"10", "10", "40"},
                                             {"20", "10", "40"},
                                             {"10", "20"},
                                             {"0", "40"},
                                             {"-1", "40"},
                                             {"x", "40"},
                                             {"", "40"},
                                             {"10", "40", "80"},
                                             {"10.5", "40"},
                                             {"99999999999999999999"}}) {
    options.looks = bad;
    EXPECT_THROW(options.declared_looks(), Error) << bad.front();
  }
}

TEST(SamplingOptionsTest, stops_within_the_pairs) {
  SamplingOptions options;
  options.pairs = 40;
  EXPECT_EQ(options.end(), 40);
  options.until = 10;
  EXPECT_EQ(options.end(), 10);
  options.until = 41;
  EXPECT_THROW(options.end(), Error);
  options.until = 0;
  options.benchmarks = {"a"};
  EXPECT_THROW(options.end(), Error) << "without --add";
}

class EarlierTest : public ::testing::Test {
 protected:
  EarlierTest() {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("earlier ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    sampling_.pairs = 4;
    sampling_.looks = {"2", "4"};
    sampling_.add = true;
    subjects_ = {{{Role::candidate, "shop", "v2", "", ""}, folder_}};
    write(document(2));
  }
  ~EarlierTest() override { fs::remove_all(folder_); }

  Measurements document(std::int64_t pairs, std::int64_t first = 0) const {
    Measurements all = new_measurements("bench", subjects_.front().subject);
    all.looks = {2, 4};
    for (const char* name : {"a", "b"}) {
      SampleSeries series{name, "real_time", "s", Better::lower, true, {}};
      for (std::int64_t pair = first; pair < first + pairs; ++pair)
        series.processes.push_back({pair, 2 * pair + 1, {1.0 + static_cast<double>(pair)}});
      all.series.push_back(series);
    }
    all.notes = {"note of " + std::to_string(first)};
    return all;
  }
  void write(const Measurements& document) const { write_measurements(document, folder_); }
  EarlierMeasurements earlier() const { return {folder_, "bench", subjects_, sampling_}; }
  static const SampleSeries& series(const Measurements& document, std::size_t i) {
    return std::get<SampleSeries>(document.series.at(i));
  }

  fs::path folder_;
  SamplingOptions sampling_;
  std::vector<MeasuredSubject> subjects_;
};

TEST_F(EarlierTest, says_where_to_go_on) {
  EXPECT_EQ(earlier().next_pair(), 2);
  EXPECT_EQ(earlier().next_position(), 4);
}

TEST_F(EarlierTest, joins_what_was_added_to_the_benchmarks_asked_for) {
  sampling_.benchmarks = {"b"};
  const Measurements all = earlier().joined(document(2, 2));
  EXPECT_EQ(series(all, 0).processes.size(), 2u);
  ASSERT_EQ(series(all, 1).processes.size(), 4u);
  EXPECT_EQ(series(all, 1).processes[3].pair, 3);
  EXPECT_EQ(series(all, 1).processes[3].position, 7);
  EXPECT_EQ(all.notes, (std::vector<std::string>{"note of 0", "note of 2"}));
  EXPECT_TRUE(all.problems.empty());
}

TEST_F(EarlierTest, a_benchmark_that_is_not_reported_any_more_is_a_problem) {
  Measurements more = document(2, 2);
  more.series.pop_back();
  EXPECT_EQ(earlier().joined(more).problems.size(), 1u);
}

TEST_F(EarlierTest, problems_of_what_was_added_are_kept) {
  Measurements more = document(0);
  more.series.clear();
  more.problems = {{"crashed", "it crashed"}};
  const Measurements all = earlier().joined(more);
  EXPECT_EQ(all.problems, more.problems);
}

TEST_F(EarlierTest, what_is_begun_and_not_finished_is_seen) {
  earlier().mark_unfinished();
  const Measurements left = read_measurements(folder_ / "candidate.json");
  ASSERT_EQ(left.problems.size(), 1u);
  EXPECT_EQ(left.problems[0].code, "interrupted");
  EXPECT_THROW(earlier(), Error) << "and is not added to again";
}

TEST_F(EarlierTest, refuses_what_is_not_its_own) {
  const auto refused = [&](const std::function<void(Measurements&)>& change) {
    Measurements other = document(2);
    change(other);
    write(other);
    EXPECT_THROW(earlier(), Error);
  };
  refused([](Measurements& other) { other.runner = "torch"; });
  refused([](Measurements& other) { other.subject.version = "v3"; });
  refused([](Measurements& other) { other.looks = {4}; });
  refused([](Measurements& other) { other.problems = {{"crashed", "it crashed"}}; });
  write(document(2));
  EXPECT_NO_THROW(earlier());
  sampling_.benchmarks = {"c"};
  EXPECT_THROW(earlier(), Error) << "no such benchmark";
  sampling_.benchmarks = {};
  sampling_.until = 2;
  EXPECT_THROW(earlier(), Error) << "nothing to add";
  fs::remove(folder_ / "candidate.json");
  EXPECT_THROW(earlier(), Error) << "no document";
}

}  // namespace
}  // namespace modelgate
