#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace modelgate {

/// The files of HEAD with what Git knows them by (mode, kind and object), by path relative to `root`, the top
/// folder of the working copy. Errors: kind infrastructure if Git does not answer, or there are more than
/// 256 MiB of names.
std::map<std::string, std::string> files_of_head(const std::filesystem::path& root);

/// What Git would know these files by if they were committed as they are, likewise; of a file that is gone
/// nothing, of anything but a regular file an empty text. Errors: as above.
std::map<std::string, std::string> files_as_they_are(const std::filesystem::path& root,
                                                     const std::vector<std::string>& files);

/// Whether that is what Git knows a symbolic link by.
bool is_link(const std::string& known);

/// Whether one of the links (paths relative to `root`) leads out of the working copy, or to what Git is told
/// to ignore. Errors: as above.
bool lead_out_of_sight(const std::filesystem::path& root, const std::vector<std::string>& links);

/// Whether the file, or one in the folder, is there and Git is told to ignore it, so that it says nothing of
/// its changes; true as well for what lies outside of the working copy, and for a link that leads to either.
/// Errors: as above.
bool is_unseen(const std::filesystem::path& root, const std::filesystem::path& path);

/// The commit that an object in full is, or that an annotated tag names; empty if there is none here.
std::string commit_meant(const std::filesystem::path& root, const std::string& object);

/// The commit that is checked out, in full. Errors: kind infrastructure, if there is none, too.
std::string commit_at_head(const std::filesystem::path& root);

/// Where hooks lie: .git/hooks, or what core.hooksPath says. Errors: kind infrastructure.
std::filesystem::path hooks_folder(const std::filesystem::path& root);

}  // namespace modelgate
