#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace modelgate {

/// No document of ours is larger than this: ten times what a million measured values take.
inline constexpr std::uintmax_t maximum_document_bytes = 256u << 20;

/// The whole content of a regular file. Errors: kind infrastructure if it is missing, not a regular file, or
/// unreadable; kind usage if it is larger than `limit`.
std::string read_file(const std::filesystem::path& path, std::uintmax_t limit = maximum_document_bytes);

/// Replaces `path` by `content` so that a reader sees the old file or the new one, never a part: written
/// beside it, fsynced, renamed (so a link is replaced, not what it leads to). Creates missing parent folders.
/// What is not a file (/dev/stdout, a pipe with a reader) is written to as it stands. Errors: kind
/// infrastructure.
void write_file(const std::filesystem::path& path, std::string_view content);

/// Writes to stdout, checked: an Error if it could not be written (a full disk, a closed pipe).
void write_stdout(std::string_view content);

/// True when the descriptor (1 or 2) is a terminal on which colour and progress are welcome:
/// not piped, no NO_COLOR, TERM not "dumb".
bool is_lively_terminal(int descriptor);

}  // namespace modelgate
