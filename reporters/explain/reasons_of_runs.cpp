#include "reporters/explain/reasons.h"

// Of runs and gates that did not do their work. What could not be measured is an error and never a pass.

namespace modelgate {
namespace {

constexpr ReasonText texts[] = {
    {"verdict_missing", "A gate of the plan left no verdict, so nobody knows what it would have said.",
     "Look into its log for why it ended, and run it again.", NextStep::read_logs},
    {"verdict_unreadable", "A gate left a file that is no verdict.",
     "Look into its log; a full disk or a foreign program may have written it.", NextStep::read_logs},
    {"verdict_foreign",
     "A gate's verdict is of another candidate, baseline, plan or gate than this one. It was left by "
     "another run.",
     "Run this plan's gate for this candidate.", NextStep::run_again},
    {"verdict_empty", "A gate left a verdict without a single check.", "Look into its log.",
     NextStep::read_logs},
    {"check_missing", "The plan declares a check that the gate did not decide.",
     "Look into the gate's log; the program may be of another version than the plan.", NextStep::read_logs},
    {"check_repeated", "The gate decided one check twice, and it cannot be told which decision counts.",
     "Give the checks different names; look into the gate's log.", NextStep::read_logs},
    {"not_finished", "The run was ended before it had decided anything.",
     "Look for what ended it: an error message, a time limit of the job, a full disk.", NextStep::read_logs},

    {"part_of_run",
     "What was measured is one machine's part of a run (--shard). A part proves nothing by itself.",
     "Judge all parts together: `modelgate merge` joins what the jobs left.", NextStep::run_again},

    {"crashed", "The program that was measured died.", "Start it by hand, with what the log says.",
     NextStep::read_logs},
    {"failed", "The program that was measured ended with an error.", "Read what it said, in the log.",
     NextStep::read_logs},
    {"timed_out", "The program that was measured did not end in the time that it is given, and was stopped.",
     "Look for a deadlock or a much slower candidate; if it needs the time, raise the run's timeout in "
     "the plan.",
     NextStep::read_logs},
    {"interrupted", "Measuring was interrupted from outside: a signal, or a job that was cancelled.",
     "Run it again.", NextStep::run_again},
    {"out_of_memory", "The program that was measured needed more memory than it may have.",
     "Give it more in the plan, or a larger machine; or look for what grew.", NextStep::read_logs},
    {"cpu_limit", "The program that was measured used more processor time than it may.",
     "Look for an endless loop; if it needs the time, allow it more in the plan.", NextStep::read_logs},
    {"not_started", "The program that was to be measured could not be started.",
     "Look whether it is there, may be run, and finds its libraries.", NextStep::see_doctor},
    {"bad_output", "What the program wrote is not what it should have written.",
     "Compare it with the format that the runner expects; the sentence names the place.",
     NextStep::read_logs},
    {"benchmark_error", "A benchmark reported an error of its own instead of a time.",
     "Read its message, and run the benchmark alone.", NextStep::read_logs},
    {"only_aggregates", "The results hold means and medians alone; single values are needed.",
     "Let the benchmark report its repetitions as well.", NextStep::run_again},
    {"failures_not_shown", "The results say that something failed, and do not show what.",
     "Let the test program write complete results.", NextStep::read_logs},
    {"machine_unfit",
     "Too many measurements were disturbed by something else on the machine and thrown away, so that "
     "times measured here mean nothing.",
     "Measure on a machine on which nothing else computes, or when it is quiet.", NextStep::calibrate},
};

}  // namespace

std::span<const ReasonText> reasons_of_runs() { return texts; }

}  // namespace modelgate
