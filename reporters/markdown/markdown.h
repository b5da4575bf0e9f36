#pragma once

#include <cstddef>
#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// GitHub refuses comments of more than 65,536 characters.
inline constexpr std::size_t most_markdown_bytes = 60'000;

/// The verdict as a summary for merge requests and job pages, in the Markdown that GitHub and GitLab share:
/// the decision, what does not simply pass, what is better, and the rest folded. What would make it longer
/// than most_markdown_bytes is left out and counted. Its first line is a hidden marker by which a bot finds
/// its comment.
std::string markdown_summary(const Verdict& verdict);

}  // namespace modelgate
