#include "gates/decision/comparing_gate.h"
#include "gates/unit/unit.h"
#include "schemas/tool/tool.h"

namespace {

using namespace modelgate;

ExitCode run(const GateOptions& gate, const UnitDemands& demands) {
  return run_comparing_gate(
      gate, "unit", {ForeignFormat::junit},
      [&](const std::optional<Measurements>& baseline, const Measurements& candidate,
          const Verdict& verdict) { return judge_tests(baseline, candidate, demands, verdict.gate); });
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
        options.flag("fail-on-flaky", demands.fail_on_flaky,
                     "A test that passed only when it was run again fails");
      },
      [&] { return run(gate, demands); });
}
