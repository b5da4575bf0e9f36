#include "gates/decision/decision.h"
#include "gates/decision/problems.h"
#include "gates/unit/unit.h"
#include "schemas/formats/gate_input.h"
#include "schemas/tool/tool.h"

namespace {

using namespace modelgate;

ExitCode run(const GateOptions& gate, const UnitDemands& demands) {
  gate.check();
  const std::set<ForeignFormat> accepted = {ForeignFormat::junit};
  const Measurements candidate = read_gate_input(gate.candidate, Role::candidate, accepted);
  std::optional<Measurements> baseline;
  if (!gate.first_release) baseline = read_gate_input(gate.baseline, Role::baseline, accepted);
  Verdict verdict = new_verdict(gate, "unit");
  verdict.candidate = candidate.subject;
  if (baseline) verdict.baseline = baseline->subject;
  verdict.environment = candidate.environment;
  if (baseline) add_notes(*baseline, verdict);
  add_notes(candidate, verdict);
  verdict.checks = judge_tests(baseline, candidate, demands, verdict.gate);
  conclude(verdict);
  return deliver(verdict, gate);
}

}  // namespace

int main(int argc, char** argv) {
  GateOptions gate;
  UnitDemands demands;
  return run_tool(
      argc, argv,
      {"modelgate-gate-unit", "Passes when every test that the baseline had is still there and passes.",
       "modelgate-gate-unit --baseline old.xml --candidate new.xml"},
      [&](OptionSet& options) {
        gate.declare(options, "unit", "measurements with tests, or JUnit XML");
        options.integer("minimum-tests", demands.minimum_tests, 1, 100'000'000, "N",
                        "So many tests must have run; skipped ones and known failures do not count");
      },
      [&] { return run(gate, demands); });
}
