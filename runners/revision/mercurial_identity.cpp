#include <algorithm>
#include <sstream>

#include "runners/revision/asking.h"
#include "runners/revision/identities.h"

namespace modelgate {

WorkingCopy mercurial_identity(const std::filesystem::path& root) {
  WorkingCopy copy{VersionControl::mercurial, root, "", "", false, ""};
  // HGPLAIN: no aliases, colours and translations of the user's.
  const Answer answer =
      ask({"hg", "--noninteractive", "identify", "--template", "{parents % '{node} '}\n{dirty}\n"}, root,
          {{"HGPLAIN", "1"}, {"HGENCODING", "utf-8"}}, {});
  std::istringstream lines(answer.text);
  std::string parents, dirty;
  std::getline(lines, parents);
  std::getline(lines, dirty);
  if (!answer.succeeded) {
    copy.trouble = "the commit of " + root.string() + " is not known: " + answer.problem +
                   (answer.is_missing ? ". Install mercurial, or put hg into PATH." : "");
    return copy;
  }
  const std::string first = parents.substr(0, parents.find(' '));
  // All zeros: there is no commit yet.
  if (is_full_commit(first) && first.find_first_not_of('0') != std::string::npos) copy.commit = first;
  // Two parents: a merge that is not committed.
  copy.modified = !dirty.empty() || std::count(parents.begin(), parents.end(), ' ') > 1;
  return copy;
}

}  // namespace modelgate
