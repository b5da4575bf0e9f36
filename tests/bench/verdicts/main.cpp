#include "schemas/tool/tool.h"
#include "tests/bench/verdicts/program.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  ProgramOptions options;
  return run_tool(
      argc, argv,
      {"bench_verdicts",
       "Measures how often our verdicts and those of peers are wrong, by simulation and on real noise.",
       "bench_verdicts --quick\nbench_verdicts --histories ../shared/data/perf-series --output evidence"},
      [&](OptionSet& set) { options.declare(set); }, [&] { return run_program(options); });
}
