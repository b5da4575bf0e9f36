#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace modelgate {

// A verdict holds names and messages of other people's programs, and a merge request's comment is read by
// people whom "@everyone" would call and a link would lead away. So nothing that comes from a document is
// markup there.

/// The text in one line of GitHub's and GitLab's Markdown, also within a table: every character that could be
/// markup as an entity, and mentions, references (#1, !1, GH-1), links and addresses broken by a zero-width
/// space. What would take more than `most_bytes` as it is written ends in "…".
std::string markdown_text(std::string_view text, std::size_t most_bytes = std::string::npos);

/// The same within <code>…</code>, for names.
std::string markdown_code(std::string_view text, std::size_t most_bytes = std::string::npos);

/// Lines within <pre>…</pre>: at most `most_lines`, of so many columns each; the rest is counted.
std::string markdown_block(std::string_view text, std::size_t most_lines, std::size_t most_columns);

}  // namespace modelgate
