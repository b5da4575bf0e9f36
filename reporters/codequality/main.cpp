#include "reporters/codequality/codequality.h"
#include "reporters/wording/report_program.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  CodequalityStyle style;
  return run_reporter(
      argc, argv,
      {"modelgate-report-codequality", "Writes what failed or erred as GitLab's Code Quality report.",
       "modelgate-report-codequality gate-results/verdict.json --output gate-results/codequality.json"},
      [&](OptionSet& options) {
        options.text("root", style.root, "DIR", "Files are told relative to this folder");
        options.text("plan", style.plan, "FILE", "Where a check stands that names no file below it");
      },
      [&](const Verdict& verdict, bool) { return codequality_json(verdict, style); });
}
