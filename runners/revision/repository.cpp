#include "runners/revision/repository.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "runners/revision/asking.h"
#include "runners/revision/git.h"
#include "runners/revision/working_copy.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 256u << 20;

}  // namespace

std::map<std::string, std::string> files_of_head(const fs::path& root) {
  const std::string listed =
      Git(root).require({"ls-tree", "-r", "-z", "--full-tree", "HEAD"}, "the files of HEAD cannot be listed",
                        {std::chrono::seconds(30), most_bytes});
  std::map<std::string, std::string> files;
  for (std::string_view rest = listed; !rest.empty();) {
    const std::string_view entry = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
    const std::size_t tab = entry.find('\t');
    if (tab == std::string_view::npos)
      throw infrastructure_error(root.string(), "Git lists the files of HEAD in an unknown way");
    files.emplace(entry.substr(tab + 1), entry.substr(0, tab));
  }
  return files;
}

std::map<std::string, std::string> files_as_they_are(const fs::path& root,
                                                     const std::vector<std::string>& files) {
  std::map<std::string, std::string> known;
  std::vector<std::string> regular;
  for (const std::string& file : files) {
    std::error_code failure;
    const fs::file_status status = fs::symlink_status(root / file, failure);
    if (status.type() == fs::file_type::not_found) continue;
    known[file] = "";
    if (status.type() == fs::file_type::regular) regular.push_back(file);
  }
  constexpr std::size_t at_once = 100;
  for (std::size_t begin = 0; begin < regular.size(); begin += at_once) {
    const std::size_t end = std::min(begin + at_once, regular.size());
    std::vector<std::string> words = {"hash-object", "--"};
    words.insert(words.end(), regular.begin() + static_cast<std::ptrdiff_t>(begin),
                 regular.begin() + static_cast<std::ptrdiff_t>(end));
    std::istringstream objects(
        Git(root).require(words, "changed files cannot be read", {std::chrono::seconds(60), most_bytes}));
    std::string object;
    for (std::size_t i = begin; i < end && std::getline(objects, object); ++i) {
      const auto executable = fs::status(root / regular[i]).permissions() & fs::perms::owner_exec;
      known[regular[i]] = (executable != fs::perms::none ? "100755 blob " : "100644 blob ") + object;
    }
  }
  return known;
}

namespace {

/// Where a path leads, relative to the top folder; empty where that is outside.
fs::path within(const fs::path& root, const fs::path& path) {
  const fs::path relative = path.lexically_normal().lexically_relative(root);
  return relative.empty() || *relative.begin() == ".." ? fs::path() : relative;
}

bool holds_ignored(const fs::path& root, const fs::path& relative) {
  return !Git(root)
              .require({"ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z", "--",
                        relative.generic_string()},
                       "the ignored files cannot be listed", {std::chrono::seconds(30), most_bytes})
              .empty();
}

/// Whether Git says nothing of changes where the links lead that it has at or below a path.
bool has_links_to_unseen(const fs::path& root, const fs::path& relative) {
  const std::string listed =
      Git(root).require({"ls-files", "--stage", "-z", "--", relative.generic_string()},
                        "the files cannot be listed", {std::chrono::seconds(30), most_bytes});
  const fs::path real_root = fs::canonical(root);
  for (std::string_view rest = listed; !rest.empty();) {
    const std::string_view entry = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
    const std::size_t tab = entry.find('\t');
    if (!entry.starts_with("120000 ") || tab == std::string_view::npos) continue;
    std::error_code failure;
    const fs::path target = within(real_root, fs::weakly_canonical(root / entry.substr(tab + 1), failure));
    if (failure || target.empty() || holds_ignored(root, target)) return true;
  }
  return false;
}

}  // namespace

bool is_unseen(const fs::path& root, const fs::path& path) {
  const fs::path named = within(root, path);
  const fs::path real = within(fs::canonical(root), fs::weakly_canonical(path));
  if (named.empty() || real.empty()) return true;
  return holds_ignored(root, real) || has_links_to_unseen(root, named) ||
         (real != named && has_links_to_unseen(root, real));
}

std::string commit_meant(const fs::path& root, const std::string& object) {
  return is_full_commit(object) ? Git(root).commit(object) : "";
}

std::string commit_at_head(const fs::path& root) {
  const std::string commit = Git(root).commit("HEAD");
  if (commit.empty()) throw infrastructure_error(root.string(), "has no commit yet");
  return commit;
}

fs::path hooks_folder(const fs::path& root) {
  // Not by Git(root), which runs no hooks and says so to Git.
  const Answer answer = ask({"git", "rev-parse", "--git-path", "hooks"}, root, {}, {});
  if (!answer.succeeded || answer.line().empty())
    throw infrastructure_error(root.string(), "Git does not say where its hooks lie: " + answer.problem);
  return (root / answer.line()).lexically_normal();
}

}  // namespace modelgate
