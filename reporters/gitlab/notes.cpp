#include "reporters/gitlab/notes.h"

#include <nlohmann/json.hpp>

#include "reporters/gitlab/gitlab.h"
#include "reporters/posting/server_words.h"

namespace modelgate {
namespace {

std::string body_of(const std::string& text) {
  return nlohmann::json{{"body", text}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string GitLabNotes::of_request() const {
  return gitlab_project(message_) + "/merge_requests/" + message_.request;
}

Response GitLabNotes::asked(const Request& request) {
  Answer answer = client_.send(request, Repeat::harmless);
  if (answer.response.status != 200) throw gitlab_refusal(client_, answer.response, message_.fork);
  return std::move(answer.response);
}

bool GitLabNotes::is_ours(const std::string& author) {
  if (!message_.author.empty()) return author == message_.author;
  if (!user_) {
    std::string user;
    read_answer(client_.host(), asked({"GET", "/user", ""}),
                [&](const Node& node) { user = Fields(node).text("username"); });
    user_ = user;
  }
  return author == *user_;
}

Comment GitLabNotes::comment_from(const Node& note) {
  Comment comment;
  comment.id = Fields(note).required("id").integer_at_least(1);
  return comment;
}

/// A note, with the page that shows it: the API names that of the merge request alone.
Comment GitLabNotes::comment_in(const Response& response) {
  Comment comment;
  read_answer(client_.host(), response, [&](const Node& node) { comment = comment_from(node); });
  if (!page_.empty()) comment.url = page_ + "#note_" + std::to_string(comment.id);
  return comment;
}

CommentBoard::Page GitLabNotes::page(int number) {
  const Response response = asked({"GET",
                                   of_request() + "/notes?sort=asc&order_by=created_at&per_page=" +
                                       std::to_string(comments_of_a_page) + "&page=" + std::to_string(number),
                                   ""});
  Page page;
  const std::string marker = message_.comment.substr(0, message_.comment.find('\n'));
  std::vector<std::string> authors;
  read_answer(client_.host(), response, [&](const Node& node) {
    const std::vector<Node> items = node.items();
    page.last = items.size() < static_cast<std::size_t>(comments_of_a_page);
    for (const Node& item : items) {
      Fields fields(item);
      const std::optional<Node> body = fields.optional("body");
      if (!body || !body->is_text() || !body->text().starts_with(marker)) continue;
      if (fields.boolean_or("system", false)) continue;
      page.comments.push_back(comment_from(item));
      page.comments.back().body = body->text();
      authors.push_back(Fields(fields.required("author")).text("username"));
    }
  });
  // Who we are is asked only where it matters.
  for (std::size_t i = 0; i < authors.size(); ++i) page.comments[i].ours = is_ours(authors[i]);
  return page;
}

std::optional<Comment> GitLabNotes::create(const std::string& body) {
  const Answer answer = client_.send({"POST", of_request() + "/notes", body_of(body)}, Repeat::doubles);
  if (answer.unknown) return std::nullopt;
  if (answer.response.status != 201) throw gitlab_refusal(client_, answer.response, message_.fork);
  return comment_in(answer.response);
}

Comment GitLabNotes::update(const Comment& comment, const std::string& body) {
  return comment_in(asked({"PUT", of_request() + "/notes/" + std::to_string(comment.id), body_of(body)}));
}

void GitLabNotes::remove(const Comment& comment) {
  const Answer answer =
      client_.send({"DELETE", of_request() + "/notes/" + std::to_string(comment.id), ""}, Repeat::harmless);
  // A repeated deletion finds nothing.
  if (answer.response.status != 204 && answer.response.status != 404)
    throw gitlab_refusal(client_, answer.response, message_.fork);
}

}  // namespace modelgate
