#pragma once

#include <cstdint>
#include <optional>

namespace modelgate {

/// What is asked about a mean. See power_search.h for what the functions answer.
struct MeanDesign {
  double margin = 0;
  double spread = 0;  ///< Standard deviation of one value. 0: any effect off the margin is proven.
  double tail = 0.05;
};

/// Means of many values, by the normal distribution: of whatever has a standard error of spread/√n.
double normal_power(std::int64_t n, double effect, const MeanDesign& design);
std::optional<std::int64_t> normal_needed(double effect, const MeanDesign& design, double power);
double normal_detectable(std::int64_t n, const MeanDesign& design, double power);

/// Student's t of n differences of pairs (mean_estimate). At least two.
double paired_t_power(std::int64_t pairs, double effect, const MeanDesign& design);
std::optional<std::int64_t> paired_t_needed(double effect, const MeanDesign& design, double power);
double paired_t_detectable(std::int64_t pairs, const MeanDesign& design, double power);

/// Two independent samples of one size (welch).
struct WelchDesign {
  double margin = 0;
  double first_spread = 0, second_spread = 0;
  double tail = 0.05;
};
double welch_power(std::int64_t each, double effect, const WelchDesign& design);
std::optional<std::int64_t> welch_needed(double effect, const WelchDesign& design, double power);
double welch_detectable(std::int64_t each, const WelchDesign& design, double power);

/// Values in clusters of one size (clustered_mean): the unit is the cluster.
struct ClusterDesign {
  double margin = 0;
  double spread = 0;        ///< Standard deviation of one value.
  double cluster_size = 1;  ///< At least 1; the average where sizes differ.
  double correlation = 0;   ///< Of two values of one cluster, in [0, 1].
  double tail = 0.05;

  /// By how much the variance of the mean exceeds that of independent values: 1 + (m − 1)ρ.
  double design_effect() const { return 1 + (cluster_size - 1) * correlation; }
};
double clustered_power(std::int64_t clusters, double effect, const ClusterDesign& design);
std::optional<std::int64_t> clustered_needed(double effect, const ClusterDesign& design, double power);
double clustered_detectable(std::int64_t clusters, const ClusterDesign& design, double power);

}  // namespace modelgate
