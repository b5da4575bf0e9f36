#include "runners/plan/doctor.h"
#include "runners/plan/init.h"
#include "runners/plan/run.h"
#include "runners/plan/schema.h"
#include "schemas/tool/files.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  RunOptions run;
  InitOptions init;
  DoctorOptions doctor_options;
  std::string schema;
  return run_tool(argc, argv,
                  {"modelgate",
                   "Decides whether a candidate version of an AI model (its code and its weights) may "
                   "replace the released baseline.",
                   "modelgate run --candidate v1.1.0"},
                  [&](OptionSet& options) {
                    run.declare(options.subcommand("run", "Measure, judge and report what the plan asks for",
                                                   "modelgate run --only unit,quality --output gate-results",
                                                   [&] { return run_plan(run); }));
                    init.declare(options.subcommand("init", "Write a plan for what a folder holds",
                                                    "modelgate init --candidate build/out",
                                                    [&] { return init_plan(init); }));
                    doctor_options.declare(options.subcommand(
                        "doctor", "Say what is missing and how to get it",
                        "modelgate doctor --plan modelgate.yaml", [&] { return doctor(doctor_options); }));
                    options
                        .subcommand("schema", "Print the JSON Schema of a document", "modelgate schema plan",
                                    [&] {
                                      write_stdout(schema_named(schema));
                                      return ExitCode::pass;
                                    })
                        .positional("name", schema, "plan, measurements, verdict or baseline-manifest");
                  });
}
