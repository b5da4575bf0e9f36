#include "gates/decision/comparing_gate.h"
#include "gates/performance/performance.h"
#include "schemas/tool/tool.h"

namespace {

using namespace modelgate;

ExitCode run(const GateOptions& gate, const PerformanceOptions& performance) {
  const PerformanceDemands demands = performance.demands();
  const History history = performance.history.empty() ? History() : History(performance.history);
  return run_comparing_gate(gate, "performance", {ForeignFormat::benchmarks},
                            [&](const std::optional<Measurements>& baseline, const Measurements& candidate,
                                const Verdict& verdict) {
                              std::vector<Check> checks =
                                  judge_performance(baseline, candidate, demands, verdict);
                              judge_creeps(history, demands, verdict, checks);
                              return checks;
                            });
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
        gate.declare(
            options, "performance",
            "measurements, or results of Google Benchmark, go test -bench, hyperfine, "
            "pytest-benchmark, criterion, nvbench, k6, wrk or github-action-benchmark; a folder holds a "
            "file for each run");
        performance.declare(options);
      },
      [&] { return run(gate, performance); });
}
