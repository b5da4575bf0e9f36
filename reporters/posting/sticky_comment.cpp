#include "reporters/posting/sticky_comment.h"

#include "reporters/wording/numbers.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr int most_creations = 3;

/// The oldest comment of ours, if there is any.
std::optional<Comment> found_on(CommentBoard& board, const std::string& marker) {
  for (int number = 1; number <= most_pages; ++number) {
    const CommentBoard::Page page = board.page(number);
    for (const Comment& comment : page.comments)
      if (comment.ours && comment.body.starts_with(marker)) return comment;
    if (page.last) return std::nullopt;
  }
  throw infrastructure_error(
      "",
      "there are more than " + count_text(std::int64_t{most_pages} * comments_of_a_page) +
          " comments, and none of ours among the first: it is not known whether one is there",
      "The summary is in the job's artifacts all the same.");
}

Posted updated(CommentBoard& board, const Comment& comment, const std::string& body) {
  return {Posted::How::updated, board.update(comment, body).url};
}

}  // namespace

Posted post_sticky_comment(CommentBoard& board, const std::string& marker, const std::string& body) {
  for (int creations = 0; creations < most_creations; ++creations) {
    if (const std::optional<Comment> there = found_on(board, marker)) return updated(board, *there, body);
    const std::optional<Comment> made = board.create(body);
    if (!made) continue;  // perhaps it is there: look again
    const std::optional<Comment> oldest = found_on(board, marker);
    if (!oldest || oldest->id == made->id) return {Posted::How::posted, made->url};
    board.remove(*made);
    return updated(board, *oldest, body);
  }
  throw infrastructure_error("", "the answers were lost several times, and no comment is there");
}

}  // namespace modelgate
