#include "gates/decision/comparing_gate.h"

#include <future>

#include "gates/decision/problems.h"

namespace modelgate {

ExitCode run_comparing_gate(const GateOptions& options, const std::string& kind,
                            const std::set<ForeignFormat>& accepted, const Judgement& judge) {
  options.check();
  const auto read_baseline = [&]() -> std::optional<Measurements> {
    if (options.first_release) return std::nullopt;
    return read_gate_input(options.baseline, Role::baseline, accepted);
  };
  // Beside the candidate's; where there can be no thread, after it.
  std::future<std::optional<Measurements>> reading = std::async(read_baseline);
  const Measurements candidate = read_gate_input(options.candidate, Role::candidate, accepted);
  const std::optional<Measurements> baseline = reading.get();
  Verdict verdict = new_verdict(options, kind);
  verdict.candidate = candidate.subject;
  if (baseline) verdict.baseline = baseline->subject;
  verdict.environment = candidate.environment;
  if (baseline) add_notes(*baseline, verdict);
  add_notes(candidate, verdict);
  verdict.checks = judge(baseline, candidate, verdict);
  conclude(verdict);
  return deliver(verdict, options);
}

}  // namespace modelgate
