#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reporters/posting/token.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// What became of something that was to be posted.
struct Posted {
  enum class How { posted, updated, skipped, failed };
  How how = How::posted;
  std::string url = {};       ///< Of the page that shows it; "" if not known.
  std::string sentence = {};  ///< Why it was skipped or failed, or what else there is to say.
  std::string hint = {};      ///< What to do about it.
};

std::string name_of(Posted::How how);

/// Something to post.
struct Post {
  std::string what;  ///< "status", "comment", "check-run".
  std::function<Posted()> send;
};

/// A post and what became of it.
struct PostRecord {
  std::string what;
  Posted posted;
};

/// Tries each; one that fails keeps none of the others from being tried. No text in the result holds the
/// token, and every one is printable.
std::vector<PostRecord> posted_all(const std::vector<Post>& posts, const Token& token);

/// pass where nothing failed, else error.
ExitCode exit_code_of(const std::vector<PostRecord>& records);

/// Where it was posted to.
struct PostedTo {
  std::string platform, host, project, commit, request;
};

/// What was posted, as JSON for scripts.
std::string posts_json(const PostedTo& to, const std::vector<PostRecord>& records);

/// A line for each post that was made or skipped: "status: posted, https://…".
std::string posts_text(const std::vector<PostRecord>& records);

}  // namespace modelgate
