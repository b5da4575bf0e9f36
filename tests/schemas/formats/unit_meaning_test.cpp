#include "schemas/formats/unit_meaning.h"

#include <gtest/gtest.h>

namespace modelgate {
namespace {

void expect(const std::string& unit, double factor, const std::string& ours, Better better) {
  const UnitMeaning meaning = meaning_of_unit(unit);
  EXPECT_DOUBLE_EQ(meaning.factor, factor) << unit;
  EXPECT_EQ(meaning.unit, ours) << unit;
  EXPECT_EQ(meaning.better, better) << unit;
}

TEST(UnitMeaning, times_are_seconds_and_better_when_lower) {
  expect("ns", 1e-9, "s", Better::lower);
  expect("\u00b5s", 1e-6, "s", Better::lower);
  expect("\u03bcs", 1e-6, "s", Better::lower);
  expect("milliseconds", 1e-3, "s", Better::lower);
  expect("ms/iter", 1e-3, "s", Better::lower);
  expect("p99-ns", 1e-9, "s", Better::lower);
  expect("min", 60, "s", Better::lower);
}

TEST(UnitMeaning, sizes_are_bytes_and_better_when_lower) {
  expect("B/op", 1, "bytes", Better::lower);
  expect("KB", 1000, "bytes", Better::lower);
  expect("MiB", 1048576, "bytes", Better::lower);
  expect("heap-bytes", 1, "bytes", Better::lower);
}

TEST(UnitMeaning, work_each_second_is_better_when_higher) {
  expect("MB/s", 1e6, "bytes/s", Better::higher);
  expect("ops/sec", 1, "1/s", Better::higher);
  expect("tokens/s", 1, "1/s", Better::higher);
  expect("qps", 1, "1/s", Better::higher);
}

TEST(UnitMeaning, of_any_other_nothing_is_supposed) {
  for (const char* unit : {"", "files", "errors/s", "ms/s", "%", "Mb", "/", "-", "ops", "/op", "s-"})
    expect(unit, 1, unit, Better::unknown);
}

}  // namespace
}  // namespace modelgate
