#pragma once

#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// The verdict as GitLab's annotations report: links on the job's page to the files in its artifacts, the
/// first with the verdict's sentence. `job_url` is CI_JOB_URL, `folder` the results folder within the
/// artifacts. Errors: kind usage if `job_url` is no http(s) address, or `folder` is no relative path.
std::string job_links(const Verdict& verdict, const std::string& job_url, const std::string& folder);

}  // namespace modelgate
