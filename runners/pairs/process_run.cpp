#include "runners/pairs/process_run.h"

namespace modelgate {

ProcessRun run_of(const ProcessOutcome& outcome) {
  ProcessRun run;
  run.wall_seconds = outcome.wall_seconds;
  run.cpu_seconds = outcome.user_seconds + outcome.system_seconds;
  run.delayed_seconds = outcome.delayed_seconds;
  // More processor time than has passed can only be had on several.
  run.is_parallel = run.cpu_seconds > 1.2 * run.wall_seconds;
  return run;
}

}  // namespace modelgate
