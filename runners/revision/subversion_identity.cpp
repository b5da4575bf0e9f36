#include <algorithm>
#include <map>
#include <sstream>

#include "runners/revision/asking.h"
#include "runners/revision/identities.h"
#include "runners/revision/percent.h"
#include "schemas/documents/branch_name.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

std::string trouble_of(const std::string& what, const Answer& answer) {
  return what + ": " + answer.problem +
         (answer.is_missing ? ". Install subversion, or put svn and svnversion into PATH." : "");
}

/// "Relative URL: ^/trunk" and so on. Empty if svn does not answer.
std::map<std::string, std::string> info_of(const fs::path& folder, Answer& answer) {
  // The folder is where it works and no argument, in which an '@' would mean something.
  answer = ask({"svn", "info", "--non-interactive", "."}, folder, {}, {});
  std::map<std::string, std::string> fields;
  if (!answer.succeeded) return fields;
  std::istringstream lines(answer.text);
  for (std::string line; std::getline(lines, line);)
    if (const std::size_t at = line.find(": "); at != std::string::npos)
      fields.emplace(line.substr(0, at), line.substr(at + 2));
  return fields;
}

/// What svnversion says: "4123", "4123:4168MS" (several revisions, modified, switched; P: parts are missing).
void take_state(const std::string& said, WorkingCopy& copy) {
  const std::size_t end = said.find_first_not_of("0123456789:");
  const std::string numbers = said.substr(0, end), state = end == std::string::npos ? "" : said.substr(end);
  const std::size_t colon = numbers.find(':');
  const std::string last = colon == std::string::npos ? numbers : numbers.substr(colon + 1);
  const bool is_understood = !last.empty() && last.size() < 19 && last.find(':') == std::string::npos &&
                             state.find_first_not_of("MSP") == std::string::npos;
  if (!is_understood) {
    copy.trouble = "the revision of " + copy.root.string() + " is not known";
    return;
  }
  copy.commit = "r" + last;
  // Parts of another revision or place are not what the newest revision holds.
  copy.modified = state.find_first_of("MS") != std::string::npos || colon != std::string::npos;
  if (colon != std::string::npos)
    copy.trouble = "the working copy " + copy.root.string() + " holds revisions " + numbers.substr(0, colon) +
                   " to " + last + ": `svn update` makes them one";
}

}  // namespace

std::string branch_of_subversion(const std::string& relative_url, bool whole) {
  std::string path = percent_decoded(relative_url);
  if (path.starts_with("^")) path.erase(0, 1);
  path += "/";
  const std::size_t branches = path.find("/branches/"), trunk = path.find("/trunk/");
  if (trunk < branches) return "trunk";
  if (branches == std::string::npos) return "";
  std::string name = path.substr(branches + std::string("/branches/").size());
  name.erase(whole ? name.size() - std::min<std::size_t>(1, name.size())
                   : std::min(name.find('/'), name.size()));
  return is_branch_name(name) ? name : "";
}

WorkingCopy subversion_identity(const fs::path& root, const fs::path& folder, Looking looking) {
  WorkingCopy copy{VersionControl::subversion, root, "", "", false, ""};
  Answer answer;
  const auto top = info_of(root, answer);
  const auto url = top.find("Relative URL");
  if (url == top.end()) {
    copy.trouble = trouble_of("the revision of " + root.string() + " is not known", answer);
    return copy;
  }
  copy.branch = branch_of_subversion(url->second, true);
  if (copy.branch.empty() && url->second.find("/tags/") == std::string::npos) {
    // All of a repository may be checked out, with the branches side by side.
    Answer inner;
    const auto here = info_of(folder, inner);
    if (const auto found = here.find("Relative URL"); found != here.end())
      copy.branch = branch_of_subversion(found->second, false);
  }
  if (looking == Looking::at_nothing) return copy;
  const Answer version = ask({"svnversion", "--no-newline", "."}, root, {}, {});
  if (!version.succeeded)
    copy.trouble = trouble_of("the revision of " + root.string() + " is not known", version);
  else
    take_state(version.line(), copy);
  return copy;
}

}  // namespace modelgate
