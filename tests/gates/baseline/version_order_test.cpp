#include "gates/baseline/version_order.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace modelgate {
namespace {

TEST(VersionOrderTest, orders_as_semantic_versioning_does) {
  // In ascending order; the prereleases are the example of semver.org, section 11.
  const std::vector<std::string> ascending = {
      "v0.9.9",      "v1.0.0-alpha",  "v1.0.0-alpha.1", "v1.0.0-alpha.beta",
      "v1.0.0-beta", "v1.0.0-beta.2", "v1.0.0-beta.11", "v1.0.0-rc.1",
      "v1.0.0",      "v1.0.1",        "v1.2.0",         "v1.9.0",
      "v1.10.0",     "v2.0.0-rc.1",   "v2.0.0",         "v10.0.0"};
  for (std::size_t i = 0; i < ascending.size(); ++i)
    for (std::size_t k = 0; k < ascending.size(); ++k)
      EXPECT_EQ(version_before(ascending[i], ascending[k]), i < k) << ascending[i] << " " << ascending[k];
}

TEST(VersionOrderTest, a_leading_v_makes_no_difference) {
  EXPECT_TRUE(version_before("v1.9.0", "1.10.0"));
  EXPECT_TRUE(version_before("1.9.0", "v1.10.0"));
}

TEST(VersionOrderTest, parts_that_are_missing_count_as_zero) {
  EXPECT_TRUE(version_before("1", "1.0.1"));
  EXPECT_TRUE(version_before("1.0.0.1", "1.1"));
  EXPECT_TRUE(version_before("1.0.0-rc.1", "1"));
}

TEST(VersionOrderTest, takes_numbers_of_any_length) {
  EXPECT_TRUE(version_before("1.99999999999999999999999998", "1.99999999999999999999999999"));
  EXPECT_TRUE(version_before("1.9", "1.10000000000000000000000000"));
  EXPECT_TRUE(version_before("1.0009", "1.10"));
}

TEST(VersionOrderTest, is_a_total_order_whatever_the_versions_are) {
  const std::vector<std::string> odd = {
      "1",  "1.0", "v1", "v1.0.0",     "1.0.0+a",    "1.0.0+b", "v1.0.0+a",  "a",
      "b",  "1.a", "1.", "1..1",       "1-",         "1--",     "1-+x",      "v",
      "va", "+",   "_",  "2026.11.23", "2026-11-23", "01",      "1.0-a.b.c", "0"};
  for (const std::string& a : odd) {
    EXPECT_FALSE(version_before(a, a));
    for (const std::string& b : odd) {
      EXPECT_TRUE(a == b || version_before(a, b) != version_before(b, a)) << a << " " << b;
      for (const std::string& c : odd)
        EXPECT_TRUE(!version_before(a, b) || !version_before(b, c) || version_before(a, c))
            << a << " " << b << " " << c;
    }
  }
}

}  // namespace
}  // namespace modelgate
