#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace modelgate {

/// Where the change that is judged is to go: a branch, a tag, or neither where that cannot be told.
struct Destination {
  std::string branch, tag;

  bool operator==(const Destination&) const = default;
};

/// The value of an environment variable; empty if there is none.
using Variables = std::function<std::string(const std::string& name)>;

/// GitLab's and GitHub's variables say it: the target of a merge or pull request or of a merge queue, else
/// the branch or tag of the pipeline. Outside of them it is the branch that `folder` has checked out. What is
/// no name of a branch counts as not known.
Destination destination_of(const std::filesystem::path& folder, const Variables& variables);

/// The options by which the suite is told.
std::vector<std::string> options_of(const Destination& destination);

}  // namespace modelgate
