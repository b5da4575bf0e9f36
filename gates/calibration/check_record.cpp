#include "gates/calibration/check_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "gates/calibration/noise.h"
#include "gates/performance/comparison.h"
#include "gates/performance/quantile.h"
#include "gates/statistics/power_of_paired_proportions.h"
#include "gates/statistics/proportion_interval.h"

namespace modelgate {
namespace {

constexpr double wanted_power = 0.9;  ///< To pass where there is no difference.
constexpr double least_power = 0.5;   ///< Below it a check is mostly inconclusive.

/// The series of the check as each run measured it, and the looks that were declared.
struct Twins {
  std::vector<TwinSeries> runs;
  std::vector<std::int64_t> looks;
  Better better = Better::lower;
  std::deque<SampleSeries> quantiles;  ///< That are not measured, but derived.

  /// The series that the check judges; null if there is none.
  const SampleSeries* find(const Measurements& measured, const std::string& check) {
    const std::size_t blank = check.rfind(' ');
    const std::string quantity = blank == std::string::npos ? "" : check.substr(blank + 1);
    for (const Series& series : measured.series) {
      const auto* samples = std::get_if<SampleSeries>(&series);
      if (samples == nullptr) continue;
      if (samples->name + " " + samples->quantity == check) return samples;
      if (const auto quantile = quantile_named(quantity);
          quantile && has_single_values(*samples) && samples->name + " " + quantity == check)
        return &quantiles.emplace_back(quantile_series(*samples, quantity, *quantile));
    }
    return nullptr;
  }
};

Twins twins_of(const std::vector<OneRun>& runs, const std::string& run_name, const std::string& check) {
  Twins twins;
  for (const OneRun& run : runs) {
    const auto measured = run.measured.find(run_name);
    if (measured == run.measured.end()) continue;
    const auto& [baseline, candidate] = measured->second;
    const TwinSeries series{twins.find(baseline, check), twins.find(candidate, check)};
    if (series.baseline == nullptr || series.candidate == nullptr || !series.candidate->interleaved) continue;
    twins.runs.push_back(series);
    twins.better = series.candidate->better;
    twins.looks = candidate.looks;
    if (twins.looks.empty()) twins.looks = {static_cast<std::int64_t>(series.candidate->processes.size())};
  }
  return twins;
}

/// A log-ratio as a worsening in percent; absent if it is infinite or beyond what people read.
std::optional<double> percent_of(double log_ratio, Better better) {
  const double percent =
      better == Better::higher ? -100 * std::expm1(-log_ratio) : 100 * std::expm1(log_ratio);
  if (!(percent < 10'000)) return std::nullopt;
  return percent;
}

double rounded_up(double value) { return std::ceil(10 * value) / 10; }

std::string advice_for(const CalibratedCheck& check) {
  if (!check.too_noisy && check.suggested_pairs.value_or(0) <= check.pairs.value_or(0) &&
      check.suggested_pairs)
    return "";
  const std::string margin = fmt::format("a margin of {:.3g} %", check.margin.value_or(0));
  std::string advice = (check.too_noisy ? "too noisy for " : "now and then too noisy for ") + margin + ": ";
  if (check.suggested_pairs) advice += fmt::format("allow {} pairs", *check.suggested_pairs);
  if (check.suggested_margin)
    advice += fmt::format("{}a margin of {:.1f} %", check.suggested_pairs ? ", or " : "allow ",
                          *check.suggested_margin);
  if (!check.suggested_pairs && !check.suggested_margin) advice += "this machine cannot judge it";
  return advice;
}

}  // namespace

std::map<CheckKey, CheckRecord> records_of(const std::vector<OneRun>& runs) {
  std::map<CheckKey, CheckRecord> records;
  for (const OneRun& run : runs)
    for (const Check& check : run.verdict.checks) {
      if (check.status == Status::not_compared) continue;
      CheckRecord& record = records[{check.gate, check.name, check.slice}];
      record.last = check;
      if (check.status == Status::fail) ++record.blocks;
      if (check.status == Status::pass) ++record.passes;
      if (check.status == Status::inconclusive || check.status == Status::error) ++record.inconclusive;
    }
  return records;
}

ObservedRate rate_of(std::int64_t count, std::int64_t of) {
  const Interval bounds = clopper_pearson(count, of, 0.05);
  return {count, of, bounds.lower, bounds.upper};
}

void add_rows(CalibratedCheck& calibrated, const CheckRecord& record, double alpha_fail) {
  const auto rows = record.last.n.find("rows"), discordant = record.last.n.find("discordant");
  if (!record.last.margin || !record.last.method.starts_with("Tango") || rows == record.last.n.end() ||
      discordant == record.last.n.end() || *record.last.margin >= 50)
    return;
  // A model that answers alike every time differs from itself in no row; a candidate will.
  const double margin = *record.last.margin / 100;
  // Of a class only its rows count.
  const auto of_class = record.last.n.find("positives");
  const std::int64_t count = of_class == record.last.n.end() ? rows->second : of_class->second;
  if (count < 1) return;
  const double observed = static_cast<double>(discordant->second) / static_cast<double>(count);
  const PairedDesign design{margin, std::max(observed, 2 * margin), alpha_fail};
  const auto found = [&](double power) -> std::optional<double> {
    const double drop = tango_detectable(count, design, power);
    return std::isfinite(drop) ? std::optional<double>(100 * drop) : std::nullopt;
  };
  calibrated.detectable_80 = found(0.8);
  calibrated.detectable_95 = found(0.95);
  if (calibrated.detectable_80)
    calibrated.basis =
        fmt::format("supposing that {:.1f} % of {} rows are answered rightly by one model alone",
                    100 * design.discordant, count);
}

void add_noise(CalibratedCheck& calibrated, const CheckRecord& record, const std::vector<OneRun>& runs,
               const std::string& run_name, double alpha_pass, double alpha_fail) {
  if (!record.last.margin || record.last.limit) return;
  const Twins twins = twins_of(runs, run_name, calibrated.name);
  if (twins.runs.empty()) return;
  calibrated.noise = noise_of(twins.runs);
  calibrated.pairs = twins.looks.back();
  if (!calibrated.noise) return;
  std::vector<double> differences;
  for (const TwinSeries& run : twins.runs)
    for (const double difference : pair_differences(*run.baseline, *run.candidate))
      differences.push_back(difference);
  const LikePairs pairs(std::move(differences));
  const PairsPlan plan{log_margin(*record.last.margin / 100, twins.better), alpha_pass, alpha_fail,
                       twins.looks};
  calibrated.detectable_80 = percent_of(pairs.detectable(plan, 0.8), twins.better);
  calibrated.detectable_95 = percent_of(pairs.detectable(plan, 0.95), twins.better);
  if (const auto margin = percent_of(pairs.passable_margin(plan, wanted_power), twins.better))
    calibrated.suggested_margin = rounded_up(*margin);
  calibrated.basis = "200 draws of pairs like those measured";
  calibrated.suggested_pairs = pairs.pairs_to_pass(plan, wanted_power);
  calibrated.too_noisy = !(pairs.power_to_pass(plan) >= least_power);
  calibrated.advice = advice_for(calibrated);
}

}  // namespace modelgate
