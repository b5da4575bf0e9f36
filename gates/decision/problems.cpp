#include "gates/decision/problems.h"

#include <algorithm>
#include <map>

namespace modelgate {

std::vector<Check> problem_checks(const Measurements& measurements, const std::string& gate,
                                  const std::string& judged) {
  const std::string measuring = "measuring the " + name_of(measurements.subject.role) + ": ";
  std::vector<Check> checks;
  std::map<std::string, int> seen;
  if (const auto& part = measurements.part) {
    Check check;
    check.gate = gate;
    check.name = measuring + "part";
    check.status = Status::error;
    check.reason = "part_of_run";
    check.sentence = measuring + "this is part " + std::to_string(part->number) + " of " +
                     std::to_string(part->of) + ", and a part is not judged";
    check.needs = "all parts, joined by `modelgate merge`";
    checks.push_back(check);
  }
  for (const Problem& problem : measurements.problems) {
    if (!problem.concerns.empty() && problem.concerns != judged) continue;
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
  const Role role = measurements.subject.role;
  const std::string other = name_of(role == Role::baseline ? Role::candidate : Role::baseline);
  for (const std::string& note : measurements.notes) {
    const auto same = std::find(verdict.warnings.begin(), verdict.warnings.end(), other + ": " + note);
    if (same == verdict.warnings.end())
      verdict.warnings.push_back(name_of(role) + ": " + note);
    else
      *same = "baseline and candidate: " + note;
  }
}

}  // namespace modelgate
