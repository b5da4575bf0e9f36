#include "reporters/dotenv/dotenv.h"
#include "reporters/wording/report_program.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  return run_reporter(
      argc, argv,
      {"modelgate-report-dotenv",
       "Writes a verdict as NAME=VALUE lines, for GitLab's dotenv report and GitHub's outputs.",
       "modelgate-report-dotenv gate-results/verdict.json >> \"$GITHUB_OUTPUT\""},
      [](OptionSet&) {}, [](const Verdict& verdict, bool) { return dotenv_text(verdict); });
}
