#include "gates/baseline/commands.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  modelgate::BaselineOptions options;
  return modelgate::run_tool(
      argc, argv,
      {"modelgate-baseline",
       "Keeps what was released: every file by its SHA-256, and the verdict that let it through.",
       "modelgate-baseline save candidates/v1.0.0 --version v1.0.0\n"
       "modelgate-baseline promote v1.0.0 --verdict gate-results/verdict.json\n"
       "modelgate-baseline list"},
      [&](modelgate::OptionSet& set) { options.declare(set); });
}
