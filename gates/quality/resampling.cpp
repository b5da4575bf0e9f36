#include "gates/quality/resampling.h"

#include <fmt/format.h>

#include "gates/statistics/clustered_error.h"

namespace modelgate {
namespace {

Bootstrap drawn(const Tally& tally, const TallyStatistic& statistic, const BootstrapSettings& settings) {
  return bootstrap(
      tally.multiplicity, [&](std::span<const std::int64_t> counts) { return statistic(tally, counts); },
      settings);
}

StudentEstimate mean(const Tally& tally, const std::function<double(const Tally::Entry&)>& value) {
  std::vector<double> values;
  std::vector<std::int64_t> clusters;
  for (std::size_t u = 0; u < tally.multiplicity.size(); ++u)
    for (std::size_t e = tally.first[u]; e < tally.first[u + 1]; ++e) {
      const Tally::Entry& entry = tally.entries[e];
      values.insert(values.end(), static_cast<std::size_t>(entry.count), value(entry));
      clusters.insert(clusters.end(), static_cast<std::size_t>(entry.count), static_cast<std::int64_t>(u));
    }
  return clustered_mean(values, clusters);
}

}  // namespace

Bootstrap resampled(const Tally& tally, const TallyStatistic& statistic, const BootstrapSettings& settings) {
  Bootstrap result = drawn(tally, statistic, settings);
  const bool alike = !result.replicates.empty() && result.replicates.front() == result.replicates.back();
  return alike ? drawn(with_one_against(tally), statistic, settings) : result;
}

std::string name_of_bootstrap(bool clustered, const BootstrapSettings& settings) {
  return fmt::format("BCa bootstrap of {}, {} resamples, seed {}", clustered ? "clusters" : "rows",
                     settings.resamples, settings.seed);
}

StudentEstimate mean_of_clusters(const Tally& tally,
                                 const std::function<double(const Tally::Entry&)>& value) {
  const StudentEstimate result = mean(tally, value);
  return result.degenerate() ? mean(with_one_against(tally), value) : result;
}

}  // namespace modelgate
