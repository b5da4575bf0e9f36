#include "gates/performance/fixed_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gates/performance/wording.h"

namespace modelgate {

std::optional<double> fixed_value(const SampleSeries& series) {
  // Times and rates, in whatever unit, are written in few digits and may be alike by chance.
  if (series.unit != "bytes" && series.unit != "count" && series.unit != "allocs") return std::nullopt;
  std::optional<double> value;
  std::size_t processes = 0;
  for (const ProcessSamples& process : series.processes) {
    if (process.values.empty()) continue;
    ++processes;
    if (!value) value = process.values.front();
    if (std::any_of(process.values.begin(), process.values.end(),
                    [&](double one) { return !(one == *value); }))
      return std::nullopt;
  }
  return processes >= 2 ? value : std::nullopt;
}

Check compare_fixed(Check check, const SampleSeries& baseline, const SampleSeries& candidate, double margin) {
  const double before = *fixed_value(baseline), after = *fixed_value(candidate);
  const bool is_rate = candidate.better == Better::higher;
  const double change = after / before - 1;
  const bool is_worse = is_rate ? !(after >= before * (1 - margin)) : !(after <= before * (1 + margin));
  check.baseline = before;
  check.candidate = after;
  check.unit = candidate.unit;
  check.direction = is_rate ? Direction::higher_is_better : Direction::lower_is_better;
  check.effect = Effect{100 * change, 100 * change, 100 * change, 0.95, "percent"};
  check.margin = 100 * margin;
  check.p_regression = is_worse ? 0 : 1;
  check.p_non_inferiority = is_worse ? 1 : 0;
  check.method = "exact: the same in every process";
  check.n["processes"] =
      static_cast<std::int64_t>(std::min(baseline.processes.size(), candidate.processes.size()));
  check.status = is_worse ? Status::fail : Status::pass;
  check.improved = !is_worse && (is_rate ? after > before : after < before);
  check.reason = is_worse         ? "regression_proven"
                 : check.improved ? "improvement_proven"
                                  : "non_inferiority_proven";
  const std::string is =
      change == 0
          ? "unchanged"
          : fmt::format("{:.1f} % {}, {} instead of {}", 100 * std::abs(change), change < 0 ? "less" : "more",
                        amount_text(after, candidate.unit), amount_text(before, baseline.unit));
  check.sentence = fmt::format("{} is {} in every process, {} the margin of {:.3g} %", check.name, is,
                               is_worse ? "more than" : "within", *check.margin);
  return check;
}

}  // namespace modelgate
