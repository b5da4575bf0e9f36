#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "reporters/posting/post_program.h"
#include "reporters/posting/sticky_comment.h"

namespace modelgate {

/// The notes of a merge request. Ours are those of the user whose token it is.
class GitLabNotes : public CommentBoard {
 public:
  /// `page` is the address of the merge request's page, "" if not known.
  GitLabNotes(Client& client, const Message& message, std::string page)
      : client_(client), message_(message), page_(std::move(page)) {}

  Page page(int number) override;
  std::optional<Comment> create(const std::string& body) override;
  Comment update(const Comment& comment, const std::string& body) override;
  void remove(const Comment& comment) override;

 private:
  bool is_ours(const std::string& author);
  Comment comment_from(const Node& note);
  Comment comment_in(const Response& response);
  Response asked(const Request& request);
  std::string of_request() const;

  Client& client_;
  const Message& message_;
  std::string page_;
  std::optional<std::string> user_;  ///< Our name, once asked.
};

}  // namespace modelgate
