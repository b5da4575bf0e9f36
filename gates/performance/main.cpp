#include "gates/decision/decision.h"
#include "gates/decision/problems.h"
#include "gates/performance/performance.h"
#include "schemas/formats/gate_input.h"
#include "schemas/tool/tool.h"

namespace {

using namespace modelgate;

ExitCode run(const GateOptions& gate, const PerformanceOptions& performance) {
  gate.check();
  const PerformanceDemands demands = performance.demands();
  const std::set<ForeignFormat> accepted = {ForeignFormat::google_benchmark};
  const Measurements candidate = read_gate_input(gate.candidate, Role::candidate, accepted);
  std::optional<Measurements> baseline;
  if (!gate.first_release) baseline = read_gate_input(gate.baseline, Role::baseline, accepted);
  Verdict verdict = new_verdict(gate, "performance");
  verdict.candidate = candidate.subject;
  if (baseline) verdict.baseline = baseline->subject;
  verdict.environment = candidate.environment;
  if (baseline) add_notes(*baseline, verdict);
  add_notes(candidate, verdict);
  verdict.checks = judge_performance(baseline, candidate, demands, verdict);
  conclude(verdict);
  return deliver(verdict, gate);
}

}  // namespace

int main(int argc, char** argv) {
  GateOptions gate;
  PerformanceOptions performance;
  return run_tool(
      argc, argv,
      {"modelgate-gate-performance", "Passes when it is proven that no benchmark is slower than the margin.",
       "modelgate-gate-performance --baseline old.json --candidate new.json --margin 3%"},
      [&](OptionSet& options) {
        gate.declare(options, "performance", "measurements, or Google Benchmark JSON");
        performance.declare(options);
      },
      [&] { return run(gate, performance); });
}
