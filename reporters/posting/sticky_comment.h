#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "reporters/posting/posts.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// A comment on a request.
struct Comment {
  std::int64_t id = 0;
  std::string url;  ///< Of the page that shows it, "" if not known.
  std::string body;
  bool ours = false;  ///< Its author is who we post as.
};

/// The comments of one pull or merge request.
class CommentBoard {
 public:
  virtual ~CommentBoard() = default;
  /// A page of them, numbered from 1, the oldest comments first; `last` where no more follow.
  struct Page {
    std::vector<Comment> comments;
    bool last = true;
  };
  virtual Page page(int number) = 0;
  /// The new comment; none where the answer was lost and it may be there or not.
  virtual std::optional<Comment> create(const std::string& body) = 0;
  virtual Comment update(const Comment& comment, const std::string& body) = 0;
  virtual void remove(const Comment& comment) = 0;
};

inline constexpr int comments_of_a_page = 50, most_pages = 60;

/// Writes the comment, or replaces the text of the one that is there: the oldest that is ours and begins with
/// the marker. Where another job wrote one at the same time, ours is taken back and the older one updated, so
/// that one remains. Errors: kind infrastructure, also where there are more comments than are looked through:
/// then it cannot be told whether ours is among them, and none is written.
Posted post_sticky_comment(CommentBoard& board, const std::string& marker, const std::string& body);

}  // namespace modelgate
