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

  /// Checks by the series that they judge.
  using Trial = std::map<std::string, Check>;

  /// As few trials as can harm each check by itself: a series, and a quantile of it, cannot be harmed side by
  /// side.
  std::vector<Trial> trials_of(const Verdict& unharmed,
                               const std::function<bool(const Check&)>& wanted) const {
    std::vector<Trial> trials;
    for (const Check& check : unharmed.checks) {
      if (!wanted(check)) continue;
      const std::string series = series_of_check(check);
      std::size_t trial = 0;
      while (trial < trials.size() && trials[trial].contains(series)) ++trial;
      if (trial == trials.size()) trials.emplace_back();
      trials[trial].emplace(series, check);
    }
    return trials;
  }

  void plant_effect(const Verdict& unharmed, Level level) {
    const auto trials = trials_of(unharmed, [](const Check& check) { return check.effect && check.margin; });
    for (std::size_t i = 0; i < trials.size(); ++i) plant_trial(trials[i], level, i);
  }

  /// The name of the measured series of which the check judges values or quantiles.
  std::string series_of_check(const Check& judged) const {
    // "NAME QUANTITY max", "NAME QUANTITY creep"
    const bool has_suffix = judged.limit || judged.name.ends_with(" creep");
    const std::string check = has_suffix ? judged.name.substr(0, judged.name.rfind(' ')) : judged.name;
    for (const Series& one : specimen_.candidate.series)
      if (check_name(std::get<SampleSeries>(one)) == check) return check;
    for (const Series& one : specimen_.candidate.series) {
      const auto& samples = std::get<SampleSeries>(one);
      if (samples.quantity == "latency" && check.substr(0, check.rfind(' ')) == samples.name)
        return check_name(samples);
    }
    return check;
  }

  void plant_trial(const Trial& checks, Level level, std::size_t trial) {
    const auto factor = [checks, level](const SampleSeries& series) {
      const auto found = checks.find(check_name(series));
      return found == checks.end() ? 1.0 : planted_ratio(level, found->second);
    };
    const std::string name = name_of(level) + (trial == 0 ? "" : "-" + std::to_string(trial + 1));
    add(name, factor, [self = shared_from_this(), checks, level, trial](const Obtained& obtained) {
      if (level == Level::gross && trial == 0 && obtained.verdict)
        self->whole_.harmed[self->specimen_.gate.name] = *obtained.verdict;
      for (const auto& [series, check] : checks)
        self->matrix_.add(
            {check.gate, check.name, check.slice, level, percent_text(planted_ratio(level, check)),
             level == Level::half ? Expected::not_fail : Expected::fail},
            obtained);
    });
  }

  void plant_limit(const Verdict& unharmed, Level level) {
    const auto trials =
        trials_of(unharmed, [](const Check& check) { return check.limit && check.candidate; });
    for (std::size_t i = 0; i < trials.size(); ++i) {
      const auto share = [level](const Check& check) {
        return (level == Level::half) == (check.limit->kind == Limit::Kind::maximum) ? 0.5 : 2;
      };
      const auto factor = [checks = trials[i], share](const SampleSeries& series) {
        const auto found = checks.find(check_name(series));
        if (found == checks.end()) return 1.0;
        return share(found->second) * found->second.limit->value / *found->second.candidate;
      };
      add("limit-" + name_of(level) + (i == 0 ? "" : "-" + std::to_string(i + 1)), factor,
          [self = shared_from_this(), checks = trials[i], share, level](const Obtained& obtained) {
            for (const auto& [series, check] : checks)
              self->matrix_.add({check.gate, check.name, check.slice, level,
                                 share(check) == 0.5 ? "half the limit" : "twice the limit",
                                 level == Level::half ? Expected::not_fail : Expected::fail},
                                obtained);
          });
    }
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
    std::map<std::string, std::vector<std::string>> paired, compared;  // checks by the series they judge
    for (const Check& check : unharmed.checks) {
      if (!check.effect) continue;
      const std::string judged = series_of_check(check);
      for (const Series& series : specimen_.candidate.series) {
        const auto& samples = std::get<SampleSeries>(series);
        if (check_name(samples) != judged) continue;
        compared[judged].push_back(check.name);
        if (samples.interleaved && !samples.processes.empty()) paired[judged].push_back(check.name);
      }
    }
    plant_loss("missing benchmark", compared, lose_series);
    plant_loss("no values", compared, lose_values);
    plant_loss("a process of a pair missing", paired, lose_process);
  }

  /// `lose` says whether the series is still there.
  void plant_loss(const std::string& words, const std::map<std::string, std::vector<std::string>>& checks,
                  const std::function<bool(SampleSeries&)>& lose) {
    for (std::size_t first = 0; first < std::min<std::size_t>(2, checks.size()); ++first) {
      std::set<std::string> lost, of_lost;
      std::size_t place = 0;
      for (const auto& [series, names] : checks)
        if (place++ % 2 == first) {
          lost.insert(series);
          of_lost.insert(names.begin(), names.end());
        }
      const auto candidate = [this, lost, lose] {
        Measurements measurements = specimen_.candidate;
        std::erase_if(measurements.series, [&](Series& series) {
          auto& samples = std::get<SampleSeries>(series);
          return lost.contains(check_name(samples)) && !lose(samples);
        });
        return measurements;
      };
      add_document(words, candidate, [self = shared_from_this(), words, of_lost](const Obtained& obtained) {
        for (const std::string& name : of_lost)
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
