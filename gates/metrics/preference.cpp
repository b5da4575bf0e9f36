// Pairwise preference.
//
// Judges favour a place, often the first (Zheng et al. 2023, "Judging LLM-as-a-judge", arXiv:2306.05685).
// Each pair is therefore judged in both orders, and the mean s of the two is the prompt's value: a judge that
// goes by place alone gives ½. The win rate is the mean of s, and its error Student's t of s − ½ over
// prompts; in clusters residuals are summed before they are squared (clustered_error.h).
//
// A flip is a preference that follows the place. It carries no information, and many of them say that the
// judge cannot tell the answers apart, or does not read them.
//
// Four times s is a whole number, so that all sums are exact. Assumption: prompts (clusters) are independent.
// Limits: about 200 prompts are needed; what the judge prefers for other reasons, as length, stays.

#include "gates/metrics/preference.h"

#include <cmath>
#include <map>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

/// −1, 0, 1 for a loss, a tie, a win.
int outcome(double earned) {
  require(earned == 0 || earned == 0.5 || earned == 1, "a judgement is none of 0, 0.5 and 1");
  return static_cast<int>(2 * earned) - 1;
}

}  // namespace

PreferenceEstimate preference(std::span<const double> shown_first, std::span<const double> shown_second,
                              std::span<const std::int64_t> cluster) {
  require(shown_first.size() == shown_second.size(), "there are not two judgements for each prompt");
  require(cluster.empty() || cluster.size() == shown_first.size(),
          "there is not one cluster for each prompt");
  require(shown_first.size() >= 2, "at least two prompts are needed");

  PreferenceEstimate result;
  // By cluster: its prompts, and the sum of 4s − 2.
  struct Unit {
    std::int64_t prompts = 0, balance = 0;
  };
  std::map<std::int64_t, Unit> clusters;
  std::int64_t balance = 0, squares = 0;
  for (std::size_t i = 0; i < shown_first.size(); ++i) {
    const int first = outcome(shown_first[i]), second = outcome(shown_second[i]), both = first + second;
    ++result.prompts;
    result.flips += first * second < 0;
    result.agreed_wins += both == 2;
    result.agreed_losses += both == -2;
    balance += both;
    squares += both * both;
    if (cluster.empty()) continue;
    Unit& unit = clusters[cluster[i]];
    ++unit.prompts;
    unit.balance += both;
  }
  const auto n = static_cast<double>(result.prompts);
  const double mean = static_cast<double>(balance) / n;
  double around = static_cast<double>(result.prompts * squares - balance * balance) / n, units = n;
  if (!cluster.empty()) {
    require(clusters.size() >= 2, "at least two clusters are needed");
    units = static_cast<double>(clusters.size());
    around = 0;
    for (const auto& [number, unit] : clusters) {
      const double residual = static_cast<double>(unit.balance) - mean * static_cast<double>(unit.prompts);
      around += residual * residual;
    }
  }
  result.advantage = {mean / 4, std::sqrt(units / (units - 1) * around) / n / 4, units - 1};
  return result;
}

}  // namespace modelgate
