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

constexpr AskingLimits listing_limits{std::chrono::seconds(30), 256u << 20};

// Names on one command line.
constexpr std::size_t at_once = 100;

/// Git's list of files: "MODE … OBJECT\tPATH", a zero byte after each.
std::map<std::string, std::string> files_in(const std::string& listed, const fs::path& root) {
  std::map<std::string, std::string> files;
  for (std::string_view rest = listed; !rest.empty();) {
    const std::string_view entry = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
    const std::size_t tab = entry.find('\t');
    if (tab == std::string_view::npos)
      throw infrastructure_error(root.string(), "Git lists files in an unknown way");
    files.emplace(entry.substr(tab + 1), entry.substr(0, tab));
  }
  return files;
}

/// `git WORDS -- PATHS`, with so many of the paths at a time as go on a command line.
std::string listed_for(const fs::path& root, const std::vector<std::string>& words,
                       const std::vector<std::string>& paths, const std::string& what) {
  std::string all;
  for (std::size_t begin = 0; begin < paths.size(); begin += at_once) {
    std::vector<std::string> command = words;
    command.emplace_back("--");
    for (std::size_t i = begin; i < std::min(begin + at_once, paths.size()); ++i) command.push_back(paths[i]);
    all += Git(root).require(command, what, listing_limits);
  }
  return all;
}

/// Where a path leads, relative to the top folder; empty where that is outside.
std::string within(const fs::path& root, const fs::path& path) {
  const fs::path relative = path.lexically_normal().lexically_relative(root);
  return relative.empty() || *relative.begin() == ".." ? "" : relative.generic_string();
}

bool holds_ignored(const fs::path& root, const std::vector<std::string>& paths) {
  return !listed_for(root, {"ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"},
                     paths, "the ignored files cannot be listed")
              .empty();
}

}  // namespace

bool is_link(const std::string& known) { return known.starts_with("120000 "); }

std::map<std::string, std::string> files_of_head(const fs::path& root) {
  return files_in(Git(root).require({"ls-tree", "-r", "-z", "--full-tree", "HEAD"},
                                    "the files of HEAD cannot be listed", listing_limits),
                  root);
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
  for (std::size_t begin = 0; begin < regular.size(); begin += at_once) {
    const std::size_t end = std::min(begin + at_once, regular.size());
    std::vector<std::string> words = {"hash-object", "--"};
    words.insert(words.end(), regular.begin() + static_cast<std::ptrdiff_t>(begin),
                 regular.begin() + static_cast<std::ptrdiff_t>(end));
    std::istringstream objects(Git(root).require(words, "changed files cannot be read",
                                                 {std::chrono::seconds(60), listing_limits.bytes}));
    std::string object;
    for (std::size_t i = begin; i < end && std::getline(objects, object); ++i) {
      const auto executable = fs::status(root / regular[i]).permissions() & fs::perms::owner_exec;
      known[regular[i]] = (executable != fs::perms::none ? "100755 blob " : "100644 blob ") + object;
    }
  }
  return known;
}

bool lead_out_of_sight(const fs::path& root, const std::vector<std::string>& links) {
  const fs::path real_root = fs::canonical(root);
  std::vector<std::string> targets;
  for (const std::string& link : links) {
    std::error_code failure;
    targets.push_back(within(real_root, fs::weakly_canonical(root / link, failure)));
    if (failure || targets.back().empty()) return true;
  }
  return holds_ignored(root, targets);
}

bool is_unseen(const fs::path& root, const fs::path& path) {
  const std::string named = within(root, path);
  const std::string real = within(fs::canonical(root), fs::weakly_canonical(path));
  if (named.empty() || real.empty() || holds_ignored(root, {real})) return true;
  std::vector<std::string> links;
  const std::string listed =
      listed_for(root, {"ls-files", "--stage", "-z"}, {named, real}, "the files cannot be listed");
  for (const auto& [file, known] : files_in(listed, root))
    if (is_link(known)) links.push_back(file);
  return lead_out_of_sight(root, links);
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
