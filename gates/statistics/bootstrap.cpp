// The bootstrap of any statistic of independent units.
//
// Method: units (rows, or whole clusters of rows) are drawn with replacement B times, and bca.h reads bounds
// and p-values off the replicates. Both models answer the units drawn, so that what they share cancels: a
// paired bootstrap.
//
// Of kinds of equal units only the numbers matter: they are drawn one kind after the other by binomial
// distributions (table_draw.h), in a time that does not depend on how many rows there are.
//
// Every resample has its own random stream, numbered by the resample: threads share nothing, and the same
// seed gives the same bits on one thread or sixty.
//
// Assumption: units are independent, and the statistic is smooth enough in their weights (F1 and AUC are, a
// maximum is not). Limits: fewer than about 30 positives leave the percentiles coarse; it cannot see values
// that the data do not hold.

#include "gates/statistics/bootstrap.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "gates/statistics/input.h"
#include "gates/statistics/kept_draws.h"
#include "gates/statistics/parallel.h"
#include "gates/statistics/random.h"
#include "gates/statistics/table_draw.h"

namespace modelgate {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> replicates_of(std::span<const std::int64_t> multiplicity, const Statistic& statistic,
                                  const BootstrapSettings& settings) {
  std::vector<double> replicates(static_cast<std::size_t>(settings.resamples));
  const auto kept = settings.draws != nullptr ? settings.draws->of(multiplicity, settings) : nullptr;
  if (kept != nullptr) {
    in_parallel(settings.threads, replicates.size(), [&](std::size_t first, std::size_t last) {
      std::vector<std::int64_t> counts(multiplicity.size());
      for (std::size_t r = first; r < last; ++r) {
        std::copy_n(kept->begin() + static_cast<std::ptrdiff_t>(r * counts.size()), counts.size(),
                    counts.begin());
        replicates[r] = statistic(counts);
      }
    });
    return replicates;
  }
  const TableDraw table(multiplicity);
  in_parallel(settings.threads, replicates.size(), [&](std::size_t first, std::size_t last) {
    std::vector<std::int64_t> counts(multiplicity.size());
    for (std::size_t r = first; r < last; ++r) {
      table.draw(RandomStream(settings.seed, r), counts);
      replicates[r] = statistic(counts);
    }
  });
  return replicates;
}

double acceleration_of(std::span<const std::int64_t> multiplicity, const StatisticWithout& without,
                       int threads) {
  std::vector<double> values(multiplicity.size(), nan);
  in_parallel(threads, values.size(), [&](std::size_t first, std::size_t last) {
    for (std::size_t u = first; u < last; ++u)
      if (multiplicity[u] > 0) values[u] = without(u);
  });
  return jackknife_acceleration(values, std::vector<double>(multiplicity.begin(), multiplicity.end()));
}

}  // namespace

Bootstrap bootstrap(std::span<const std::int64_t> multiplicity, const Statistic& statistic,
                    const BootstrapSettings& settings) {
  const StatisticWithout without = [&](std::size_t u) {
    thread_local std::vector<std::int64_t> counts;
    counts.assign(multiplicity.begin(), multiplicity.end());
    --counts[u];
    return statistic(counts);
  };
  return bootstrap(multiplicity, statistic, without, settings);
}

Bootstrap bootstrap(std::span<const std::int64_t> multiplicity, const Statistic& statistic,
                    const StatisticWithout& without, const BootstrapSettings& settings) {
  std::int64_t units = 0;
  for (const std::int64_t m : multiplicity) {
    require(m >= 0 && m <= std::numeric_limits<std::uint32_t>::max() - units,
            "a multiplicity is out of range");
    units += m;
  }
  require(units >= 2, "at least two units are needed");
  require_settings(settings);

  Bootstrap result = bca(statistic(multiplicity), replicates_of(multiplicity, statistic, settings));
  if (!result.degenerate()) result.acceleration = acceleration_of(multiplicity, without, settings.threads);
  return result;
}

}  // namespace modelgate
