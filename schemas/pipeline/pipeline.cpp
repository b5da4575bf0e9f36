#include "schemas/pipeline/pipeline.h"

#include <cstdlib>

#include "schemas/pipeline/platforms.h"

namespace modelgate {

std::string name_of(Pipeline::Event event) {
  switch (event) {
    case Pipeline::Event::branch:
      return "branch";
    case Pipeline::Event::tag:
      return "tag";
    case Pipeline::Event::merge_request:
      return "merge request";
    case Pipeline::Event::merge_queue:
      return "merge queue";
    case Pipeline::Event::schedule:
      return "schedule";
    case Pipeline::Event::manual:
      return "manual";
    case Pipeline::Event::unknown:
      break;
  }
  return "";
}

Pipeline pipeline_of(const Variables& variable) {
  const bool on_github = variable("GITHUB_ACTIONS") == "true" && variable("GITLAB_CI").empty();
  if (const auto first = on_github ? pipeline_of_github(variable) : pipeline_of_gitlab(variable))
    return *first;
  // A runner of one that is started by the other hands its variables on.
  if (const auto second = on_github ? pipeline_of_gitlab(variable) : pipeline_of_github(variable))
    return *second;
  return pipeline_of_others(variable).value_or(Pipeline{});
}

std::string environment_variable(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

}  // namespace modelgate
