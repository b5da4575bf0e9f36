// By https://docs.github.com/actions/reference/workflows-and-actions/variables and the events' payloads.

#include <filesystem>

#include "schemas/documents/node.h"
#include "schemas/pipeline/platforms.h"
#include "schemas/pipeline/told.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using Event = Pipeline::Event;

constexpr std::string_view queue = "gh-readonly-queue/";

/// "gh-readonly-queue/release/2/pr-12-0a1b…" is for release/2.
std::string target_of_queue(const std::string& name) {
  const std::size_t end = name.rfind("/pr-");
  if (end == std::string::npos || end < queue.size()) return "";
  return told::branch(name.substr(queue.size(), end - queue.size()));
}

/// "12/merge", of an event that does not say into which branch the pull request goes.
bool is_of_request(const std::string& ref, const std::string& name) {
  return ref.starts_with("refs/pull/") ||
         (name.ends_with("/merge") && name.find_first_not_of("0123456789") == name.size() - 6);
}

Event event_by(const Variables& variable) {
  const std::string name = variable("GITHUB_REF_NAME"), ref = variable("GITHUB_REF"),
                    event = variable("GITHUB_EVENT_NAME");
  if (!variable("GITHUB_BASE_REF").empty()) return Event::merge_request;
  if (event == "merge_group" || name.starts_with(queue)) return Event::merge_queue;
  if (variable("GITHUB_REF_TYPE") == "tag" || ref.starts_with("refs/tags/")) return Event::tag;
  if (is_of_request(ref, name)) return Event::merge_request;
  if (event == "schedule") return Event::schedule;
  return event == "workflow_dispatch" || event == "repository_dispatch" ? Event::manual : Event::branch;
}

/// A member of members, such as pull_request.head.sha; nothing where one of them is missing.
std::optional<Node> at(const Node& root, std::initializer_list<const char*> path) {
  std::optional<Node> here = root;
  for (const char* name : path) {
    if (!here->is_object()) return std::nullopt;
    here = Fields(*here).optional(name);
    if (!here) return std::nullopt;
  }
  return here;
}

std::string text_at(const Node& root, std::initializer_list<const char*> path) {
  const auto node = at(root, path);
  return node && node->is_text() ? node->text() : "";
}

void read_event(const Node& event, Pipeline& pipeline) {
  pipeline.default_branch = told::branch(text_at(event, {"repository", "default_branch"}));
  if (const auto request = at(event, {"pull_request"}); request && request->is_object()) {
    if (const auto number = at(*request, {"number"}); number && number->is_number())
      pipeline.request = told::number(number->scalar());
    pipeline.head_commit = told::commit(text_at(*request, {"head", "sha"}));
    pipeline.target_commit = told::commit(text_at(*request, {"base", "sha"}));
    // The source's repository is null where the fork was deleted.
    pipeline.fork =
        text_at(*request, {"head", "repo", "full_name"}) != text_at(*request, {"base", "repo", "full_name"});
    if (pipeline.branch.empty()) pipeline.branch = told::branch(text_at(*request, {"head", "ref"}));
    if (pipeline.target.empty()) pipeline.target = told::branch(text_at(*request, {"base", "ref"}));
  }
  if (const auto group = at(event, {"merge_group"}); group && group->is_object()) {
    pipeline.head_commit = told::commit(text_at(*group, {"head_sha"}));
    pipeline.target_commit = told::commit(text_at(*group, {"base_sha"}));
    const std::string base = text_at(*group, {"base_ref"});
    constexpr std::string_view heads = "refs/heads/";
    if (pipeline.target.empty() && base.starts_with(heads))
      pipeline.target = told::branch(base.substr(heads.size()));
  }
}

void read_event_file(const std::string& path, Pipeline& pipeline) {
  std::error_code failure;
  if (path.empty() || !std::filesystem::is_regular_file(path, failure)) return;
  try {
    read_event(read_document(path), pipeline);
  } catch (const Error&) {
    // It only tells more of what the variables say already.
  }
}

}  // namespace

std::optional<Pipeline> pipeline_of_github(const Variables& variable) {
  const std::string name = variable("GITHUB_REF_NAME"), base = variable("GITHUB_BASE_REF");
  if (name.empty() && base.empty() && variable("GITHUB_ACTIONS") != "true") return std::nullopt;
  Pipeline pipeline;
  pipeline.platform = Pipeline::Platform::github;
  pipeline.platform_name = "GitHub Actions";
  pipeline.event = event_by(variable);
  pipeline.commit = told::commit(variable("GITHUB_SHA"));
  pipeline.project = told::word(variable("GITHUB_REPOSITORY"));
  pipeline.api_url = told::word(variable("GITHUB_API_URL"));
  pipeline.server_url = told::word(variable("GITHUB_SERVER_URL"));
  const std::string run = told::number(variable("GITHUB_RUN_ID"));
  if (!run.empty() && !pipeline.server_url.empty() && !pipeline.project.empty())
    pipeline.job_url = pipeline.server_url + "/" + pipeline.project + "/actions/runs/" + run;
  switch (pipeline.event) {
    case Event::merge_request:
      pipeline.branch = told::branch(variable("GITHUB_HEAD_REF"));
      pipeline.target = told::branch(base);
      // pull_request_target and its like check out the target.
      pipeline.merged_result = is_of_request(variable("GITHUB_REF"), name);
      if (pipeline.merged_result) pipeline.request = told::number(name.substr(0, name.find('/')));
      break;
    case Event::merge_queue:
      pipeline.target = target_of_queue(name);
      pipeline.merged_result = true;
      break;
    case Event::tag:
      pipeline.tag = told::tag(name);
      break;
    default:
      pipeline.branch = told::branch(name);
  }
  read_event_file(variable("GITHUB_EVENT_PATH"), pipeline);
  if (pipeline.head_commit.empty() && pipeline.event != Event::merge_request)
    pipeline.head_commit = pipeline.commit;
  return pipeline;
}

}  // namespace modelgate
