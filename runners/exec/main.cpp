#include "runners/exec/exec.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  modelgate::ExecOptions exec;
  return modelgate::run_tool(
      argc, argv,
      {"modelgate-run-exec", "Measures any command that reads JSONL on stdin and writes JSONL on stdout.",
       "modelgate-run-exec --candidate out/new --output measured --command '{subject}/predict' --input "
       "rows.jsonl"},
      [&](modelgate::OptionSet& options) { exec.declare(options); },
      [&] { return modelgate::run_exec(exec); });
}
