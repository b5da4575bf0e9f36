#include "runners/bench/bench.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  modelgate::BenchOptions bench;
  return modelgate::run_tool(
      argc, argv,
      {"modelgate-run-bench",
       "Measures a Google Benchmark program of baseline and candidate, in interleaved pairs of processes.",
       "modelgate-run-bench --candidate out/new --baseline out/old --output measured "
       "--program '{subject}/benchmarks'"},
      [&](modelgate::OptionSet& options) { bench.declare(options); },
      [&] { return modelgate::run_bench(bench); });
}
