#include "gates/quality/rules/resampling.h"

#include <fmt/format.h>

#include "gates/statistics/clustered_error.h"

namespace modelgate {

Bootstrap resampled(const Tally& tally, const TallyStatistic& statistic, const BootstrapSettings& settings) {
  return bootstrap(tally.multiplicity, statistic, settings);
}

std::string name_of_bootstrap(bool clustered, const BootstrapSettings& settings) {
  return fmt::format("BCa bootstrap of {}, {} resamples, seed {}", clustered ? "clusters" : "rows",
                     settings.resamples, settings.seed);
}

StudentEstimate mean_of_clusters(const Tally& tally,
                                 const std::function<double(const Tally::Entry&)>& value) {
  std::vector<double> values;
  std::vector<std::int64_t> clusters;
  for (std::size_t u = 0; u < tally.multiplicity.size(); ++u)
    for (std::size_t e = tally.first[u]; e < tally.first[u + 1]; ++e) {
      values.insert(values.end(), static_cast<std::size_t>(tally.entries[e].count), value(tally.entries[e]));
      clusters.insert(clusters.end(), static_cast<std::size_t>(tally.entries[e].count),
                      static_cast<std::int64_t>(u));
    }
  return clustered_mean(values, clusters);
}

}  // namespace modelgate
