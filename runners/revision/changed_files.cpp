#include "runners/revision/changed_files.h"

#include <algorithm>
#include <set>

#include "runners/revision/git.h"
#include "runners/revision/working_copy.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// Parts that end in a zero byte each. Errors: kind infrastructure if the last does not.
std::vector<std::string> parts_of(const std::string& text, const fs::path& root) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\0', begin);
    if (end == std::string::npos || end == begin)
      throw infrastructure_error(root.string(), "Git's list of files is malformed");
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// Of `git ls-files -v`: a letter, a blank and the name. Small letters mark files that are assumed not to
/// change, 'S' those that are left out of the working tree: Git does not look at either.
bool is_not_looked_at(const std::string& entry) {
  return entry.size() > 2 && entry[1] == ' ' && (entry[0] == 'S' || (entry[0] >= 'a' && entry[0] <= 'z'));
}

}  // namespace

std::vector<std::string> changed_files(const fs::path& root, const std::string& base) {
  if (!is_full_commit(base))
    throw infrastructure_error(root.string(), "what changed since '" + base.substr(0, 80) +
                                                  "' cannot be told: that is no commit in full");
  const Git git(root);
  AskingLimits limits;
  limits.time = std::chrono::seconds(120);
  limits.bytes = 256 << 20;
  const auto names = [&](const std::vector<std::string>& words) {
    return parts_of(
        git.require(words, "what changed since " + base.substr(0, 12) + " cannot be told", limits), root);
  };
  git.require({"cat-file", "-e", base + "^{commit}"},
              "what changed since " + base.substr(0, 12) + " cannot be told");
  std::set<std::string> files;
  // Without a search for renames the old name is there as removed and the new one as added.
  for (const char* side : {"--no-relative", "--cached"})  // the working tree; what is staged
    for (std::string& name : names({"diff", "--name-only", "-z", "--no-renames", "--no-ext-diff",
                                    "--ignore-submodules=none", side, base, "--"}))
      files.insert(std::move(name));
  for (std::string& name : names({"ls-files", "--others", "--exclude-standard", "-z"}))
    files.insert(std::move(name));
  for (const std::string& entry : names({"ls-files", "-v", "-z"})) {
    if (!is_not_looked_at(entry)) continue;
    std::error_code failure;
    const std::string name = entry.substr(2);
    if (fs::exists(fs::symlink_status(root / name, failure))) files.insert(name);
  }
  return {files.begin(), files.end()};
}

}  // namespace modelgate
