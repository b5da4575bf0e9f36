#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace modelgate {

/// "-", which stands for standard input where a program says that it takes that.
bool is_standard_input(const std::filesystem::path& path);

/// What messages call the file: its path, or "standard input".
std::string input_name(const std::filesystem::path& path);

/// Where the file can be opened, any number of times: the path itself. What comes on standard input is kept,
/// at the first call, in a file without a name in TMPDIR (or /tmp), which is gone with the process; a file
/// that was redirected is taken as it stands. Errors: kind infrastructure if it cannot be read or kept; kind
/// usage if it is larger than 64 GiB.
std::filesystem::path readable_path(const std::filesystem::path& path);

/// Keeps what the descriptor gives, up to `limit` bytes; for standard input and for tests of that. The path
/// is valid as long as the process lives.
std::filesystem::path kept_input(int descriptor, std::uint64_t limit);

}  // namespace modelgate
