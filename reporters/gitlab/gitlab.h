#pragma once

#include <string>

#include "reporters/posting/post_program.h"
#include "reporters/posting/posts.h"

namespace modelgate {

/// What GitLab's REST API is asked to do with a verdict. Each function is one post; errors are of kind
/// infrastructure and say what to do.
class GitLab {
 public:
  /// `pipeline` is the number of the pipeline that the status joins, "" where GitLab is to choose the latest
  /// of the commit.
  GitLab(Client& client, const Message& message, std::string pipeline)
      : client_(client), message_(message), pipeline_(std::move(pipeline)) {}

  /// The commit's status of the message's name: success or failed.
  Posted status();
  /// The one note on the merge request; skipped where there is none, or where it stands at another commit.
  Posted comment();

 private:
  Client& client_;
  const Message& message_;
  std::string pipeline_;
};

/// A project's number, or its path with all groups: "group/subgroup/project".
bool is_gitlab_project(const std::string& text);

/// "/projects/group%2Fproject"
std::string gitlab_project(const Message& message);

/// An error that says why GitLab refused, and which role the token wants.
Error gitlab_refusal(const Client& client, const Response& response, bool fork);

}  // namespace modelgate
