#include <cstdint>

#include "gates/calibration/repeated_runs.h"
#include "gates/calibration/table.h"
#include "schemas/documents/plan.h"
#include "schemas/tool/files.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  std::string plan, runs, output;
  RepeatedRuns repeated;
  bool json = false;
  return run_tool(
      argc, argv,
      {"modelgate-calibration",
       "Says how often a plan's checks are wrong, from runs of a baseline against itself.",
       "modelgate-calibration --plan modelgate.yaml --runs calibration-results/runs"},
      [&](OptionSet& options) {
        options.text("plan", plan, "FILE", "The plan that was run", Need::required);
        options.text("runs", runs, "DIR",
                     "Holds the results of each run, as `modelgate calibrate` makes them", Need::required);
        options.text("output", output, "FILE", "Write the calibration here");
        options.flag("json", json, "Print the calibration as JSON instead of the table");
        options.integer("asked", repeated.asked, 0, 1'000'000, "N", "Runs that were asked for");
        options.number("seconds", repeated.seconds, 0, 1e9, "SECONDS", "What the runs took");
        options.integer("seed", repeated.seed, 0, INT64_MAX, "N", "Of the order of runs");
      },
      [&] {
        repeated.folder = runs;
        const Calibration calibration = calibrate(read_plan(plan), repeated);
        const std::string document = to_json(calibration);
        if (!output.empty()) write_file(output, document);
        write_stdout(json ? document : table_of(calibration));
        return ExitCode::pass;
      });
}
