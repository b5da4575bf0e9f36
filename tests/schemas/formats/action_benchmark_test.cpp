#include "schemas/formats/action_benchmark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/formats/sample_series.h"

namespace modelgate {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;

Measurements read(const std::string& text) { return action_benchmark_from(parse_json(text, "a.json")); }

TEST(ActionBenchmark, has_a_direction_where_the_unit_tells_it) {
  const Measurements all =
      read(R"([{"name": "build", "unit": "ms", "value": 241.5, "range": "± 3%", "extra": "x"},
    {"name": "size", "unit": "files", "value": 12}, {"name": "build", "unit": "ms", "value": 250}])");
  EXPECT_THAT(names_in(all), ElementsAre("build value", "size value"));
  EXPECT_EQ(series_in(all, "build", "value").better, Better::lower);
  EXPECT_THAT(values_in(series_in(all, "build", "value")),
              ElementsAre(ElementsAre(DoubleEq(0.2415), DoubleEq(0.25))));
  EXPECT_EQ(series_in(all, "size", "value").unit, "files");
  EXPECT_EQ(series_in(all, "size", "value").better, Better::unknown);
}

TEST(ActionBenchmark, names_what_is_missing_or_wrong) {
  EXPECT_EQ(error_of([] { read(R"([{"name": "b", "unit": "ms"}])"); }), "a.json#/0: 'value' is missing");
  EXPECT_EQ(error_of([] { read(R"([{"name": "b", "unit": "ms", "value": "1"}])"); }),
            "a.json#/0/value: expected a number, found text (\"1\")\n  Write it without quotes: 1.");
  EXPECT_EQ(error_of([] {
              read(R"([{"name": "b", "unit": "ms", "value": 1}, {"name": "b", "unit": "MB", "value": 1}])");
            }),
            "a.json: 'b' is measured in bytes here, and in s before");
}

}  // namespace
}  // namespace modelgate
