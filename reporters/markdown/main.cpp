#include "reporters/markdown/markdown.h"
#include "reporters/wording/report_program.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  return run_reporter(
      argc, argv,
      {"modelgate-report-markdown",
       "Sums a verdict up for merge requests and job pages, in Markdown of less than 64 KB.",
       "modelgate-report-markdown gate-results/verdict.json >> \"$GITHUB_STEP_SUMMARY\""},
      [](OptionSet&) {}, [](const Verdict& verdict, bool) { return markdown_summary(verdict); });
}
