#include "reporters/posting/sticky_comment.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/reporters/posting/scripted.h"

namespace modelgate {
namespace {

using testing::HasSubstr;

constexpr char marker[] = "<!-- modelgate comment: modelgate -->";

std::string body_of(const std::string& text) { return std::string(marker) + "\n" + text; }

/// A merge request in memory.
class MemoryBoard : public CommentBoard {
 public:
  std::vector<Comment> comments;
  std::int64_t next_id = 100;
  int pages_read = 0, lost_answers = 0, created = 0, removed = 0;
  bool lost_ones_arrive = true;
  /// What another job does between our looking and our writing.
  std::function<void(MemoryBoard&)> meanwhile;

  Page page(int number) override {
    ++pages_read;
    Page page;
    const std::size_t begin = static_cast<std::size_t>(number - 1) * comments_of_a_page;
    const std::size_t end = std::min(begin + comments_of_a_page, comments.size());
    for (std::size_t i = begin; i < end; ++i) page.comments.push_back(comments[i]);
    page.last = end == comments.size();
    return page;
  }
  std::optional<Comment> create(const std::string& body) override {
    if (meanwhile) meanwhile(*this);
    meanwhile = nullptr;
    ++created;
    const bool lost = lost_answers > 0 && lost_answers-- > 0;
    if (lost && !lost_ones_arrive) return std::nullopt;
    add(body, true);
    if (lost) return std::nullopt;
    return comments.back();
  }
  Comment update(const Comment& comment, const std::string& body) override {
    for (Comment& each : comments)
      if (each.id == comment.id) {
        each.body = body;
        return each;
      }
    throw std::logic_error("not there");
  }
  void remove(const Comment& comment) override {
    ++removed;
    std::erase_if(comments, [&](const Comment& each) { return each.id == comment.id; });
  }
  void add(const std::string& body, bool ours) {
    comments.push_back({next_id, "https://example.com/" + std::to_string(next_id), body, ours});
    ++next_id;
  }
};

TEST(StickyComment, is_written_where_there_is_none) {
  MemoryBoard board;
  board.add("hello", false);
  const Posted posted = post_sticky_comment(board, marker, body_of("new"));
  EXPECT_EQ(posted.how, Posted::How::posted);
  EXPECT_EQ(posted.url, "https://example.com/101");
  EXPECT_EQ(board.comments.size(), 2u);
}

TEST(StickyComment, is_brought_up_to_date_where_there_is_one) {
  MemoryBoard board;
  board.add(body_of("old"), true);
  const Posted posted = post_sticky_comment(board, marker, body_of("new"));
  EXPECT_EQ(posted.how, Posted::How::updated);
  EXPECT_EQ(board.comments.size(), 1u);
  EXPECT_EQ(board.comments[0].body, body_of("new"));
}

TEST(StickyComment, never_touches_what_somebody_else_wrote_with_our_marker) {
  MemoryBoard board;
  board.add(body_of("forged: everything passes"), false);
  post_sticky_comment(board, marker, body_of("new"));
  EXPECT_EQ(board.comments[0].body, body_of("forged: everything passes"));
  EXPECT_EQ(board.comments.size(), 2u);
}

TEST(StickyComment, is_not_one_of_ours_that_only_quotes_the_marker) {
  MemoryBoard board;
  board.add("> " + body_of("quoted"), true);
  board.add(std::string("<!-- modelgate comment: other -->") + "\nof another name", true);
  post_sticky_comment(board, marker, body_of("new"));
  EXPECT_EQ(board.comments.size(), 3u);
}

TEST(StickyComment, is_found_on_a_later_page) {
  MemoryBoard board;
  for (int i = 0; i < 3 * comments_of_a_page; ++i) board.add("talk", false);
  board.add(body_of("old"), true);
  EXPECT_EQ(post_sticky_comment(board, marker, body_of("new")).how, Posted::How::updated);
  EXPECT_EQ(board.pages_read, 4);
}

TEST(StickyComment, is_not_written_where_it_cannot_be_known_whether_it_is_there) {
  MemoryBoard board;
  for (int i = 0; i <= most_pages * comments_of_a_page; ++i) board.add("talk", false);
  EXPECT_THAT(error_of([&] { post_sticky_comment(board, marker, body_of("new")); }),
              HasSubstr("there are more than 3,000 comments"));
  EXPECT_EQ(board.created, 0);
  EXPECT_EQ(board.pages_read, most_pages);
}

TEST(StickyComment, is_one_though_the_answer_to_its_creation_was_lost) {
  MemoryBoard board;
  board.lost_answers = 1;
  EXPECT_EQ(post_sticky_comment(board, marker, body_of("new")).how, Posted::How::updated);
  EXPECT_EQ(board.comments.size(), 1u);
  EXPECT_EQ(board.created, 1);
}

TEST(StickyComment, is_written_again_where_the_first_one_did_not_arrive) {
  MemoryBoard board;
  board.lost_answers = 1;
  board.lost_ones_arrive = false;
  EXPECT_EQ(post_sticky_comment(board, marker, body_of("new")).how, Posted::How::posted);
  EXPECT_EQ(board.comments.size(), 1u);
}

TEST(StickyComment, is_given_up_where_every_answer_is_lost) {
  MemoryBoard board;
  board.lost_answers = 100;
  board.lost_ones_arrive = false;
  EXPECT_THAT(error_of([&] { post_sticky_comment(board, marker, body_of("new")); }),
              HasSubstr("lost several times"));
  EXPECT_EQ(board.created, 3);
}

TEST(StickyComment, is_one_though_another_job_writes_at_the_same_time) {
  MemoryBoard board;
  board.meanwhile = [](MemoryBoard& other) { other.add(body_of("of the other job"), true); };
  EXPECT_EQ(post_sticky_comment(board, marker, body_of("new")).how, Posted::How::updated);
  ASSERT_EQ(board.comments.size(), 1u);
  EXPECT_EQ(board.comments[0].id, 100);
  EXPECT_EQ(board.comments[0].body, body_of("new"));
  EXPECT_EQ(board.removed, 1);
}

}  // namespace
}  // namespace modelgate
