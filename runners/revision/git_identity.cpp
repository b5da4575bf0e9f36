#include "runners/revision/git.h"
#include "runners/revision/identities.h"

namespace modelgate {
namespace {

constexpr char no_repository[] = "not a git repository";

}  // namespace

WorkingCopy git_identity(const std::filesystem::path& root) {
  const Git git(root);
  WorkingCopy copy{VersionControl::git, root, "", "", false, ""};
  const auto in_trouble = [&](const std::string& what, const Answer& answer) {
    const std::string remedy = remedy_of(answer, root);
    copy.trouble = what + ": " + answer.problem + (remedy.empty() ? "" : ". " + remedy);
    return copy;
  };
  const Answer head = git.ask({"rev-parse", "--verify", "--quiet", "HEAD"});
  if (is_full_commit(head.line())) copy.commit = head.line();
  // Before the first commit Git says nothing at all; and a folder that is merely called .git is none.
  const bool is_nothing = head.exit_code == 1 || head.errors.find(no_repository) != std::string::npos;
  if (copy.commit.empty())
    return is_nothing ? copy : in_trouble("the commit of " + root.string() + " is not known", head);
  AskingLimits limits;
  limits.bytes = 64 << 20;
  const Answer status = git.ask(
      {"status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=untracked"}, limits);
  copy.modified = !status.text.empty();
  if (!status.succeeded && !copy.modified)
    return in_trouble("it is not known whether files of " + root.string() + " are modified", status);
  return copy;
}

}  // namespace modelgate
