#pragma once

#include <functional>
#include <string>

namespace modelgate {

/// The value of an environment variable; empty if there is none.
using Variables = std::function<std::string(const std::string& name)>;

/// Where and for what this runs, as the variables of the system that runs it say. What is not told, or is
/// nothing that it could be (a name of a branch with a blank in it, a commit that is no number), is empty.
struct Pipeline {
  enum class Platform { none, github, gitlab, other };
  enum class Event { unknown, branch, tag, merge_request, merge_queue, schedule, manual };

  Platform platform = Platform::none;
  std::string platform_name;  ///< "GitHub Actions", "GitLab CI", "Jenkins", …; empty on nobody's but ours.
  Event event = Event::unknown;
  bool fork = false;  ///< A request from another repository: no secrets, and a token that can only read.
  bool merged_result = false;  ///< What is checked out is source and target, merged.
  std::string branch;          ///< From which the change comes.
  std::string target;          ///< To which a request or a queue goes.
  std::string tag;
  std::string default_branch;  ///< Of the project, where CI says it.
  std::string commit;          ///< That is checked out.
  std::string
      head_commit;  ///< Of the branch from which the change comes; it is the one that statuses are for.
  std::string target_commit;  ///< Of the branch to which it goes, when the pipeline began.
  std::string base_commit;    ///< Where the change left its target, where CI says it.
  std::string request;        ///< Number of the pull or merge request.
  std::string project;        ///< "owner/repository" on GitHub, the project's number on GitLab.
  std::string api_url, server_url, job_url;

  bool operator==(const Pipeline&) const = default;
};

/// "merge request", "merge queue", "branch", …; empty for unknown.
std::string name_of(Pipeline::Event event);

/// Reads the variables of GitHub Actions (and the file of the event that they name), GitLab CI, Jenkins,
/// Azure Pipelines, CircleCI, Buildkite and Bitbucket. Platform::none where there are none of theirs.
Pipeline pipeline_of(const Variables& variable);

/// Ours. For programs: pipeline_of(environment_variable).
std::string environment_variable(const std::string& name);

}  // namespace modelgate
