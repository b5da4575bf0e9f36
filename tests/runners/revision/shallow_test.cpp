// Shallow clones: what is not here is fetched, or an error; never "nothing changed", never a guess.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "runners/revision/git.h"
#include "runners/revision/history.h"
#include "runners/revision/merge_base.h"
#include "schemas/tool/files.h"
#include "tests/runners/revision/deaf_server.h"
#include "tests/runners/revision/forked_history.h"
#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const Fetching from_afar;
const Fetching from_here{false, 0};

Pipeline on(Pipeline::Platform platform) {
  Pipeline pipeline;
  pipeline.platform = platform;
  pipeline.target = "main";
  return pipeline;
}

/// Of every process that can be seen, and still is there when it is read.
std::vector<std::string> command_lines() {
  std::vector<std::string> all;
  std::error_code failure;
  for (fs::directory_iterator entry("/proc", failure), end; !failure && entry != end;
       entry.increment(failure)) {
    // A stream, as its buffer alone throws at a process that ended since.
    std::ostringstream words;
    words << std::ifstream(entry->path() / "cmdline", std::ios::binary).rdbuf();
    all.push_back(words.str());
  }
  return all;
}

class ShallowTest : public ForkedHistory {
 protected:
  /// `deep` commits of feature alone, as CI fetches it.
  Repository shallow(int deep, const std::string& branch = "feature") const {
    return origin_.cloned(folder_ / "clone",
                          {"--depth", std::to_string(deep), "--single-branch", "--branch", branch});
  }
  std::string error(const Repository& clone, const Pipeline& pipeline, const Fetching& fetching) const {
    return error_of([&] { merge_base(clone.folder(), pipeline, "", fetching); }, ErrorKind::infrastructure);
  }
  /// The tips of feature and main, and nothing that joins them.
  Repository apart() const {
    const Repository clone = shallow(1);
    clone.git({"fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main"});
    return clone;
  }
  bool is_shallow(const Repository& clone) const {
    return clone.git({"rev-parse", "--is-shallow-repository"}) == "true";
  }
};

TEST_F(ShallowTest, the_merge_base_is_fetched) {
  for (const int depth : {1, 2, 3}) {
    fs::remove_all(folder_ / "clone");
    const Repository clone = shallow(depth);
    EXPECT_EQ(merge_base(clone.folder(), on(Pipeline::Platform::gitlab), "", from_afar).commit, base_)
        << depth;
  }
}

TEST_F(ShallowTest, the_merge_base_is_the_one_of_the_whole_history_wherever_the_clone_ends) {
  // A history with merges both ways, in which a clone that is cut off shows a wrong common ancestor.
  origin_.git({"checkout", "--quiet", "feature"});
  origin_.commits(3, "f3");
  origin_.merge("main");
  origin_.commits(2, "f4");
  origin_.git({"checkout", "--quiet", "main"});
  origin_.commits(60, "m6");
  origin_.git({"checkout", "--quiet", "feature"});
  origin_.commits(55, "f5");
  const std::string truth = origin_.git({"merge-base", "main", "feature"});
  for (const int depth : {1, 2, 4, 10, 30, 58, 61, 70}) {
    fs::remove_all(folder_ / "clone");
    const Repository clone = shallow(depth);
    EXPECT_EQ(merge_base(clone.folder(), on(Pipeline::Platform::gitlab), "", from_afar).commit, truth)
        << depth;
  }
}

TEST_F(ShallowTest, more_is_fetched_in_steps_and_not_all_of_it) {
  origin_.git({"checkout", "--quiet", "main"});
  origin_.commits(400, "long");
  origin_.git({"checkout", "--quiet", "-B", "late"});
  origin_.commits(5, "late");
  const std::string truth = origin_.git({"merge-base", "main", "late"});
  const Repository clone = shallow(2, "late");
  EXPECT_EQ(merge_base(clone.folder(), on(Pipeline::Platform::gitlab), "", from_afar).commit, truth);
  EXPECT_TRUE(is_shallow(clone)) << "the first step was enough";
}

TEST_F(ShallowTest, a_common_ancestor_beyond_which_the_clone_is_cut_off_does_not_count) {
  // main merged feature long ago by a commit that the clone does not see: its newest common ancestor here
  // would be an old one.
  origin_.git({"checkout", "--quiet", "feature"});
  const std::string merged = origin_.commit("f3");
  origin_.git({"checkout", "--quiet", "main"});
  origin_.merge("feature");
  origin_.commits(10, "m6");
  origin_.git({"checkout", "--quiet", "feature"});
  origin_.commits(2, "f4");
  const Repository clone = origin_.cloned(folder_ / "clone", {"--branch", "feature"});
  ASSERT_EQ(clone.git({"merge-base", "origin/main", "HEAD"}), merged);
  // Cut main off below its tip by hand: Git itself then sees no common ancestor, or a wrong one.
  write_file(clone.folder() / ".git" / "shallow", clone.git({"rev-parse", "origin/main~3"}) + "\n");
  Pipeline person;
  EXPECT_EQ(merge_base(clone.folder(), person, "main", from_afar).commit, merged);
}

TEST_F(ShallowTest, a_merge_base_within_what_is_here_needs_no_network) {
  const Repository clone = origin_.cloned(folder_ / "clone", {"--depth", "4", "--no-single-branch"});
  clone.git({"checkout", "--quiet", "feature"});
  ASSERT_TRUE(is_shallow(clone));
  clone.git({"remote", "set-url", "origin", "file:///nowhere"});
  EXPECT_EQ(merge_base(clone.folder(), {}, "main", from_here).commit, base_);
}

TEST_F(ShallowTest, without_a_network_it_is_an_error_that_names_the_setting) {
  const Repository clone = apart();
  clone.git({"remote", "set-url", "origin", "file:///nowhere"});
  EXPECT_THAT(error(clone, on(Pipeline::Platform::gitlab), from_afar), HasSubstr("GIT_DEPTH: 0"));
  EXPECT_THAT(error(clone, on(Pipeline::Platform::github), from_afar), HasSubstr("fetch-depth: 0"));
  EXPECT_THAT(error(clone, {}, from_afar), HasSubstr("git fetch --unshallow"));
}

TEST_F(ShallowTest, without_a_remote_or_where_nothing_may_be_fetched_it_is_an_error) {
  const Repository clone = origin_.cloned(folder_ / "clone", {"--depth", "1", "--no-single-branch"});
  clone.git({"checkout", "--quiet", "feature"});
  EXPECT_THAT(error(clone, {}, from_here), HasSubstr("would have to be fetched"));
  clone.git({"remote", "remove", "origin"});
  EXPECT_THAT(error(clone, {}, from_afar), AllOf(HasSubstr("no remote"), HasSubstr("--unshallow")));
}

TEST_F(ShallowTest, a_remote_that_is_shallow_itself_is_an_error) {
  const Repository mirror = origin_.cloned(folder_ / "mirror", {"--depth", "1", "--no-single-branch"});
  mirror.git({"branch", "feature", "origin/feature"});
  const Repository clone = mirror.cloned(folder_ / "clone", {"--no-single-branch", "--branch", "feature"});
  ASSERT_TRUE(is_shallow(clone));
  EXPECT_THAT(error(clone, {}, from_afar), HasSubstr("shallow itself"));
}

TEST_F(ShallowTest, a_server_that_gives_no_commits_by_their_names_is_asked_for_its_branches) {
  origin_.git({"checkout", "--quiet", "feature"});
  origin_.commits(5, "f3");
  for (const int depth : {1, 2, 3}) {
    fs::remove_all(folder_ / "clone");
    const Repository clone = shallow(depth);
    clone.git({"config", "protocol.version", "0"});
    EXPECT_EQ(merge_base(clone.folder(), on(Pipeline::Platform::gitlab), "", from_afar).commit, base_)
        << depth;
  }
}

TEST_F(ShallowTest, work_that_the_remote_does_not_know_is_no_hindrance) {
  const Repository clone = shallow(1);
  clone.commit("work");
  clone.commit("more work");
  EXPECT_EQ(merge_base(clone.folder(), {}, "main", from_afar).commit, base_);
}

TEST_F(ShallowTest, a_worktree_of_a_shallow_clone_is_shallow_too) {
  const Repository clone = shallow(1);
  clone.git({"worktree", "add", "--quiet", "--detach", "../tree"});
  EXPECT_EQ(merge_base(folder_ / "tree", on(Pipeline::Platform::gitlab), "", from_afar).commit, base_);
}

TEST_F(ShallowTest, what_is_here_is_not_made_less) {
  origin_.commits(100, "m6");
  origin_.git({"checkout", "--quiet", "-B", "late"});
  origin_.commit("late");
  const Repository clone = shallow(90, "late");
  merge_base(clone.folder(), on(Pipeline::Platform::gitlab), "", from_afar);
  EXPECT_GE(std::stoi(clone.git({"rev-list", "--count", "HEAD"})), 90);
}

TEST_F(ShallowTest, a_clone_that_is_whole_stays_whole) {
  const Repository clone = origin_.cloned(folder_ / "clone", {"--single-branch", "--branch", "feature"});
  EXPECT_EQ(merge_base(clone.folder(), on(Pipeline::Platform::gitlab), "", from_afar).commit, base_);
  EXPECT_FALSE(is_shallow(clone));
}

TEST_F(ShallowTest, a_baseline_further_back_than_the_clone_is_found) {
  origin_.commits(120, "m6");
  const Repository clone = shallow(3, "main");
  const std::string start = clone.head();
  const std::string kept = origin_.git({"rev-parse", "main~110"});
  const auto found = nearest_ancestor(clone.folder(), {}, start, {kept}, from_afar);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->commit, kept);
  EXPECT_EQ(found->behind, 110);
  EXPECT_FALSE(nearest_ancestor(clone.folder(), {}, start, {std::string(40, '1')}, from_afar))
      << "after all of it was looked at";
  EXPECT_FALSE(is_shallow(clone));
}

TEST_F(ShallowTest, a_baseline_further_back_is_an_error_and_not_none_where_it_cannot_be_seen) {
  const Repository clone = shallow(1, "main");
  EXPECT_THAT(error_of([&] { nearest_ancestor(clone.folder(), {}, clone.head(), {base_}, from_here); },
                       ErrorKind::infrastructure),
              HasSubstr("not in this clone"));
}

TEST_F(ShallowTest, a_file_of_boundaries_that_is_malformed_is_an_error) {
  const Repository clone = origin_.cloned(folder_ / "clone", {"--branch", "feature"});
  write_file(clone.folder() / ".git" / "shallow", "no commit\n");
  EXPECT_NE(error(clone, {}, from_afar), "");
}

TEST_F(ShallowTest, a_remote_that_asks_for_a_password_is_not_answered) {
  const DeafServer server(DeafServer::Manner::asks_for_a_password);
  const Repository clone = apart();
  clone.git(
      {"remote", "set-url", "origin", "http://bot:glpat-planted@127.0.0.1:" + server.port() + "/x.git"});
  const std::string said = error(clone, {}, from_afar);
  EXPECT_THAT(said, AllOf(HasSubstr("not in this clone"), Not(HasSubstr("glpat-planted"))));
  clone.git({"remote", "set-url", "origin", "http://127.0.0.1:" + server.port() + "/x.git"});
  EXPECT_THAT(error(clone, {}, from_afar), HasSubstr("terminal prompts disabled"));
}

TEST_F(ShallowTest, a_password_in_an_address_is_sent_and_stands_in_no_list_of_processes) {
  std::vector<std::string> seen;
  const DeafServer server(DeafServer::Manner::asks_for_a_password, [&] {
    for (std::string& words : command_lines()) seen.push_back(std::move(words));
  });
  const Repository clone = apart();
  const std::string address = "127.0.0.1:" + server.port() + "/x.git";
  clone.git({"remote", "set-url", "origin", "http://bot:glpat-planted@" + address});
  error(clone, {}, from_afar);
  EXPECT_THAT(server.request(), HasSubstr("Authorization: Basic Ym90OmdscGF0LXBsYW50ZWQ="));
  EXPECT_THAT(seen, Contains(HasSubstr("http://" + address))) << "Git's program for HTTP names the address";
  // Other tests with other servers may be under way.
  EXPECT_THAT(seen, Not(Contains(AllOf(HasSubstr(address), HasSubstr("glpat-planted")))));
}

TEST_F(ShallowTest, a_remote_that_never_answers_takes_no_longer_than_is_declared) {
  const DeafServer server(DeafServer::Manner::says_nothing);
  const Repository clone = apart();
  clone.git({"remote", "set-url", "origin", "http://127.0.0.1:" + server.port() + "/x.git"});
  EXPECT_THAT(error(clone, {}, {true, 0.5}), AllOf(HasSubstr("within 0.5 s"), HasSubstr("--unshallow")));
}

}  // namespace
}  // namespace modelgate
