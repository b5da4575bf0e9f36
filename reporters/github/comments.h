#pragma once

#include <optional>
#include <string>

#include "reporters/posting/post_program.h"
#include "reporters/posting/sticky_comment.h"

namespace modelgate {

/// The comments of a pull request. Ours are those of the user whose token it is; a token of an app (that of
/// GitHub Actions) cannot ask who it is, and takes those of bots.
class GitHubComments : public CommentBoard {
 public:
  GitHubComments(Client& client, const Message& message) : client_(client), message_(message) {}

  struct Author {
    std::string login = {};  ///< "" of an account that is gone.
    bool is_bot = false;
  };

  Page page(int number) override;
  std::optional<Comment> create(const std::string& body) override;
  Comment update(const Comment& comment, const std::string& body) override;
  void remove(const Comment& comment) override;

 private:
  bool is_ours(const Author& author);
  Comment comment_from(const Node& node);
  Comment comment_in(const Response& response);
  std::string of_request() const;
  Error refused(const Response& response) const;

  Client& client_;
  const Message& message_;
  std::optional<std::string> login_;  ///< Once asked; "" where a token of an app says nothing.
};

}  // namespace modelgate
