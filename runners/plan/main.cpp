#include "runners/plan/calibrate.h"
#include "runners/plan/doctor.h"
#include "runners/plan/explain.h"
#include "runners/plan/hook.h"
#include "runners/plan/init.h"
#include "runners/plan/merge.h"
#include "runners/plan/plan_jobs.h"
#include "runners/plan/run.h"
#include "runners/plan/schema.h"
#include "runners/selftest/selftest.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  RunOptions run;
  MergeOptions merging;
  PlanJobsOptions jobs;
  ExplainOptions explaining;
  HookOptions hook;
  CalibrateOptions calibration;
  InitOptions init;
  DoctorOptions doctor_options;
  SelftestOptions selftest_options;
  SchemaOptions schema;
  return run_tool(
      argc, argv,
      {"modelgate",
       "Decides whether a candidate version of an AI model (its code and its weights) may replace the "
       "released "
       "baseline.",
       "modelgate run --candidate v1.1.0"},
      [&](OptionSet& options) {
        run.declare(options.subcommand("run", "Measure, judge and report what the plan asks for",
                                       "modelgate run --only unit,quality --output gate-results",
                                       [&] { return run_plan(run); }));
        jobs.declare(
            options.subcommand("plan", "Show the jobs that a plan makes, for people or for a CI system",
                               "modelgate plan --format gitlab --shards 4", [&] { return show_jobs(jobs); }));
        merging.declare(options.subcommand("merge", "Join what the jobs of a plan left into one verdict",
                                           "modelgate merge gate-jobs --output gate-results",
                                           [&] { return merge_jobs(merging); }));
        explaining.declare(options.subcommand("explain", "Tell in plain words what a verdict says and why",
                                              "modelgate explain gate-results/verdict.json",
                                              [&] { return explain(explaining); }));
        hook.declare(options.subcommand("hook", "Judge what is pushed before it is: the pre-push hook of Git",
                                        "modelgate hook install", [&] { return run_hook_action(hook); }));
        calibration.declare(options.subcommand(
            "calibrate", "Run the baseline against itself: how often are the checks wrong?",
            "modelgate calibrate --runs 20", [&] { return calibrate(calibration); }));
        init.declare(options.subcommand("init", "Write a plan for what a folder holds",
                                        "modelgate init --candidate build/out",
                                        [&] { return init_plan(init); }));
        doctor_options.declare(options.subcommand("doctor", "Say what is missing and how to get it",
                                                  "modelgate doctor --plan modelgate.yaml",
                                                  [&] { return doctor(doctor_options); }));
        selftest_options.declare(options.subcommand("selftest", "Prove that each check of the plan can fail",
                                                    "modelgate selftest --results gate-results",
                                                    [&] { return selftest(selftest_options); }));
        schema.declare(options.subcommand("schema", "Print the JSON Schema of a document",
                                          "modelgate schema plan", [&] { return print_schema(schema); }));
      });
}
