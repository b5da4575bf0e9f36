#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// GitHub takes 50 annotations a request; more than this nobody reads.
inline constexpr std::size_t annotations_of_a_request = 50, most_annotations = 200;

/// A note beside a line of a file of the repository.
struct Annotation {
  std::string path;  ///< From the repository's root.
  std::int64_t line = 1;
  std::string level;  ///< "failure", "warning".
  std::string title, message;
};

/// What can be shown beside a line: the checks that do not simply pass and say where in the source they
/// stand, the most urgent first, at most `most`. A path is taken if it leads into the repository: relative,
/// or below `root`, where the repository lay when the verdict was made.
std::vector<Annotation> annotations_of(const Verdict& verdict, const std::string& root,
                                       std::size_t most = most_annotations);

}  // namespace modelgate
