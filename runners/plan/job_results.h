#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runners/plan/results_folder.h"
#include "schemas/documents/job_record.h"
#include "schemas/documents/plan.h"

namespace modelgate {

/// What a job left.
struct JobResults {
  ResultsFolder folder;
  JobRecord record;
};

/// The jobs whose results the folders are, or hold, as CI systems lay them side by side. Links are not
/// followed. Errors: kind infrastructure for a folder without any, and for a record that cannot be read.
std::vector<JobResults> find_jobs(const std::vector<std::string>& folders);

/// Makes sure that they are of this plan, and of one candidate and baseline. Errors: kind infrastructure.
void expect_alike(const std::vector<JobResults>& jobs, const Plan& plan);

/// How the samples of all of them were taken, together; nothing where none looked more than once.
std::optional<Sampling> joined_sampling(const std::vector<JobResults>& jobs);

/// Copies files and folders; a link or anything else among them is an error of kind infrastructure.
void copy_files(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace modelgate
