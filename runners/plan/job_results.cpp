#include "runners/plan/job_results.h"

#include <algorithm>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code failure;
  return fs::symlink_status(path, failure).type() == fs::file_type::directory;
}

/// The folder, or those below it, that hold a job's record.
void look_into(const fs::path& folder, int levels, std::vector<fs::path>& found) {
  std::error_code failure;
  if (fs::is_regular_file(ResultsFolder{folder}.job(), failure)) {
    found.push_back(folder);
    return;
  }
  if (levels == 0) return;
  std::vector<fs::path> inside;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure))
    if (is_folder(entry->path())) inside.push_back(entry->path());
  if (failure) throw infrastructure_error(folder.string(), "cannot be read: " + failure.message());
  std::sort(inside.begin(), inside.end());
  for (const fs::path& one : inside) look_into(one, levels - 1, found);
}

std::string named(const Subject& subject) {
  return (subject.version.empty() ? "one" : subject.version) + " (" + subject.digest.substr(0, 19) + "…)";
}

template <typename Value>
void add(std::optional<Value>& all, const std::optional<Value>& one) {
  if (one) all = std::max(all.value_or(*one), *one);
}

}  // namespace

std::vector<JobResults> find_jobs(const std::vector<std::string>& folders) {
  // A folder of artifacts holds a folder for each job, which may hold the results' folder with its path.
  constexpr int deepest = 4;
  std::vector<JobResults> jobs;
  for (const std::string& name : folders) {
    if (!is_folder(name))
      throw infrastructure_error(name, "is no folder", "Name what the jobs' artifacts were unpacked into.");
    std::vector<fs::path> found;
    look_into(fs::absolute(name).lexically_normal(), deepest, found);
    if (found.empty())
      throw infrastructure_error(name, "holds no results of a job that got to its end (no job.json)",
                                 "Did the job fail before it measured? Its log says why.");
    for (const fs::path& folder : found) {
      try {
        jobs.push_back({ResultsFolder{folder}, read_job_record(ResultsFolder{folder}.job())});
      } catch (const Error& error) {
        // Nobody typed it.
        throw infrastructure_error(error.where(), error.message());
      }
    }
  }
  return jobs;
}

void expect_alike(const std::vector<JobResults>& jobs, const Plan& plan) {
  const JobRecord& first = jobs.front().record;
  for (const JobResults& job : jobs) {
    const JobRecord& record = job.record;
    const auto refuse = [&](const std::string& why) {
      throw infrastructure_error(job.folder.root.string(), why,
                                 "Jobs that are joined must be of one pipeline: one commit, one build.");
    };
    if (record.plan_digest != plan.digest) refuse("was done by another plan, or another state of it");
    if (record.first_release != first.first_release) refuse("is of a first release, and others are not");
    if (record.candidate.digest.empty() || record.candidate.digest != first.candidate.digest ||
        record.candidate.version != first.candidate.version)
      refuse("judges the candidate " + named(record.candidate) + ", and another job " +
             named(first.candidate));
    if (record.baseline.has_value() == record.first_release) refuse("does not say with what it compared");
    if (record.baseline &&
        (record.baseline->digest.empty() || record.baseline->digest != first.baseline->digest))
      refuse("compares with the baseline " + named(*record.baseline) + ", and another job with " +
             named(*first.baseline));
  }
}

std::optional<Sampling> joined_sampling(const std::vector<JobResults>& jobs) {
  std::optional<Sampling> all;
  for (const JobResults& job : jobs) {
    const auto& one = job.record.sampling;
    if (!one) continue;
    if (!all) {
      all = one;
      continue;
    }
    all->looks = std::max(all->looks, one->looks);
    all->pairs += one->pairs;
    all->rows += one->rows;
    all->seconds += one->seconds;
    // Each job has the plan's budget for itself.
    add(all->budget_seconds, one->budget_seconds);
    add(all->budget_pairs, one->budget_pairs);
    add(all->budget_rows, one->budget_rows);
    for (const char* worse : {"exhausted", "budget"})
      if (all->ended == worse || one->ended == worse) all->ended = worse;
  }
  return all;
}

void copy_files(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  const auto check = [&](const fs::path& path) {
    if (failure) throw infrastructure_error(path.string(), "cannot be copied: " + failure.message());
  };
  const fs::file_type type = fs::symlink_status(from, failure).type();
  check(from);
  if (type == fs::file_type::regular) {
    fs::create_directories(to.parent_path(), failure);
    check(to);
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, failure);
    return check(from);
  }
  if (type != fs::file_type::directory)
    throw infrastructure_error(from.string(), "is neither a file nor a folder, as results are");
  fs::create_directories(to, failure);
  check(to);
  for (fs::directory_iterator entry(from, failure), end; !failure && entry != end; entry.increment(failure))
    copy_files(entry->path(), to / entry->path().filename());
  check(from);
}

}  // namespace modelgate
