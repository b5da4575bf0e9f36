#include "reporters/gitlab/gitlab.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "reporters/gitlab/notes.h"
#include "reporters/posting/address.h"
#include "reporters/posting/comment_text.h"
#include "reporters/posting/server_words.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_text = 255;

bool is_segment(const std::string& text) {
  return !text.empty() && text != "." && text != ".." && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_' || c == '+';
  });
}

/// "" where it is missing or null.
std::string text_in(Fields& fields, const std::string& key) {
  const std::optional<Node> node = fields.optional(key);
  return node && node->is_text() ? node->text() : "";
}

}  // namespace

bool is_gitlab_project(const std::string& text) {
  if (text.empty() || text.size() > 1000) return false;
  if (text.find_first_not_of("0123456789") == std::string::npos) return true;
  std::size_t segments = 0;
  for (std::size_t begin = 0; begin <= text.size(); ++segments) {
    const std::size_t end = std::min(text.find('/', begin), text.size());
    if (!is_segment(text.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return segments >= 2;
}

std::string gitlab_project(const Message& message) { return "/projects/" + percent_encoded(message.project); }

Error gitlab_refusal(const Client& client, const Response& response, bool fork) {
  std::string hint;
  if (response.status == 401)
    hint = "The token is not valid, or no longer, or of another GitLab.";
  else if ((response.status == 403 || response.status == 404) && fork)
    hint =
        "A merge request of a fork runs in the fork's project, with its tokens: its verdict is the job's "
        "exit "
        "code and report. Run the pipeline in the parent project to have it commented on.";
  else if (response.status == 403)
    hint =
        "The token wants the scope 'api', and its user the role Developer in the project; on a protected "
        "branch, one that may push to it.";
  else if (response.status == 404)
    hint =
        "The project, commit or merge request is not there, or the token may not see it (scope 'api', role "
        "Developer).";
  return refusal(client.host(), response, hint);
}

Posted GitLab::status() {
  // Where the exit code is not 0 the status is failed; GitLab knows no third that blocks.
  nlohmann::ordered_json body = {
      {"state", message_.announcement.succeeds() ? "success" : "failed"},
      {"name", message_.name},
      {"description", within_characters(message_.announcement.text, longest_text)}};
  if (!message_.target_url.empty() && message_.target_url.size() <= longest_text)
    body["target_url"] = message_.target_url;
  if (!message_.ref.empty()) body["ref"] = message_.ref;
  if (!pipeline_.empty()) {
    std::int64_t number = 0;
    std::from_chars(pipeline_.data(), pipeline_.data() + pipeline_.size(), number);
    body["pipeline_id"] = number;
  }
  const Request request{"POST", gitlab_project(message_) + "/statuses/" + message_.commit,
                        body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), true};
  const Answer answer = client_.send(request, Repeat::harmless);
  if (answer.response.status != 201 && answer.response.status != 200)
    throw gitlab_refusal(client_, answer.response, message_.fork);
  return {Posted::How::posted, message_.target_url, body["state"]};
}

Posted GitLab::comment() {
  if (message_.request.empty()) return {Posted::How::skipped, "", "there is no merge request to comment on"};
  const Answer answer = client_.send(
      {"GET", gitlab_project(message_) + "/merge_requests/" + message_.request, ""}, Repeat::harmless);
  if (answer.response.status != 200) throw gitlab_refusal(client_, answer.response, message_.fork);
  std::string commit, page;
  read_answer(client_.host(), answer.response, [&](const Node& node) {
    Fields fields(node);
    commit = text_in(fields, "sha");
    page = page_address(text_in(fields, "web_url"));
  });
  // A run that was overtaken must not overwrite what the newer one said.
  if (!commit.empty() && commit != message_.commit)
    return {Posted::How::skipped, "",
            "merge request " + message_.request + " does not stand at this commit, or no longer"};
  GitLabNotes board(client_, message_, page);
  return post_sticky_comment(board, comment_marker(message_.name), message_.comment);
}

}  // namespace modelgate
