#pragma once

#include <string>
#include <vector>

namespace modelgate {

/// Where a verdict was made, and for which change. What is not known is empty.
struct PipelineRecord {
  std::string platform;        ///< "GitHub Actions", "GitLab CI", …; empty: a developer's machine.
  std::string event;           ///< "merge request", "merge queue", "branch", "tag", "schedule", "manual".
  bool detached = false;       ///< A commit is checked out and no branch, and no pipeline tells of any.
  bool fork = false;           ///< The change comes from another repository.
  bool merged_result = false;  ///< Source and target, merged, were judged.
  std::string branch;          ///< From which the change comes.
  std::string target;          ///< Into which it goes.
  std::string tag;
  std::string commit;         ///< That was checked out.
  std::string head_commit;    ///< Of the branch from which the change comes.
  std::string target_commit;  ///< Of the target when the pipeline began; a later one is judged anew.
  std::string merge_base;     ///< Of the change and its target.
  std::string request;        ///< Number of the pull or merge request.
  std::string job_url;

  bool operator==(const PipelineRecord&) const = default;
};

/// The record as KEY=VALUE, for the options of a program, without what is empty; and back. Errors: kind usage
/// for an entry that is none of them, with "did you mean".
std::vector<std::string> entries_of(const PipelineRecord& record);
PipelineRecord pipeline_record_from(const std::vector<std::string>& entries);

}  // namespace modelgate
