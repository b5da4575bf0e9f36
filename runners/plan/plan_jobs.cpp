#include "runners/plan/plan_jobs.h"

#include <algorithm>

#include "runners/plan/commands.h"
#include "runners/plan/undertaking.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/json_quoted.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

// https://docs.github.com/actions/reference/limits: jobs that a matrix makes.
constexpr std::size_t most_in_matrix = 256;

std::string joined(const std::vector<std::string>& words, const std::string& separator) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : separator) + word;
  return all;
}

std::string shard_text(const Job& job) {
  return job.shard ? std::to_string(job.shard->number) + "/" + std::to_string(job.shard->of) : "";
}

std::string in_columns(const std::vector<Job>& jobs) {
  std::vector<std::vector<std::string>> rows = {{"job", "gates", "runs", "shard", "needs"}};
  for (const Job& job : jobs)
    rows.push_back({job.name, joined(job.gates, ", "), joined(job.runs, ", "), shard_text(job),
                    job.needs_gpu ? "a GPU" : ""});
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      if (widths[i] > 0) line += row[i] + std::string(widths[i] - row[i].size() + 2, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string quoted_list(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + json_quoted(word);
  return "[" + all + "]";
}

std::string as_json(const std::vector<Job>& jobs) {
  std::string text;
  for (const Job& job : jobs) {
    text += (text.empty() ? "[\n  " : ",\n  ") + ("{\"name\": " + json_quoted(job.name)) +
            ", \"gates\": " + quoted_list(job.gates) + ", \"runs\": " + quoted_list(job.runs);
    if (job.shard)
      text += ", \"shard\": {\"number\": " + std::to_string(job.shard->number) +
              ", \"of\": " + std::to_string(job.shard->of) + "}";
    text += std::string(", \"gpu\": ") + (job.needs_gpu ? "true" : "false") + "}";
  }
  return text + "\n]\n";
}

}  // namespace

std::string github_matrix(const std::vector<Job>& jobs) {
  if (jobs.size() > most_in_matrix)
    throw usage_error("--shards", "makes " + std::to_string(jobs.size()) +
                                      " jobs, and a matrix of GitHub takes " +
                                      std::to_string(most_in_matrix));
  std::string all;
  for (const Job& job : jobs)
    all += (all.empty() ? "" : ", ") + ("{\"name\": " + json_quoted(job.name)) +
           ", \"only\": " + json_quoted(joined(job.gates, ",")) +
           ", \"shard\": " + json_quoted(shard_text(job)) +
           ", \"gpu\": " + (job.needs_gpu ? "true" : "false") + "}";
  return "{\"include\": [" + all + "]}\n";
}

void PlanJobsOptions::declare(OptionSet& options) {
  options.text("plan", plan, "FILE", "The plan");
  options.list("only", only, "GATES", "Only these gates, separated by commas");
  options.integer("shards", shards, 1, 1000, "N", "Divide gtest and bench runs among N jobs");
  options.choice("format", format, {"table", "json", "gitlab", "github-matrix"},
                 "table for people, a child pipeline for GitLab, a matrix for GitHub's fromJSON()");
  options.flag("json", json, "The same as --format json");
  options.text("image", image, "IMAGE", "gitlab: of the jobs");
  options.text("path", path, "DIR", "gitlab: where our programs lie, if not in the PATH");
  options.list("tag", tags, "TAG", "gitlab: of runners for jobs without a GPU (may be repeated)");
  options.list("gpu-tag", gpu_tags, "TAG", "gitlab: of runners for jobs that need one (may be repeated)");
  options.text("candidate", candidate, "NAME", "gitlab: for `modelgate run`");
  options.text("baseline", baseline, "VERSION", "gitlab: for `modelgate run`");
  options.flag("first-release", first_release, "gitlab: for `modelgate run`");
  options.flag("fail-on-flaky", fail_on_flaky, "gitlab: for `modelgate run`");
  options.choice("inconclusive", inconclusive, {"block", "warn"}, "gitlab: for `modelgate run`");
  options.number("budget-seconds", budget_seconds, 0, 1e9, "SECONDS", "gitlab: for `modelgate run`");
}

ExitCode show_jobs(const PlanJobsOptions& options) {
  if (options.json && options.format != "table" && options.format != "json")
    throw usage_error("--json", "cannot be given together with --format " + options.format);
  const Plan plan = plan_at(options.plan);
  const std::vector<Job> jobs = jobs_of(plan, chosen_gates(plan, gate_names(options.only)), options.shards);
  if (options.format == "gitlab")
    write_stdout(gitlab_pipeline(jobs, options));
  else if (options.format == "github-matrix")
    write_stdout(github_matrix(jobs));
  else
    write_stdout(options.json || options.format == "json" ? as_json(jobs) : in_columns(jobs));
  return ExitCode::pass;
}

}  // namespace modelgate
