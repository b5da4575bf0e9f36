#pragma once

#include <string>

#include "reporters/posting/post_program.h"
#include "reporters/posting/posts.h"

namespace modelgate {

/// What GitHub's REST API is asked to do with a verdict. Each function is one post; errors are of kind
/// infrastructure and say what to do.
class GitHub {
 public:
  /// `root` is where the repository lay when the verdict was made, "" if not known.
  GitHub(Client& client, const Message& message, std::string root)
      : client_(client), message_(message), root_(std::move(root)) {}

  /// The commit's status of the message's name. success, failure, or error where nothing valid was measured.
  Posted status();
  /// The one comment on the pull request; skipped where there is none, or where it stands at another commit.
  Posted comment();
  /// A check run with annotations. success, neutral where the data cannot decide and that does not block,
  /// else failure.
  Posted check_run();

 private:
  std::string repository() const { return "/repos/" + message_.project; }
  bool stands_at_commit();

  Client& client_;
  const Message& message_;
  std::string root_;
};

/// "owner/repository".
bool is_github_project(const std::string& text);

/// An error that says why GitHub refused, and which permission it wants ("statuses: write").
Error github_refusal(const Client& client, const Response& response, const std::string& permission,
                     bool fork);

}  // namespace modelgate
