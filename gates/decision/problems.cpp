#include "gates/decision/problems.h"

#include <map>

namespace modelgate {

std::vector<Check> problem_checks(const Measurements& measurements, const std::string& gate) {
  const std::string measuring = "measuring the " + name_of(measurements.subject.role) + ": ";
  std::vector<Check> checks;
  std::map<std::string, int> seen;
  for (const Problem& problem : measurements.problems) {
    const int count = ++seen[problem.code];
    Check check;
    check.gate = gate;
    check.name = measuring + problem.code + (count > 1 ? " " + std::to_string(count) : "");
    check.status = Status::error;
    check.reason = problem.code;
    check.sentence = measuring + problem.sentence;
    check.needs = "a measurement without problems";
    checks.push_back(check);
  }
  return checks;
}

void add_notes(const Measurements& measurements, Verdict& verdict) {
  for (const std::string& note : measurements.notes)
    verdict.warnings.push_back(name_of(measurements.subject.role) + ": " + note);
}

}  // namespace modelgate
