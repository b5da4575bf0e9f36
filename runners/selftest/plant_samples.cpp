#include "runners/selftest/plant_samples.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "runners/selftest/noise.h"
#include "runners/selftest/scaled_samples.h"

namespace modelgate {
namespace {

std::string percent_text(double ratio) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3g %% %s", 100 * std::abs(ratio - 1), ratio > 1 ? "more" : "less");
  return text;
}

using Factor = std::function<double(const SampleSeries&)>;

class SamplePlanter : public std::enable_shared_from_this<SamplePlanter> {
 public:
  SamplePlanter(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole)
      : specimen_(specimen), laboratory_(laboratory), matrix_(matrix), whole_(whole) {}

  /// First nothing is planted: the verdict says what the checks are.
  void start() {
    add(
        "none", [](const SampleSeries&) { return 1.0; },
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
          write_planted(specimen_.baseline, results, specimen_.gate);
          write_planted(candidate(), results, specimen_.gate);
        },
        std::move(then)));
  }

  void plant_all(const Obtained& obtained) {
    if (!obtained.verdict) {
      matrix_.add({specimen_.gate.name, "", {}, Level::none, "nothing", Expected::not_fail}, obtained);
      return;
    }
    const Verdict& unharmed = *obtained.verdict;
    whole_.unharmed[specimen_.gate.name] = unharmed;
    matrix_.count_in_family(unharmed);
    bool limits = false;
    for (const Check& check : unharmed.checks) {
      limits = limits || check.limit;
      // A limit is not kept by itself: the candidate of the last run may be beyond it.
      if (!check.limit || check.status == Status::error)
        matrix_.add({check.gate, check.name, check.slice, Level::none, "nothing", Expected::not_fail},
                    obtained);
    }
    for (const Level level : {Level::half, Level::twice, Level::gross}) plant_effect(unharmed, level);
    plant_losses(unharmed);
    if (limits)
      for (const Level level : {Level::half, Level::twice}) plant_limit(unharmed, level);
  }

  void plant_effect(const Verdict& unharmed, Level level) {
    std::map<std::string, double> ratios;
    for (const Check& check : unharmed.checks)
      if (check.effect && check.margin) ratios[check.name] = planted_ratio(level, check);
    const auto factor = [ratios](const SampleSeries& series) {
      const auto found = ratios.find(check_name(series));
      return found == ratios.end() ? 1.0 : found->second;
    };
    add(name_of(level), factor, [self = shared_from_this(), unharmed, level](const Obtained& obtained) {
      if (level == Level::gross && obtained.verdict)
        self->whole_.harmed[self->specimen_.gate.name] = *obtained.verdict;
      for (const Check& check : unharmed.checks)
        if (check.effect && check.margin)
          self->matrix_.add(
              {check.gate, check.name, check.slice, level, percent_text(planted_ratio(level, check)),
               level == Level::half ? Expected::not_fail : Expected::fail},
              obtained);
    });
  }

  void plant_limit(const Verdict& unharmed, Level level) {
    const double share = level == Level::half ? 0.5 : 2;
    std::map<std::string, double> factors;
    for (const Check& check : unharmed.checks)
      if (check.limit && check.candidate) factors[check.name] = share * check.limit->value / *check.candidate;
    const auto factor = [factors](const SampleSeries& series) {
      const auto found = factors.find(check_name(series) + " max");
      return found == factors.end() ? 1.0 : found->second;
    };
    add("limit-" + name_of(level), factor,
        [self = shared_from_this(), unharmed, level](const Obtained& obtained) {
          for (const Check& check : unharmed.checks)
            if (check.limit && check.candidate)
              self->matrix_.add({check.gate, check.name, check.slice, level,
                                 level == Level::half ? "half the limit" : "twice the limit",
                                 level == Level::half ? Expected::not_fail : Expected::fail},
                                obtained);
        });
  }

  /// Something happens to every second of the series that are judged, and then to the others, so that some
  /// are there as they should be.
  void plant_losses(const Verdict& unharmed) {
    const auto lose_values = [](SampleSeries& series) {
      for (ProcessSamples& process : series.processes) process.values.clear();
      return true;
    };
    const auto lose_process = [](SampleSeries& series) {
      series.processes.pop_back();
      return true;
    };
    const auto lose_series = [](SampleSeries&) { return false; };
    std::set<std::string> with_effect;
    for (const Check& check : unharmed.checks)
      if (check.effect) with_effect.insert(check.name);
    std::vector<std::string> paired, compared;
    for (const Series& series : specimen_.candidate.series) {
      const auto& samples = std::get<SampleSeries>(series);
      const std::string name = check_name(samples);
      if (!with_effect.contains(name)) continue;
      compared.push_back(name);
      if (samples.interleaved && !samples.processes.empty()) paired.push_back(name);
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
          return lost.contains(check_name(samples)) && !lose(samples);
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
};

}  // namespace

void plant_samples(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole) {
  std::make_shared<SamplePlanter>(specimen, laboratory, matrix, whole)->start();
  note_noise(specimen, laboratory, matrix);
}

}  // namespace modelgate
