// A child pipeline. Its texts are JSON strings, which YAML reads as they are; what stands in a script is
// quoted for the shell besides.

#include <cstdio>

#include "runners/plan/plan_jobs.h"
#include "runners/plan/programs.h"
#include "schemas/tool/json_quoted.h"

namespace modelgate {
namespace {

constexpr char jobs_folder[] = "gate-jobs";

using Words = std::vector<std::string>;

std::string list(const Words& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + json_quoted(word);
  return "[" + all + "]";
}

void add_where(const PlanJobsOptions& options, const Words& tags, std::string& text) {
  if (!options.image.empty()) text += "  image: " + json_quoted(options.image) + "\n";
  if (!tags.empty()) text += "  tags: " + list(tags) + "\n";
}

void add_script(const PlanJobsOptions& options, const Words& lines, std::string& text) {
  text += "  script:\n";
  if (!options.path.empty())
    text += "    - " + json_quoted("export PATH=" + shell_line({options.path}) + ":\"$PATH\"") + "\n";
  for (const std::string& line : lines) text += "    - " + json_quoted(line) + "\n";
}

/// Joins the jobs, then writes what GitLab shows besides the JUnit file, which changes nothing of the
/// verdict.
Words joining_lines(const PlanJobsOptions& options, const Words& merge) {
  const std::string verdict = " gate-results/verdict.json", output = " --output gate-results/";
  return {"code=0; " + shell_line(merge) + " || code=$?",
          "modelgate-report-openmetrics" + verdict + output + "metrics.txt || true",
          "modelgate-report-codequality" + verdict + " --root \"$CI_PROJECT_DIR\" " +
              shell_line({"--plan", options.plan}) + output + "codequality.json || true",
          "modelgate-report-annotations" + verdict + " --for gitlab --job-url \"$CI_JOB_URL\"" + output +
              "annotations.json || true",
          "modelgate-report-dotenv" + verdict + output + "modelgate.env || true",
          "if [ -n \"${MODELGATE_GITLAB_TOKEN:-}\" ]; then modelgate-report-gitlab" + verdict +
              " --status --comment || echo \"the verdict could not be posted; it stands as it is\" >&2; fi",
          "exit \"$code\""};
}

Words policy_of(const PlanJobsOptions& options) {
  Words words;
  if (!options.inconclusive.empty()) words.push_back("--inconclusive=" + options.inconclusive);
  if (options.fail_on_flaky) words.push_back("--fail-on-flaky");
  return words;
}

Words command_of(const Job& job, const PlanJobsOptions& options) {
  Words words = {"modelgate", "run", "--plan", options.plan};
  for (const std::string& gate : job.gates) words.insert(words.end(), {"--only", gate});
  if (job.shard)
    words.insert(words.end(),
                 {"--shard", std::to_string(job.shard->number) + "/" + std::to_string(job.shard->of)});
  if (!options.candidate.empty()) words.insert(words.end(), {"--candidate", options.candidate});
  if (!options.baseline.empty()) words.insert(words.end(), {"--baseline", options.baseline});
  if (options.first_release) words.push_back("--first-release");
  if (options.budget_seconds >= 0) {
    char number[32];
    std::snprintf(number, sizeof number, "%.17g", options.budget_seconds);
    words.insert(words.end(), {"--budget-seconds", number});
  }
  const Words policy = policy_of(options);
  words.insert(words.end(), policy.begin(), policy.end());
  words.insert(words.end(), {"--output", std::string(jobs_folder) + "/" + job.name});
  return words;
}

std::string measuring_job(const Job& job, const PlanJobsOptions& options) {
  std::string text = "\n" + json_quoted("gate " + job.name) + ":\n  stage: gates\n";
  add_where(options, job.needs_gpu ? options.gpu_tags : options.tags, text);
  add_script(options, {shell_line(command_of(job, options))}, text);
  return text +
         "  retry: {max: 1, exit_codes: [4]}\n"
         "  artifacts:\n"
         "    when: always\n"
         "    paths: " +
         list({std::string(jobs_folder) + "/" + job.name}) + "\n";
}

std::string joining_job(const PlanJobsOptions& options) {
  std::string text = "\nverdict:\n  stage: verdict\n";
  add_where(options, options.tags, text);
  // Also after gates that failed: theirs is one verdict, which says why. What is missing is an error. The
  // stage comes after theirs and gets all their artifacts; `needs` would name them, and takes 50 at most.
  text += "  when: always\n";
  Words words = {"modelgate", "merge", jobs_folder, "--plan", options.plan};
  for (const std::string& gate : options.only) words.insert(words.end(), {"--only", gate});
  const Words policy = policy_of(options);
  words.insert(words.end(), policy.begin(), policy.end());
  add_script(options, joining_lines(options, words), text);
  return text +
         "  artifacts:\n"
         "    when: always\n"
         "    paths: [\"gate-results\"]\n"
         "    reports:\n"
         "      junit: gate-results/junit.xml\n"
         "      metrics: gate-results/metrics.txt\n"
         "      codequality: gate-results/codequality.json\n"
         "      annotations: gate-results/annotations.json\n"
         "      dotenv: gate-results/modelgate.env\n";
}

}  // namespace

std::string gitlab_pipeline(const std::vector<Job>& jobs, const PlanJobsOptions& options) {
  std::string text = "# By `modelgate plan --format gitlab`, of the jobs of " + json_quoted(options.plan) +
                     "\n"
                     "stages: [gates, verdict]\n"
                     "# A child of a merge request's pipeline is one, too.\n"
                     "workflow: {rules: [{when: always}]}\n";
  for (const Job& job : jobs) text += measuring_job(job, options);
  return text + joining_job(options);
}

}  // namespace modelgate
