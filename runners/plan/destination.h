#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "schemas/documents/pipeline_record.h"
#include "schemas/pipeline/pipeline.h"

namespace modelgate {

/// Where the change that is judged is to go: a branch, a tag, or neither where that cannot be told.
struct Destination {
  std::string branch, tag;

  bool operator==(const Destination&) const = default;
};

/// The target of a merge or pull request or of a merge queue, else the branch or tag of the pipeline. Where
/// the pipeline tells of none it is the branch that `folder` has checked out. What is no name of a branch
/// counts as not known.
Destination destination_of(const std::filesystem::path& folder, const Pipeline& pipeline);

/// The options by which the suite is told.
std::vector<std::string> options_of(const Destination& destination);

/// What the verdict tells of the pipeline; where none tells of a branch, tag or request, as on a developer's
/// machine, the branch that `folder` has checked out, or that it has none.
PipelineRecord record_of(const Pipeline& pipeline, const std::filesystem::path& folder);

}  // namespace modelgate
