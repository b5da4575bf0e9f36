#include "gates/quality/slices/slice_ranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "gates/statistics/distributions.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

/// How much a comparison loses: positive is worse.
struct Loss {
  double proven = 0;  ///< At least, by the bound; 0 if the interval reaches the side of a gain.
  double estimate = 0;
};

std::optional<Loss> loss_of(const Check& check) {
  if (!check.effect) return std::nullopt;
  const Effect& effect = *check.effect;
  const bool lower_is_better = check.direction == Direction::lower_is_better;
  const std::optional<double> bound = lower_is_better ? effect.lower : effect.upper;
  const double sign = lower_is_better ? 1 : -1;
  return Loss{bound ? std::max(0.0, sign * *bound) : 0, sign * effect.estimate};
}

}  // namespace

void rank_by_loss(std::vector<Check>& checks) {
  std::stable_sort(checks.begin(), checks.end(), [](const Check& a, const Check& b) {
    const auto of_a = loss_of(a), of_b = loss_of(b);
    if (!of_a || !of_b) return of_a.has_value() && !of_b;
    if (of_a->proven != of_b->proven) return of_a->proven > of_b->proven;
    return of_a->estimate > of_b->estimate;
  });
}

std::string worst_slices(const std::vector<Check>& ranked, const std::string& fields, double alpha_fail) {
  constexpr std::size_t most_told = 3;
  std::int64_t compared = 0, losing = 0;
  double least_p = 1;
  std::vector<std::string> worst;
  for (const Check& check : ranked) {
    const auto loss = loss_of(check);
    if (!loss) continue;
    ++compared;
    least_p = std::min(least_p, check.p_regression.value_or(1));
    if (!(loss->proven > 0)) continue;
    if (++losing > static_cast<std::int64_t>(most_told)) continue;
    std::string name;
    for (const auto& [field, value] : check.slice) name += (name.empty() ? "" : "/") + value;
    worst.push_back(fmt::format("{} by {:.3g}{} at least", name, loss->proven,
                                check.effect->unit == "percent" ? " %"
                                : check.effect->unit.empty()    ? ""
                                                                : " " + check.effect->unit));
  }
  if (losing == 0 || compared < 2) return "";
  const double chance = 1 - ranked.front().effect->confidence;
  const bool is_chance = !(binomial_at_least(losing, compared, chance) <= alpha_fail) &&
                         !(least_p * static_cast<double>(compared) <= alpha_fail);
  if (is_chance) return "";
  return fmt::format("{} by {}: {} of {} slices {} worse than the baseline by the whole interval: {}{}",
                     ranked.front().name, fields, losing, compared, losing == 1 ? "is" : "are",
                     listing(worst), losing > static_cast<std::int64_t>(most_told) ? ", …" : "");
}

}  // namespace modelgate
