#pragma once

#include <cstddef>
#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// GitHub shows so many annotations of a kind and step, and so many characters of each.
inline constexpr std::size_t most_annotations_of_a_kind = 10, longest_annotation = 4096;

/// The verdict as GitHub's workflow commands, a line each: ::error for what failed, erred or blocks because
/// it cannot be decided, ::warning for what is undecided and does not block, waived or flaky. The first line
/// is the verdict itself (::notice if it passes); where there are more of a kind than GitHub shows, the last
/// one counts them. Everything that comes from the document is escaped, so that no line of it is a command of
/// its own. Files are told relative to `root`.
std::string workflow_commands(const Verdict& verdict, const std::string& root);

}  // namespace modelgate
