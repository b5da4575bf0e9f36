#include "reporters/github/comments.h"

#include <nlohmann/json.hpp>

#include "reporters/github/github.h"
#include "reporters/posting/server_words.h"

namespace modelgate {
namespace {

std::string body_of(const std::string& text) {
  return nlohmann::json{{"body", text}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

GitHubComments::Author author_from(const std::optional<Node>& user) {
  if (!user || !user->is_object()) return {};
  Fields fields(*user);
  return {fields.text("login"), fields.text_or("type", "") == "Bot"};
}

}  // namespace

std::string GitHubComments::of_request() const {
  return "/repos/" + message_.project + "/issues/" + message_.request + "/comments";
}

Error GitHubComments::refused(const Response& response) const {
  return github_refusal(client_, response, "pull-requests: write", message_.fork);
}

bool GitHubComments::is_ours(const Author& author) {
  if (author.login.empty()) return false;  // of an account that is gone
  if (!message_.author.empty()) return author.login == message_.author;
  if (!login_) {
    const Answer answer = client_.send({"GET", "/user", ""}, Repeat::harmless);
    if (answer.response.status == 401) throw refused(answer.response);
    std::string login;
    if (answer.response.status == 200)
      read_answer(client_.host(), answer.response,
                  [&](const Node& node) { login = Fields(node).text("login"); });
    login_ = login;
  }
  return login_->empty() ? author.is_bot : author.login == *login_;
}

Comment GitHubComments::comment_from(const Node& node) {
  Fields fields(node);
  Comment comment;
  comment.id = fields.required("id").integer_at_least(1);
  const std::optional<Node> url = fields.optional("html_url");
  if (url && url->is_text()) comment.url = page_address(url->text());
  return comment;
}

Comment GitHubComments::comment_in(const Response& response) {
  Comment comment;
  read_answer(client_.host(), response, [&](const Node& node) { comment = comment_from(node); });
  return comment;
}

CommentBoard::Page GitHubComments::page(int number) {
  const Request request{
      "GET",
      of_request() + "?per_page=" + std::to_string(comments_of_a_page) + "&page=" + std::to_string(number),
      ""};
  const Answer answer = client_.send(request, Repeat::harmless);
  if (answer.response.status != 200) throw refused(answer.response);
  Page page;
  const std::string marker = message_.comment.substr(0, message_.comment.find('\n'));
  std::vector<Author> authors;
  read_answer(client_.host(), answer.response, [&](const Node& node) {
    const std::vector<Node> items = node.items();
    page.last = items.size() < static_cast<std::size_t>(comments_of_a_page);
    for (const Node& item : items) {
      Fields fields(item);
      const std::optional<Node> body = fields.optional("body");
      if (!body || !body->is_text() || !body->text().starts_with(marker)) continue;
      page.comments.push_back(comment_from(item));
      page.comments.back().body = body->text();
      authors.push_back(author_from(fields.optional("user")));
    }
  });
  // Who we are is asked only where it matters.
  for (std::size_t i = 0; i < authors.size(); ++i) page.comments[i].ours = is_ours(authors[i]);
  return page;
}

std::optional<Comment> GitHubComments::create(const std::string& body) {
  const Answer answer = client_.send({"POST", of_request(), body_of(body)}, Repeat::doubles);
  if (answer.unknown) return std::nullopt;
  if (answer.response.status != 201) throw refused(answer.response);
  return comment_in(answer.response);
}

Comment GitHubComments::update(const Comment& comment, const std::string& body) {
  const std::string path = "/repos/" + message_.project + "/issues/comments/" + std::to_string(comment.id);
  const Answer answer = client_.send({"PATCH", path, body_of(body)}, Repeat::harmless);
  if (answer.response.status != 200) throw refused(answer.response);
  return comment_in(answer.response);
}

void GitHubComments::remove(const Comment& comment) {
  const std::string path = "/repos/" + message_.project + "/issues/comments/" + std::to_string(comment.id);
  const Answer answer = client_.send({"DELETE", path, ""}, Repeat::harmless);
  // A repeated deletion finds nothing.
  if (answer.response.status != 204 && answer.response.status != 404) throw refused(answer.response);
}

}  // namespace modelgate
