#include "reporters/junit/junit.h"
#include "reporters/wording/report_program.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  JunitStyle style;
  return run_reporter(
      argc, argv,
      {"modelgate-report-junit",
       "Writes a verdict as JUnit XML, for GitLab, Jenkins and GitHub's test reporters.",
       "modelgate-report-junit gate-results/verdict.json --output gate-results/junit.xml"},
      [&](OptionSet& options) {
        options.flag("file-line", style.file_line,
                     "Say where tests stand, as attributes (Jenkins' xunit plugin refuses them)");
      },
      [&](const Verdict& verdict, bool) { return junit_text(verdict, style); });
}
