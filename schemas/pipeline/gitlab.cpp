// By https://docs.gitlab.com/ci/variables/predefined_variables/.

#include "schemas/pipeline/platforms.h"
#include "schemas/pipeline/told.h"

namespace modelgate {
namespace {

using Event = Pipeline::Event;

/// Nothing where no variable says anything of a branch, tag or request.
std::optional<Event> event_by(const Variables& variable) {
  const std::string source = variable("CI_PIPELINE_SOURCE");
  // A pipeline of a merge train knows its request; what counts is that it is merged next.
  if (variable("CI_MERGE_REQUEST_EVENT_TYPE") == "merge_train") return Event::merge_queue;
  for (const char* name : {"CI_MERGE_REQUEST_IID", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
                           "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"})
    if (!variable(name).empty()) return Event::merge_request;
  if (!variable("CI_COMMIT_TAG").empty()) return Event::tag;
  if (variable("CI_COMMIT_BRANCH").empty() && variable("CI_COMMIT_REF_NAME").empty()) return std::nullopt;
  if (source == "schedule") return Event::schedule;
  return source == "web" || source == "api" || source == "trigger" ? Event::manual : Event::branch;
}

std::string first_of(const Variables& variable, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const std::string value = variable(name); !value.empty()) return value;
  return "";
}

void read_request(const Variables& variable, Pipeline& pipeline) {
  pipeline.request =
      told::number(first_of(variable, {"CI_MERGE_REQUEST_IID", "CI_EXTERNAL_PULL_REQUEST_IID"}));
  pipeline.target = told::branch(first_of(
      variable, {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"}));
  pipeline.branch = told::branch(first_of(
      variable, {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME"}));
  const std::string kind = variable("CI_MERGE_REQUEST_EVENT_TYPE");
  pipeline.merged_result = kind == "merged_result" || kind == "merge_train";
  pipeline.target_commit = told::commit(first_of(
      variable, {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA"}));
  pipeline.base_commit = told::commit(variable("CI_MERGE_REQUEST_DIFF_BASE_SHA"));
  const std::string head = told::commit(first_of(
      variable, {"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA"}));
  // GitLab tells it only where another commit is checked out.
  pipeline.head_commit = !head.empty() ? head : pipeline.merged_result ? "" : pipeline.commit;
  const std::string source = variable("CI_MERGE_REQUEST_SOURCE_PROJECT_ID"),
                    own = variable("CI_MERGE_REQUEST_PROJECT_ID");
  pipeline.fork = !source.empty() && !own.empty() && source != own;
  const std::string from = variable("CI_EXTERNAL_PULL_REQUEST_SOURCE_REPOSITORY"),
                    to = variable("CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY");
  if (!from.empty() && !to.empty() && from != to) pipeline.fork = true;
}

}  // namespace

std::optional<Pipeline> pipeline_of_gitlab(const Variables& variable) {
  const std::optional<Event> event = event_by(variable);
  if (!event && variable("GITLAB_CI").empty()) return std::nullopt;
  Pipeline pipeline;
  pipeline.platform = Pipeline::Platform::gitlab;
  pipeline.platform_name = "GitLab CI";
  pipeline.event = event.value_or(Event::unknown);
  pipeline.commit = told::commit(variable("CI_COMMIT_SHA"));
  pipeline.default_branch = told::branch(variable("CI_DEFAULT_BRANCH"));
  if (event == Event::merge_request || event == Event::merge_queue) {
    read_request(variable, pipeline);
  } else if (event == Event::tag) {
    pipeline.tag = told::tag(variable("CI_COMMIT_TAG"));
    pipeline.head_commit = pipeline.commit;
  } else if (event) {
    pipeline.branch = told::branch(first_of(variable, {"CI_COMMIT_BRANCH", "CI_COMMIT_REF_NAME"}));
    pipeline.head_commit = pipeline.commit;
  }
  // A request's pipeline runs in the fork where its author may not run one here.
  pipeline.project = told::number(first_of(variable, {"CI_MERGE_REQUEST_PROJECT_ID", "CI_PROJECT_ID"}));
  pipeline.api_url = told::word(variable("CI_API_V4_URL"));
  pipeline.server_url = told::word(variable("CI_SERVER_URL"));
  pipeline.job_url = told::word(variable("CI_JOB_URL"));
  return pipeline;
}

}  // namespace modelgate
