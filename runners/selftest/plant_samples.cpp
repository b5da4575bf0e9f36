#include "runners/selftest/plant_samples.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <memory>
#include <set>

namespace modelgate {
namespace {

std::string name_of(const SampleSeries& series) { return series.name + " " + series.quantity; }

std::string percent_text(double ratio) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3g %% %s", 100 * std::abs(ratio - 1), ratio > 1 ? "more" : "less");
  return text;
}

/// The baseline's documents of the last run, completed by the candidate's where it has no such series.
Measurements noisy_baseline(const Specimen& specimen) {
  if (!specimen.measured_baseline) return specimen.baseline;
  Measurements baseline = *specimen.measured_baseline;
  baseline.series.clear();
  for (const Series& series : specimen.candidate.series) {
    const auto& samples = std::get<SampleSeries>(series);
    const SampleSeries* found = nullptr;
    for (const Series& other : specimen.measured_baseline->series) {
      const auto& of_baseline = std::get<SampleSeries>(other);
      if (name_of(of_baseline) == name_of(samples) && of_baseline.unit == samples.unit &&
          of_baseline.better == samples.better)
        found = &of_baseline;
    }
    baseline.series.push_back(found != nullptr ? *found : samples);
  }
  return baseline;
}

using Factor = std::function<double(const SampleSeries&)>;

Measurements scaled(Measurements measurements, const Factor& factor) {
  for (Series& series : measurements.series) {
    auto& samples = std::get<SampleSeries>(series);
    const double by = factor(samples);
    for (ProcessSamples& process : samples.processes)
      for (double& value : process.values) value *= by;
  }
  return measurements;
}

class SamplePlanter : public std::enable_shared_from_this<SamplePlanter> {
 public:
  SamplePlanter(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole)
      : specimen_(specimen),
        laboratory_(laboratory),
        matrix_(matrix),
        whole_(whole),
        baseline_(noisy_baseline(specimen)) {}

  /// First as it was measured: the verdict says what the checks are, and by how much the sides differ.
  void start() {
    add(
        "as-measured", [](const SampleSeries&) { return 1.0; },
        [self = shared_from_this()](const Obtained& obtained) { self->plant_all(obtained); });
  }

 private:
  void add(const std::string& name, const Factor& factor, std::function<void(const Obtained&)> then) {
    add_document(
        name, [this, factor] { return scaled(specimen_.candidate, factor); }, std::move(then));
  }

  void add_document(const std::string& name, const std::function<Measurements()>& candidate,
                    std::function<void(const Obtained&)> then) {
    laboratory_.add(gate_trial(
        specimen_, specimen_.gate, name,
        [this, candidate](const ResultsFolder& results) {
          write_planted(baseline_, results, specimen_.gate);
          write_planted(candidate(), results, specimen_.gate);
        },
        std::move(then)));
  }

  void plant_all(const Obtained& measured) {
    if (!measured.verdict) {
      matrix_.add({specimen_.gate.name, "", {}, Level::none, "nothing", Expected::not_fail}, measured);
      return;
    }
    matrix_.count_in_family(*measured.verdict);
    bool limits = false;
    for (const Check& check : measured.verdict->checks) {
      limits = limits || check.limit;
      // What cannot be compared at all has no effect that could be planted.
      if (check.status == Status::error)
        matrix_.add({check.gate, check.name, check.slice, Level::none, "nothing", Expected::not_fail},
                    measured);
    }
    for (const Level level : {Level::none, Level::half, Level::twice, Level::gross})
      plant_effect(*measured.verdict, level);
    plant_losses(*measured.verdict);
    if (limits)
      for (const Level level : {Level::half, Level::twice}) plant_limit(*measured.verdict, level);
  }

  static bool is_rate(const Check& check) { return check.direction == Direction::higher_is_better; }

  void plant_effect(const Verdict& measured, Level level) {
    const auto factor = [measured, level](const SampleSeries& series) {
      const Check* check = find_check(measured, name_of(series), {});
      if (check == nullptr || !check->effect || !check->margin) return 1.0;
      const double unharmed = 1 / (1 + check->effect->estimate / 100);
      return unharmed * planted_ratio(level, *check->margin / 100, is_rate(*check));
    };
    add(name_of(level), factor, [self = shared_from_this(), measured, level](const Obtained& obtained) {
      if (level == Level::none && obtained.verdict)
        self->whole_.unharmed[self->specimen_.gate.name] = *obtained.verdict;
      if (level == Level::gross && obtained.verdict)
        self->whole_.harmed[self->specimen_.gate.name] = *obtained.verdict;
      for (const Check& check : measured.checks) {
        if (!check.effect || !check.margin) continue;
        const double ratio = planted_ratio(level, *check.margin / 100, is_rate(check));
        self->matrix_.add(
            {check.gate, check.name, check.slice, level,
             level == Level::none ? "nothing" : percent_text(ratio),
             level == Level::none || level == Level::half ? Expected::not_fail : Expected::fail},
            obtained);
      }
    });
  }

  void plant_limit(const Verdict& measured, Level level) {
    const double share = level == Level::half ? 0.5 : 2;
    const auto factor = [measured, share](const SampleSeries& series) {
      const Check* check = find_check(measured, name_of(series) + " max", {});
      return check != nullptr && check->limit && check->candidate
                 ? share * check->limit->value / *check->candidate
                 : 1.0;
    };
    add("limit-" + name_of(level), factor,
        [self = shared_from_this(), measured, level](const Obtained& obtained) {
          for (const Check& check : measured.checks)
            if (check.limit && check.candidate)
              self->matrix_.add({check.gate, check.name, check.slice, level,
                                 level == Level::half ? "half the limit" : "twice the limit",
                                 level == Level::half ? Expected::not_fail : Expected::fail},
                                obtained);
        });
  }

  /// Something happens to every second of the series that are judged, and then to the others, so that some
  /// are there as they should be.
  void plant_losses(const Verdict& measured) {
    const auto lose_values = [](SampleSeries& series) {
      for (ProcessSamples& process : series.processes) process.values.clear();
      return true;
    };
    const auto lose_process = [](SampleSeries& series) {
      series.processes.pop_back();
      return true;
    };
    const auto lose_series = [](SampleSeries&) { return false; };
    std::vector<std::string> paired, compared;
    for (const Series& series : specimen_.candidate.series) {
      const auto& samples = std::get<SampleSeries>(series);
      const Check* check = find_check(measured, name_of(samples), {});
      if (check == nullptr || !check->effect) continue;
      compared.push_back(check->name);
      if (samples.interleaved && !samples.processes.empty()) paired.push_back(check->name);
    }
    plant_loss("missing benchmark", compared, lose_series);
    plant_loss("no values", compared, lose_values);
    plant_loss("a process of a pair missing", paired, lose_process);
  }

  /// `lose` says whether the series is still there.
  void plant_loss(const std::string& words, const std::vector<std::string>& names,
                  const std::function<bool(SampleSeries&)>& lose) {
    for (std::size_t first = 0; first < std::min<std::size_t>(2, names.size()); ++first) {
      std::set<std::string> lost;
      for (std::size_t i = first; i < names.size(); i += 2) lost.insert(names[i]);
      const auto candidate = [this, lost, lose] {
        Measurements measurements = specimen_.candidate;
        std::erase_if(measurements.series, [&](Series& series) {
          auto& samples = std::get<SampleSeries>(series);
          return lost.contains(name_of(samples)) && !lose(samples);
        });
        return measurements;
      };
      add_document(words, candidate, [self = shared_from_this(), words, lost](const Obtained& obtained) {
        for (const std::string& name : lost)
          self->matrix_.add({self->specimen_.gate.name, name, {}, Level::other, words, Expected::not_pass},
                            obtained);
      });
    }
  }

  const Specimen& specimen_;
  Laboratory& laboratory_;
  Matrix& matrix_;
  WholeVerdicts& whole_;
  Measurements baseline_;
};

}  // namespace

double planted_ratio(Level level, double margin, bool rate) {
  constexpr double gross = 4;
  // A margin of nothing tolerates no worsening, and twice nothing would plant none.
  const double twice = margin > 0 ? 2 * margin : 0.02;
  switch (level) {
    case Level::half:
      return rate ? 1 - std::min(margin / 2, 0.99) : 1 + margin / 2;
    case Level::twice:
      return !rate ? 1 + twice : twice < 1 ? 1 - twice : std::pow(1 - std::min(margin, 0.99), 2);
    case Level::gross:
      return rate ? 1 / gross : gross;
    case Level::none:
    case Level::other:
      break;
  }
  return 1;
}

void plant_samples(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole) {
  if (!specimen.measured_baseline)
    matrix.note(specimen.gate.name +
                ": no baseline was measured, so both sides are the same values, without noise");
  std::make_shared<SamplePlanter>(specimen, laboratory, matrix, whole)->start();
}

}  // namespace modelgate
