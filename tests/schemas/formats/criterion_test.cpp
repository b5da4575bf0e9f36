#include "schemas/formats/criterion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"
#include "tests/schemas/formats/sample_series.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string sample = R"({"sampling_mode":"Linear","iters":[10.0,20.0],"times":[1000.0,3000.0]})";
const std::string estimates =
    R"({"mean":{"point_estimate":100.0},"median":{"point_estimate":100.0},"slope":null})";
const std::string benchmark =
    R"({"group_id":"fib","function_id":"fast","value_str":"20","full_id":"fib/fast/20"})";

Measurements read(const fs::path& path) { return criterion_from(read_document(path), path); }

TEST(Criterion, takes_the_time_of_an_iteration_in_each_sample) {
  const TemporaryFolder folder;
  folder.with("fib/new/benchmark.json", benchmark);
  const Measurements all = read(folder.with("fib/new/sample.json", sample));
  EXPECT_THAT(values_in(series_in(all, "fib/fast/20", "real_time")),
              ElementsAre(ElementsAre(DoubleEq(100e-9), DoubleEq(150e-9))));
}

TEST(Criterion, is_called_by_its_folder_where_nothing_else_tells) {
  const TemporaryFolder folder;
  EXPECT_THAT(names_in(read(folder.with("fib/new/sample.json", sample))), ElementsAre("fib real_time"));
}

TEST(Criterion, asks_for_the_samples_beside_estimates) {
  const TemporaryFolder folder;
  const fs::path path = folder.with("fib/new/estimates.json", estimates);
  EXPECT_THAT(
      error_of([&] { read(path); }),
      EndsWith(
          "estimates.json: holds criterion's estimates, from which alone nothing can be told\n  Keep the "
          "sample.json that criterion writes beside it, or name its folder target/criterion."));
  folder.with("fib/new/sample.json", sample);
  EXPECT_THAT(names_in(read(path)), ElementsAre("fib real_time"));
}

TEST(Criterion, finds_the_samples_of_a_folder) {
  const TemporaryFolder folder;
  folder.with("b/x/new/sample.json", sample);
  folder.with("a/new/sample.json", sample);
  folder.with("a/base/sample.json", sample);
  folder.with("a/report/index.html", "");
  EXPECT_THAT(criterion_samples_in(folder.path()),
              ElementsAre(folder / "a/new/sample.json", folder / "b/x/new/sample.json"));
  EXPECT_THAT(criterion_samples_in(folder / "a/base"), ElementsAre(folder / "a/base/sample.json"));
  EXPECT_THAT(criterion_samples_in(folder / "a/report"), IsEmpty());
}

TEST(Criterion, names_what_is_missing_or_wrong) {
  const TemporaryFolder folder;
  const auto error = [&](const std::string& text) {
    return error_of([&] { read(folder.with("x/new/sample.json", text)); });
  };
  EXPECT_THAT(error(R"({"iters":[1,2],"times":[1]})"), EndsWith("has 2 numbers of iterations and 1 times"));
  EXPECT_THAT(error(R"({"iters":[0],"times":[1]})"), EndsWith("#/iters/0: is no number of iterations"));
  EXPECT_THAT(error(R"({"iters":[-1],"times":[1]})"), EndsWith("is no number of iterations"));
  EXPECT_THAT(error(R"({"iters":[1],"times":["1"]})"), HasSubstr("#/times/0: expected a number"));
  EXPECT_THAT(error(R"({"iters":[1e-300],"times":[1e300]})"), EndsWith("is too large a number"));
  folder.with("x/new/benchmark.json", "{}");
  EXPECT_THAT(error(sample), EndsWith("benchmark.json: 'full_id' is missing"));
}

TEST(Criterion, is_known_by_its_fields) {
  const auto is_it = [](const std::string& text) { return is_of_criterion(parse_json(text, "c.json")); };
  EXPECT_TRUE(is_it(sample));
  EXPECT_TRUE(is_it(estimates));
  EXPECT_FALSE(is_it("{\"mean\": 1}"));
  EXPECT_FALSE(is_it("{\"id\": 1}"));
}

}  // namespace
}  // namespace modelgate
