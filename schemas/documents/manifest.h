#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/node.h"

namespace modelgate {

/// One file of a release.
struct FileEntry {
  std::string path;    ///< Relative to the folder, '/' between parts; never absolute, never "..".
  std::string digest;  ///< "sha256:" and 64 hexadecimal digits.
  std::int64_t bytes = 0;
  bool executable = false;

  bool operator==(const FileEntry&) const = default;
};

/// The verdict that let a release through.
struct ReleasedBy {
  std::string verdict_digest;  ///< Of the verdict document, which the store keeps as an object.
  bool first_release = false;  ///< There was no baseline to compare with.
  std::string baseline;        ///< The version it was compared with; empty for a first release.

  bool operator==(const ReleasedBy&) const = default;
};

/// What was saved or released.
struct Manifest {
  std::string name;                    ///< Of the model; may be empty.
  std::string version;                 ///< "v1.0.0"
  std::string commit;                  ///< May be empty.
  std::string created;                 ///< UTC.
  std::string digest;                  ///< Of the whole folder: digest_of(files).
  std::vector<FileEntry> files;        ///< Sorted by path.
  std::optional<ReleasedBy> released;  ///< Absent: saved, but not released.

  bool operator==(const Manifest&) const = default;
};

/// Reads and checks a manifest. Refuses paths that leave the folder, unsorted or duplicate paths, malformed
/// digests, and a `digest` that is not that of the files. Errors: kind usage with the place.
Manifest manifest_from(const Node& document);
Manifest read_manifest(const std::filesystem::path& path);
std::string to_json(const Manifest& manifest);

/// "sha256:…" of bytes, and of a file (streamed).
std::string digest_of_bytes(std::string_view bytes);
std::string digest_of_file(const std::filesystem::path& path);

/// Every regular file below the folder, hashed, sorted by path. Errors: not a folder, empty, a link that
/// leads out of the folder, a special file, a name that is not printable UTF-8.
std::vector<FileEntry> list_files(const std::filesystem::path& folder);

/// The same without reading the files: their digests are empty.
std::vector<FileEntry> find_files(const std::filesystem::path& folder);

/// The identity of a folder: "sha256:" over path, executable bit and digest of every entry, in order.
std::string digest_of(const std::vector<FileEntry>& files);

/// True for a name that is safe as a version or a file name: letters, digits, '.', '_', '+', '-', at most
/// 100, not beginning with '.' or '-'.
bool is_safe_name(const std::string& name);

}  // namespace modelgate
