#include "gates/statistics/clustered_error.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace modelgate {
namespace {

TEST(ClusteredMeanTest, gives_the_published_standard_error) {
  std::vector<double> values(20);
  std::iota(values.begin(), values.end(), 0.0);
  std::vector<std::int64_t> cluster;
  for (int i = 0; i < 20; ++i) cluster.push_back(i % 4);
  const StudentEstimate estimate = clustered_mean(values, cluster);
  EXPECT_DOUBLE_EQ(estimate.estimate, 9.5);
  EXPECT_NEAR(estimate.standard_error, 0.6454972, 5e-8);
  EXPECT_EQ(estimate.degrees_of_freedom, 3);
}

TEST(ClusteredMeanTest, is_the_ordinary_error_when_each_value_is_its_own_cluster) {
  const std::vector<double> values{0.3, -1.2, 0.8, 0.1};
  const std::vector<std::int64_t> cluster{10, -7, 3, 4};
  EXPECT_NEAR(clustered_mean(values, cluster).standard_error, mean_estimate(values).standard_error, 1e-15);
}

TEST(ClusteredMeanTest, is_not_fooled_by_copies_of_the_same_rows) {
  const std::vector<double> once{0, 1, 1, 0, 1}, thrice{0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1};
  const std::vector<std::int64_t> cluster{1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5};
  EXPECT_NEAR(clustered_mean(thrice, cluster).standard_error, mean_estimate(once).standard_error, 1e-15);
}

TEST(ClusteredMeanTest, refuses_one_cluster_missing_clusters_and_nan) {
  const std::vector<double> values{1, 2, 3}, nan{1, std::numeric_limits<double>::quiet_NaN(), 2};
  EXPECT_THROW(clustered_mean(values, std::vector<std::int64_t>{1, 1, 1}), std::invalid_argument);
  EXPECT_THROW(clustered_mean(values, std::vector<std::int64_t>{1, 2}), std::invalid_argument);
  EXPECT_THROW(clustered_mean(nan, std::vector<std::int64_t>{1, 2, 3}), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
