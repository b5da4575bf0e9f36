#include "reporters/json/json.h"
#include "reporters/wording/report_program.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  return run_reporter(
      argc, argv,
      {"modelgate-report-json", "Sums a verdict up in a few JSON fields, for scripts.",
       "modelgate-report-json gate-results/verdict.json --output summary.json"},
      [](OptionSet&) {}, [](const Verdict& verdict, bool) { return summary_json(verdict); });
}
