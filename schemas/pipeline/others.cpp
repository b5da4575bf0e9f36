// Systems that a team may use with our exit codes and JUnit alone. What they tell decides whether a release
// branch is meant, and names the place in the verdict.

#include <algorithm>

#include "schemas/pipeline/platforms.h"
#include "schemas/pipeline/told.h"

namespace modelgate {
namespace {

/// The names of one system's variables; "" where it has none for that.
struct System {
  const char* name;
  const char* sign;  // a variable that only it sets
  const char *branch, *source, *target, *tag, *commit, *request, *url;
};

constexpr System systems[] = {
    // https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables, multibranch
    {"Jenkins", "JENKINS_URL", "BRANCH_NAME", "CHANGE_BRANCH", "CHANGE_TARGET", "TAG_NAME", "GIT_COMMIT",
     "CHANGE_ID", "BUILD_URL"},
    // https://learn.microsoft.com/azure/devops/pipelines/build/variables
    {"Azure Pipelines", "TF_BUILD", "BUILD_SOURCEBRANCH", "SYSTEM_PULLREQUEST_SOURCEBRANCH",
     "SYSTEM_PULLREQUEST_TARGETBRANCH", "", "BUILD_SOURCEVERSION", "SYSTEM_PULLREQUEST_PULLREQUESTID", ""},
    // https://circleci.com/docs/reference/variables/; it does not tell where a pull request goes
    {"CircleCI", "CIRCLECI", "CIRCLE_BRANCH", "", "", "CIRCLE_TAG", "CIRCLE_SHA1", "", "CIRCLE_BUILD_URL"},
    // https://buildkite.com/docs/pipelines/configure/environment-variables
    {"Buildkite", "BUILDKITE", "BUILDKITE_BRANCH", "", "BUILDKITE_PULL_REQUEST_BASE_BRANCH", "BUILDKITE_TAG",
     "BUILDKITE_COMMIT", "BUILDKITE_PULL_REQUEST", "BUILDKITE_BUILD_URL"},
    // https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
    {"Bitbucket Pipelines", "BITBUCKET_BUILD_NUMBER", "BITBUCKET_BRANCH", "",
     "BITBUCKET_PR_DESTINATION_BRANCH", "BITBUCKET_TAG", "BITBUCKET_COMMIT", "BITBUCKET_PR_ID", ""},
};

std::string without(const std::string& text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

}  // namespace

std::optional<Pipeline> pipeline_of_others(const Variables& variable) {
  const auto system = std::find_if(std::begin(systems), std::end(systems),
                                   [&](const System& one) { return !variable(one.sign).empty(); });
  if (system == std::end(systems)) return std::nullopt;
  const auto value = [&](const char* name) { return *name == '\0' ? std::string() : variable(name); };
  const auto branch = [&](const char* name) { return told::branch(without(value(name), "refs/heads/")); };
  Pipeline pipeline;
  pipeline.platform = Pipeline::Platform::other;
  pipeline.platform_name = system->name;
  pipeline.commit = told::commit(value(system->commit));
  pipeline.head_commit = pipeline.commit;
  pipeline.job_url = told::word(value(system->url));
  pipeline.request = told::number(value(system->request));  // "false" is none
  std::string tag = value(system->tag);
  constexpr std::string_view tags = "refs/tags/";
  if (const std::string ref = value(system->branch); tag.empty() && ref.starts_with(tags))
    tag = ref.substr(tags.size());
  if (!tag.empty()) {
    pipeline.event = Pipeline::Event::tag;
    pipeline.tag = told::tag(tag);
  } else if (!pipeline.request.empty() || !value(system->target).empty()) {
    pipeline.event = Pipeline::Event::merge_request;
    pipeline.target = branch(system->target);
    pipeline.branch = branch(system->source);
  } else if (pipeline.branch = branch(system->branch); !pipeline.branch.empty()) {
    pipeline.event = Pipeline::Event::branch;
  }
  return pipeline;
}

}  // namespace modelgate
