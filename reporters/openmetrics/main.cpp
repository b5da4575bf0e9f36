#include "reporters/openmetrics/openmetrics.h"
#include "reporters/wording/report_program.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  return run_reporter(
      argc, argv,
      {"modelgate-report-openmetrics",
       "Writes a verdict's numbers as OpenMetrics text, for GitLab's metrics report and Prometheus.",
       "modelgate-report-openmetrics gate-results/verdict.json --output gate-results/metrics.txt"},
      [](OptionSet&) {}, [](const Verdict& verdict, bool) { return openmetrics_text(verdict); });
}
