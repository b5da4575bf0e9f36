#pragma once

#include <cstddef>
#include <string>

namespace modelgate {

/// GitHub takes comments of 65,536 characters; bytes are never fewer than characters. GitLab takes more.
inline constexpr std::size_t most_comment_bytes = 65'000;

/// The hidden first line by which a comment is found again; another one for each name: "modelgate".
std::string comment_marker(const std::string& name);

/// Markdown of at most so many bytes: whole where it fits, else cut where a block ends (between paragraphs,
/// or at least between lines; what is open there, a fold or a block of code, is closed), with a last line
/// that says how much is missing.
std::string cut_markdown(const std::string& markdown, std::size_t most_bytes);

/// Text that others may have written, so that no line of it commands anything: control characters and what
/// turns the direction of a line are shown as escapes, and a "/" at the beginning of a line becomes an
/// entity, because GitLab (quick actions) and bots obey such lines with the rights of who posts them.
std::string harmless_markdown(const std::string& markdown);

/// The whole comment: marker, text, footer; of at most most_comment_bytes.
std::string comment_body(const std::string& name, const std::string& markdown, const std::string& footer);

}  // namespace modelgate
