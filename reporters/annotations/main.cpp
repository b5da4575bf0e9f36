#include "reporters/annotations/job_links.h"
#include "reporters/annotations/workflow_commands.h"
#include "reporters/wording/report_program.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  std::string platform = "github", root = ".", job_url, folder = "gate-results";
  return run_reporter(
      argc, argv,
      {"modelgate-report-annotations",
       "Writes a verdict as what a CI platform shows beside code and jobs: GitHub's workflow commands, or "
       "the "
       "links of GitLab's annotations report.",
       "modelgate-report-annotations gate-results/verdict.json --for github"},
      [&](OptionSet& options) {
        options.choice("for", platform, {"github", "gitlab"}, "The platform");
        options.text("root", root, "DIR", "GitHub: files are told relative to this folder");
        options.text("job-url", job_url, "URL", "GitLab: the job's address, $CI_JOB_URL");
        options.text("folder", folder, "DIR", "GitLab: the results folder within the artifacts");
      },
      [&](const Verdict& verdict, bool) {
        return platform == "github" ? workflow_commands(verdict, root) : job_links(verdict, job_url, folder);
      });
}
