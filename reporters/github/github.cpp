#include "reporters/github/github.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "reporters/github/comments.h"
#include "reporters/posting/comment_text.h"
#include "reporters/posting/server_words.h"

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_description = 140;

std::string state_of(const Announcement& announcement) {
  if (announcement.succeeds()) return "success";
  return announcement.status == Status::error ? "error" : "failure";
}

bool is_name(const std::string& text) {
  return !text.empty() && text != "." && text != ".." && text.size() <= 100 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_';
         });
}

std::string in_lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

bool is_github_project(const std::string& text) {
  const std::size_t slash = text.find('/');
  return slash != std::string::npos && is_name(text.substr(0, slash)) && is_name(text.substr(slash + 1));
}

Error github_refusal(const Client& client, const Response& response, const std::string& permission,
                     bool fork) {
  std::string hint;
  if (response.status == 401)
    hint = "The token is not valid, or no longer.";
  else if ((response.status == 403 || response.status == 404) && fork)
    hint =
        "A pull request of a fork has a token that may only read, by design: its verdict is the job's exit "
        "code and summary. Comments are written by a second workflow on workflow_run, with --from-artifact.";
  else if (response.status == 403)
    hint = "The token wants 'permissions: " + permission +
           "' in the workflow. That of a fork's pull request may only read: comment from a workflow on "
           "workflow_run, with --from-artifact.";
  else if (response.status == 404)
    hint = "The repository, commit or pull request is not there, or the token may not see it (" + permission +
           "; a fork's may only read: comment from a workflow on workflow_run).";
  return refusal(client.host(), response, hint);
}

Posted GitHub::status() {
  Json body = {{"state", state_of(message_.announcement)},
               {"context", message_.name},
               {"description", within_characters(message_.announcement.text, longest_description)}};
  if (!message_.target_url.empty()) body["target_url"] = message_.target_url;
  const Request request{"POST", repository() + "/statuses/" + message_.commit,
                        body.dump(-1, ' ', false, Json::error_handler_t::replace)};
  const Answer answer = client_.send(request, Repeat::harmless);
  if (answer.response.status != 201)
    throw github_refusal(client_, answer.response, "statuses: write", message_.fork);
  return {Posted::How::posted, message_.target_url, body["state"]};
}

bool GitHub::stands_at_commit() {
  const Answer answer =
      client_.send({"GET", repository() + "/pulls/" + message_.request, ""}, Repeat::harmless);
  if (answer.response.status != 200)
    throw github_refusal(client_, answer.response, "pull-requests: write", message_.fork);
  std::string commit;
  read_answer(client_.host(), answer.response,
              [&](const Node& node) { commit = Fields(Fields(node).required("head")).text("sha"); });
  return in_lower_case(commit) == in_lower_case(message_.commit);
}

Posted GitHub::comment() {
  if (message_.request.empty()) return {Posted::How::skipped, "", "there is no pull request to comment on"};
  // A run that was overtaken must not overwrite what the newer one said; and the number of a request that an
  // artifact names is believed only with a commit that the event names.
  if (!stands_at_commit())
    return {Posted::How::skipped, "",
            "pull request " + message_.request + " does not stand at this commit, or no longer"};
  GitHubComments board(client_, message_);
  return post_sticky_comment(board, comment_marker(message_.name), message_.comment);
}

}  // namespace modelgate
