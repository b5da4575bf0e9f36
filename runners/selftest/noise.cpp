#include "runners/selftest/noise.h"

#include <functional>
#include <map>

#include "runners/selftest/scaled_samples.h"

namespace modelgate {
namespace {

/// The real baseline's document, completed by the candidate's where it has no such series.
Measurements completed_baseline(const Specimen& specimen) {
  Measurements baseline = *specimen.measured_baseline;
  std::map<std::string, SampleSeries> measured;
  for (const Series& series : baseline.series) {
    const auto& samples = std::get<SampleSeries>(series);
    measured.emplace(check_name(samples), samples);
  }
  baseline.series.clear();
  for (const Series& series : specimen.candidate.series) {
    const auto& samples = std::get<SampleSeries>(series);
    const auto found = measured.find(check_name(samples));
    const bool is_alike = found != measured.end() && found->second.unit == samples.unit &&
                          found->second.better == samples.better;
    baseline.series.push_back(is_alike ? found->second : samples);
  }
  return baseline;
}

Trial noisy_trial(const Specimen& specimen, const std::string& name,
                  const std::function<double(const SampleSeries&)>& factor,
                  std::function<void(const Obtained&)> then) {
  return gate_trial(
      specimen, specimen.gate, name,
      [&specimen, factor](const ResultsFolder& results) {
        write_planted(completed_baseline(specimen), results, specimen.gate);
        write_planted(scaled(specimen.candidate, factor), results, specimen.gate);
      },
      std::move(then));
}

void note_what_noise_hides(const Verdict& verdict, Matrix& matrix) {
  for (const Check& check : verdict.checks)
    if (check.effect && check.margin && check.status == Status::inconclusive)
      matrix.note(check.gate + "/" + check.name +
                  ": in the noise of the last run a regression of twice the margin cannot be told" +
                  (check.needs.empty() ? "" : "; needs " + check.needs));
}

}  // namespace

void note_noise(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix) {
  if (!specimen.measured_baseline) return;
  const auto plant_twice = [&specimen, &laboratory, &matrix](const Obtained& measured) {
    if (!measured.verdict) return;
    std::map<std::string, double> ratios;
    for (const Check& check : measured.verdict->checks)
      if (check.effect && check.margin)
        ratios[check.name] = planted_ratio(Level::twice, check) / (1 + check.effect->estimate / 100);
    const auto factor = [ratios](const SampleSeries& series) {
      const auto found = ratios.find(check_name(series));
      return found == ratios.end() ? 1.0 : found->second;
    };
    laboratory.add(noisy_trial(specimen, "twice-in-noise", factor, [&matrix](const Obtained& obtained) {
      if (obtained.verdict) note_what_noise_hides(*obtained.verdict, matrix);
    }));
  };
  laboratory.add(noisy_trial(
      specimen, "as-measured", [](const SampleSeries&) { return 1.0; }, plant_twice));
}

}  // namespace modelgate
