#include "runners/plan/explain.h"

#include "runners/plan/programs.h"
#include "runners/process/process.h"
#include "schemas/tool/error.h"

namespace modelgate {

void ExplainOptions::declare(OptionSet& options) {
  options.positional("verdict", verdict, "The verdict, such as gate-results/verdict.json");
  options.positional("check", check, "One check of it: its name, or gate/name[slice]", Need::optional);
  options.flag("json", json, "As JSON");
}

ExitCode explain(const ExplainOptions& options) {
  ProcessSpec spec;
  spec.argv = {require_program("modelgate-report-explain").string(), options.verdict};
  if (!options.check.empty()) spec.argv.push_back(options.check);
  if (options.json) spec.argv.push_back("--json");
  // It knows the terminal's width and colours itself.
  spec.inherit_streams = true;
  spec.environment = terminal_environment();
  const ProcessOutcome outcome = run_process(std::move(spec));
  if (outcome.ending != Ending::exited || outcome.exit_code < 0 || outcome.exit_code > 4)
    throw infrastructure_error("", "modelgate-report-explain " + outcome.sentence());
  return static_cast<ExitCode>(outcome.exit_code);
}

}  // namespace modelgate
