#include "runners/revision/history.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "runners/revision/working_copy.h"
#include "schemas/documents/branch_name.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

// How many older commits are asked for at a time; after the last, all.
constexpr int steps[] = {50, 250, 1000, 4000};

// Commits to go on from that are named in one call: of more, the next call takes care.
constexpr std::size_t most_ends = 200;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (!line.empty()) all.push_back(line);
  return all;
}

bool is_remote_name(const std::string& name) { return is_branch_name(name); }

std::string in_words(double seconds) {
  std::ostringstream words;
  words << seconds << " s";
  return words.str();
}

std::string setting_of(const Pipeline& pipeline) {
  switch (pipeline.platform) {
    case Pipeline::Platform::gitlab:
      return "Fetch all of it: in .gitlab-ci.yml, variables: {GIT_DEPTH: 0}.";
    case Pipeline::Platform::github:
      return "Fetch all of it: `fetch-depth: 0` for actions/checkout.";
    default:
      return "Fetch all of it: git fetch --unshallow (GitLab: GIT_DEPTH: 0; GitHub: fetch-depth: 0).";
  }
}

}  // namespace

History::History(Git git, const Pipeline& pipeline, const Fetching& fetching)
    : git_(std::move(git)),
      pipeline_(pipeline),
      fetching_(fetching),
      end_(std::chrono::steady_clock::now() +
           std::chrono::milliseconds(static_cast<std::int64_t>(fetching.seconds * 1000))) {}

std::set<std::string> History::boundary() const {
  constexpr std::uintmax_t most_bytes = 64u << 20;
  fs::path file =
      git_.require({"rev-parse", "--git-path", "shallow"}, "whether the clone is shallow is not known");
  file = file.string().substr(0, file.string().find_last_not_of("\r\n") + 1);
  file = git_.root() / file;
  std::error_code failure;
  if (!fs::exists(file, failure) && !failure) return {};
  std::set<std::string> commits;
  for (std::string& line : lines_of(read_file(file, most_bytes))) {
    if (!is_full_commit(line)) throw infrastructure_error(file.string(), "is malformed");
    commits.insert(std::move(line));
  }
  return commits;
}

std::vector<std::string> History::open_ends(std::vector<std::string> words) const {
  const std::set<std::string> ends = boundary();
  if (ends.empty()) return {};
  words.insert(words.begin(), "rev-list");
  AskingLimits limits;
  limits.time = std::chrono::seconds(120);
  limits.bytes = 256 << 20;
  std::vector<std::string> open;
  for (std::string& commit : lines_of(git_.require(words, "its commits cannot be listed", limits)))
    if (ends.contains(commit)) open.push_back(std::move(commit));
  return open;
}

void History::settle(const std::function<std::vector<std::string>()>& question) {
  for (std::vector<std::string> open = question(); !open.empty(); open = question()) deepen(open);
}

std::string History::remote() const {
  const std::vector<std::string> all = lines_of(git_.ask({"remote"}).text);
  const auto is_one = [&](const std::string& name) {
    return is_remote_name(name) && std::find(all.begin(), all.end(), name) != all.end();
  };
  if (is_one("origin")) return "origin";
  const std::string branch = current_branch(git_.root());
  const std::string own =
      branch.empty() ? "" : git_.ask({"config", "--get", "branch." + branch + ".remote"}).line();
  if (is_one(own)) return own;
  return all.size() == 1 && is_remote_name(all.front()) ? all.front() : "";
}

std::chrono::milliseconds History::time_left() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(end_ - std::chrono::steady_clock::now());
}

Answer History::fetch(const std::string& from, std::vector<std::string> words) const {
  words.insert(words.begin(), {"-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30", "fetch",
                               "--quiet", "--no-tags", "--no-recurse-submodules"});
  AskingLimits limits;
  limits.time = time_left();
  Answer answer = git_.ask_remote(from, words, limits);
  if (answer.is_late) answer.problem = "the remote did not answer within " + in_words(fetching_.seconds);
  return answer;
}

std::string History::fetch_commit(const std::string& commit) {
  if (git_.commit(commit) == commit) return "";
  const std::string from = remote();
  if (from.empty()) return "there is no remote to fetch it from";
  if (!fetching_.allowed) return "it would have to be fetched";
  std::vector<std::string> words = depth_of_new();
  words.insert(words.end(), {from, commit});
  const Answer answer = fetch(from, words);
  if (git_.commit(commit) == commit) return "";
  return answer.succeeded ? "the remote did not give it" : answer.problem;
}

void History::require_commit(const std::string& commit) {
  const std::string problem = fetch_commit(commit);
  if (!problem.empty()) refuse("commit " + commit.substr(0, 12) + ": " + problem);
}

std::string History::fetch_branch(const std::string& branch) {
  const std::string from = remote();
  if (from.empty()) return "there is no remote";
  if (!fetching_.allowed) return "it would have to be fetched";
  std::vector<std::string> words = depth_of_new();
  words.insert(words.end(), {from, "+refs/heads/" + branch + ":refs/remotes/" + from + "/" + branch});
  return fetch(from, words).problem;
}

std::vector<std::string> History::depth_of_new() const {
  // In a clone that is whole a depth would make it shallow.
  if (boundary().empty()) return {};
  // Not less than is here already: a smaller depth would take commits away.
  const std::string count = git_.ask({"rev-list", "--count", "HEAD"}).line();
  const int here = count.size() < 9 ? std::atoi(count.c_str()) : steps[3];
  return {"--depth=" + std::to_string(std::max(steps[0], here))};
}

std::string History::remote_default_branch() const {
  const std::string from = remote();
  if (from.empty() || !fetching_.allowed) return "";
  AskingLimits limits;
  limits.time = time_left();
  // "ref: refs/heads/main\tHEAD"
  const std::string said = git_.ask_remote(from, {"ls-remote", "--symref", from, "HEAD"}, limits).text;
  const std::string word = "ref: refs/heads/";
  if (!said.starts_with(word)) return "";
  const std::string branch = said.substr(word.size(), said.find_first_of("\t\n") - word.size());
  return is_branch_name(branch) ? branch : "";
}

std::vector<std::string> History::parents(const std::string& commit) const {
  std::vector<std::string> all;
  const std::string text = git_.require({"cat-file", "commit", commit}, "the commit cannot be read");
  for (const std::string& line : lines_of(text.substr(0, text.find("\n\n"))))
    if (line.starts_with("parent ") && is_full_commit(line.substr(7))) all.push_back(line.substr(7));
  return all;
}

void History::refuse(const std::string& why) const {
  throw infrastructure_error(git_.root().string(), "commits that are needed are not in this clone: " + why,
                             setting_of(pipeline_));
}

void History::deepen(const std::vector<std::string>& ends) {
  if (!fetching_.allowed) refuse("they would have to be fetched");
  const std::string from = remote();
  if (from.empty()) refuse("there is no remote to fetch them from");
  const std::set<std::string> before = boundary();
  for (;;) {
    if (time_left().count() <= 0) refuse("they did not come within " + in_words(fetching_.seconds));
    const bool all = step_ == std::size(steps);
    const std::string depth = all ? "--unshallow" : "--deepen=" + std::to_string(steps[step_]);
    if (!all) ++step_;
    // Named are the ends, which the remote knows because they came from it; HEAD may be nobody's but ours. A
    // server that gives no commits by name gives its branches.
    std::vector<std::string> words = {depth, from};
    words.insert(words.end(), ends.begin(),
                 ends.begin() + static_cast<std::ptrdiff_t>(std::min(ends.size(), most_ends)));
    Answer answer = fetch(from, words);
    if (!answer.succeeded && !answer.is_late) answer = fetch(from, {depth, from});
    if (!answer.succeeded) refuse(answer.problem);
    if (boundary() != before) return;
    if (all) refuse("the remote has no more of them, it is shallow itself");
  }
}

}  // namespace modelgate
