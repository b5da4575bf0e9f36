#include "runners/plan/destination.h"

#include "runners/revision/working_copy.h"

namespace modelgate {
namespace fs = std::filesystem;

Destination destination_of(const fs::path& folder, const Pipeline& pipeline) {
  using Event = Pipeline::Event;
  switch (pipeline.event) {
    case Event::tag:
      return {"", pipeline.tag};
    case Event::merge_request:
    case Event::merge_queue:
      return {pipeline.target, ""};
    case Event::branch:
    case Event::schedule:
    case Event::manual:
      return {pipeline.branch, ""};
    case Event::unknown:
      break;
  }
  return {current_branch(folder), ""};
}

std::vector<std::string> options_of(const Destination& destination) {
  if (!destination.tag.empty()) return {"--tag=" + destination.tag};
  if (!destination.branch.empty()) return {"--branch=" + destination.branch};
  return {};
}

PipelineRecord record_of(const Pipeline& pipeline, const fs::path& folder) {
  PipelineRecord record;
  record.platform = pipeline.platform_name;
  record.event = name_of(pipeline.event);
  record.fork = pipeline.fork;
  record.merged_result = pipeline.merged_result;
  record.branch = pipeline.branch;
  record.target = pipeline.target;
  record.tag = pipeline.tag;
  record.commit = pipeline.commit;
  record.head_commit = pipeline.head_commit;
  record.target_commit = pipeline.target_commit;
  record.request = pipeline.request;
  record.job_url = pipeline.job_url;
  if (pipeline.event == Pipeline::Event::unknown) {
    record.branch = current_branch(folder);
    record.detached = is_detached(folder);
  }
  return record;
}

}  // namespace modelgate
