#include "runners/selftest/plant_cases.h"

#include <algorithm>
#include <functional>

namespace modelgate {
namespace {

using Change = std::function<void(std::vector<Case>&)>;

Measurements changed(Measurements measurements, const Change& change) {
  for (Series& series : measurements.series) change(std::get<CaseSeries>(series).cases);
  return measurements;
}

Change become(CaseStatus status) {
  return [status](std::vector<Case>& cases) {
    for (Case& test : cases) {
      if (test.status != CaseStatus::passed) continue;
      Case planted;
      planted.name = test.name;
      planted.status = status;
      planted.seconds = test.seconds;
      planted.message = "planted by selftest";
      planted.file = test.file;
      planted.line = test.line;
      test = planted;
    }
  };
}

/// Only the first `count` tests that pass are left.
Measurements with_tests(Measurements measurements, std::int64_t count) {
  return changed(std::move(measurements), [&count](std::vector<Case>& cases) {
    std::erase_if(cases,
                  [&count](const Case& test) { return test.status != CaseStatus::passed || --count < 0; });
  });
}

struct CasePlanter {
  const Specimen& specimen;
  Laboratory& laboratory;
  Matrix& matrix;
  WholeVerdicts& whole;

  void add(const std::string& name, const Measurements& baseline, const Measurements& candidate,
           std::function<void(const Obtained&)> then) const {
    laboratory.add(gate_trial(
        specimen, specimen.gate, name,
        [gate = specimen.gate, baseline, candidate](const ResultsFolder& results) {
          write_planted(baseline, results, gate);
          write_planted(candidate, results, gate);
        },
        std::move(then)));
  }

  /// Each test's check must say so.
  void plant_in_tests(const Verdict& unharmed, const std::string& words, Expected expected,
                      const Change& change, bool is_worst = false) const {
    add(words, specimen.baseline, changed(specimen.candidate, change), [=, *this](const Obtained& obtained) {
      if (is_worst && obtained.verdict) whole.harmed[specimen.gate.name] = *obtained.verdict;
      for (const Check& check : unharmed.checks)
        if (check.status == Status::pass && !check.limit)
          matrix.add({check.gate, check.name, check.slice, Level::other, words, expected}, obtained);
    });
  }

  /// The check of their number, where both sides have exactly as many as are declared, and one fewer.
  void plant_number(const Check& number) const {
    const auto declared = static_cast<std::int64_t>(number.limit->value);
    for (const Level level : {Level::half, Level::twice}) {
      const std::int64_t count = level == Level::half ? declared : declared - 1;
      // One fewer than one is none, which is an error rather than a failure.
      const Expected expected = level == Level::half ? Expected::not_fail
                                : count > 0          ? Expected::fail
                                                     : Expected::not_pass;
      add("number-" + name_of(level), with_tests(specimen.baseline, count),
          with_tests(specimen.candidate, count), [=, *this](const Obtained& obtained) {
            matrix.add({number.gate, number.name, number.slice, level,
                        level == Level::half ? "as many tests as declared" : "one test fewer than declared",
                        expected},
                       obtained);
          });
    }
  }

  void plant_all(const Obtained& obtained) const {
    if (!obtained.verdict) {
      matrix.add({specimen.gate.name, "", {}, Level::none, "nothing", Expected::not_fail}, obtained);
      return;
    }
    const Verdict& unharmed = *obtained.verdict;
    whole.unharmed[specimen.gate.name] = unharmed;
    matrix.count_in_family(unharmed);
    std::size_t idle = 0;
    for (const Check& check : unharmed.checks) {
      if (check.status == Status::not_compared)
        ++idle;
      else
        matrix.add({check.gate, check.name, check.slice, Level::none, "nothing", Expected::not_fail},
                   obtained);
      if (check.limit) plant_number(check);
    }
    if (idle > 0)
      matrix.note(
          specimen.gate.name + ": " + std::to_string(idle) +
          (idle == 1 ? " test that does not pass guards nothing" : " tests that do not pass guard nothing"));
    plant_in_tests(unharmed, "failed", Expected::fail, become(CaseStatus::failed), true);
    plant_in_tests(unharmed, "crashed", Expected::fail, become(CaseStatus::crashed));
    plant_in_tests(unharmed, "timed out", Expected::fail, become(CaseStatus::timed_out));
    plant_in_tests(unharmed, "skipped", Expected::fail, become(CaseStatus::skipped));
    plant_in_tests(unharmed, "no outcome", Expected::not_pass, become(CaseStatus::not_run));
    plant_in_tests(unharmed, "missing test", Expected::fail, [](std::vector<Case>& cases) {
      std::erase_if(cases, [](const Case& test) { return test.status == CaseStatus::passed; });
    });
  }
};

}  // namespace

void plant_cases(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole) {
  const CasePlanter planter{specimen, laboratory, matrix, whole};
  planter.add("none", specimen.baseline, specimen.candidate,
              [planter](const Obtained& obtained) { planter.plant_all(obtained); });
}

}  // namespace modelgate
