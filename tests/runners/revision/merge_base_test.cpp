#include "runners/revision/merge_base.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/runners/revision/forked_history.h"
#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

const Fetching from_afar;
const Fetching from_here{false, 0};

std::string commit_of(const Repository& repository, const std::string& target = "",
                      const Pipeline& pipeline = {}) {
  return merge_base(repository.folder(), pipeline, target, from_afar).commit;
}

class MergeBaseTest : public ForkedHistory {
 protected:
  std::string error(const Repository& repository, const std::string& target = "",
                    const Fetching& fetching = from_afar) const {
    return error_of([&] { merge_base(repository.folder(), {}, target, fetching); },
                    ErrorKind::infrastructure);
  }
};

TEST_F(MergeBaseTest, is_where_the_branch_left_its_target) {
  const Repository clone = origin_.cloned(folder_ / "clone", {"--branch", "feature"});
  const MergeBase base = merge_base(clone.folder(), {}, "", from_here);
  EXPECT_EQ(base.commit, base_);
  EXPECT_EQ(base.target, "origin/main");
  EXPECT_FALSE(base.is_before_head);
  EXPECT_EQ(base.note, "");
  EXPECT_EQ(commit_of(clone, "main"), base_);
}

TEST_F(MergeBaseTest, of_a_detached_head_is_the_same) {
  const Repository clone = origin_.cloned(folder_ / "clone", {"--branch", "feature"});
  clone.git({"checkout", "--quiet", "--detach"});
  EXPECT_EQ(commit_of(clone), base_);
}

TEST_F(MergeBaseTest, of_a_clone_with_one_branch_alone_is_found_by_asking_the_remote) {
  const Repository clone = origin_.cloned(folder_ / "clone", {"--single-branch", "--branch", "feature"});
  ASSERT_EQ(clone.git({"for-each-ref", "refs/remotes/origin/main"}), "");
  EXPECT_THAT(error(clone, "", from_here), HasSubstr("into which branch"));
  EXPECT_EQ(commit_of(clone), base_);
}

TEST_F(MergeBaseTest, is_with_the_branch_that_the_remote_calls_its_own) {
  origin_.git({"branch", "develop", "feature~1"});
  origin_.git({"symbolic-ref", "HEAD", "refs/heads/develop"});
  const Repository clone = origin_.cloned(folder_ / "clone", {"--branch", "feature"});
  EXPECT_EQ(merge_base(clone.folder(), {}, "", from_here).target, "origin/develop");
  EXPECT_EQ(commit_of(clone), origin_.git({"rev-parse", "feature~1"}));
  EXPECT_EQ(commit_of(clone, "main"), base_);
}

TEST_F(MergeBaseTest, needs_no_remote) {
  origin_.git({"checkout", "--quiet", "feature"});
  EXPECT_EQ(merge_base(origin_.folder(), {}, "", from_afar).target, "main");
  EXPECT_EQ(commit_of(origin_), base_);
  origin_.git({"branch", "--move", "main", "master"});
  EXPECT_EQ(merge_base(origin_.folder(), {}, "", from_afar).target, "master");
  origin_.git({"branch", "--move", "master", "mainline"});
  EXPECT_THAT(error(origin_), AllOf(HasSubstr("into which branch"), HasSubstr("merge-base:BRANCH")));
  EXPECT_EQ(commit_of(origin_, "mainline"), base_);
}

TEST_F(MergeBaseTest, of_the_target_itself_is_the_commit_before) {
  const Repository clone = origin_.cloned(folder_ / "clone");
  const MergeBase base = merge_base(clone.folder(), {}, "", from_here);
  EXPECT_EQ(base.commit, clone.git({"rev-parse", "HEAD~1"}));
  EXPECT_TRUE(base.is_before_head);
  EXPECT_THAT(base.note, HasSubstr("HEAD is on origin/main itself"));
}

TEST_F(MergeBaseTest, of_the_target_with_work_that_is_not_committed_is_head) {
  const Repository clone = origin_.cloned(folder_ / "clone");
  clone.write("m1", "changed\n");
  EXPECT_EQ(commit_of(clone), clone.head());
  Pipeline pipeline;
  pipeline.platform = Pipeline::Platform::other;
  EXPECT_EQ(commit_of(clone, "", pipeline), clone.git({"rev-parse", "HEAD~1"}))
      << "what a build changed there";
}

TEST_F(MergeBaseTest, of_the_first_commit_is_none) {
  const Repository repository(folder_ / "young");
  EXPECT_THAT(error(repository), HasSubstr("no commit yet"));
  repository.commit("file");
  EXPECT_THAT(error(repository), HasSubstr("nothing lies before it"));
}

TEST_F(MergeBaseTest, of_unrelated_histories_is_an_error) {
  origin_.git({"checkout", "--quiet", "--orphan", "other"});
  origin_.commit("alone");
  EXPECT_THAT(error(origin_), HasSubstr("no commit in common"));
}

TEST_F(MergeBaseTest, of_which_there_are_several_is_the_best_and_said) {
  origin_.git({"checkout", "--quiet", "-b", "left", "main"});
  const std::string left = origin_.commit("left");
  origin_.git({"checkout", "--quiet", "-b", "right", "main"});
  const std::string right = origin_.commit("right");
  origin_.merge("left");
  origin_.git({"checkout", "--quiet", "left"});
  origin_.git({"merge", "--quiet", "--no-ff", "-m", "crossed", right});
  const MergeBase base = merge_base(origin_.folder(), {}, "right", from_here);
  EXPECT_THAT(base.commit, ::testing::AnyOf(left, right));
  EXPECT_THAT(base.note, HasSubstr("have 2 merge bases"));
  EXPECT_EQ(merge_base(origin_.folder(), {}, "right", from_here).commit, base.commit);
}

TEST_F(MergeBaseTest, with_a_branch_that_is_not_there_says_what_is_near) {
  const Repository clone = origin_.cloned(folder_ / "clone", {"--branch", "feature"});
  EXPECT_THAT(error(clone, "mian"),
              AllOf(HasSubstr("the branch mian is not here"), HasSubstr("Did you mean 'main'?")));
  for (const char* name : {"--upload-pack=touch x", "-x", "a b", "main:other", "../x", "main^{/x}"})
    EXPECT_THAT(error_of([&] { merge_base(clone.folder(), {}, name, from_afar); }),
                HasSubstr("no name of a branch"));
}

TEST_F(MergeBaseTest, is_of_git_alone) {
  fs::create_directories(folder_ / "svn" / ".svn");
  EXPECT_THAT(error_of([&] { merge_base(folder_ / "svn", {}, "", from_afar); }, ErrorKind::infrastructure),
              AllOf(HasSubstr("Subversion"), HasSubstr("--baseline latest")));
  EXPECT_THAT(error_of([&] { merge_base("/", {}, "", from_afar); }, ErrorKind::infrastructure),
              HasSubstr("is in no working copy"));
}

TEST_F(MergeBaseTest, of_another_users_repository_says_what_to_do) {
  const SetVariable home("HOME", folder_.path().string());  // where nobody has said that all is well
  const ProgramsFirst programs(
      folder_ / "bin",
      {{"git", "PATH=${PATH#*:}; export GIT_TEST_ASSUME_DIFFERENT_OWNER=1; exec git \"$@\""}});
  EXPECT_THAT(error_of([&] { merge_base(origin_.folder(), {}, "", from_afar); }, ErrorKind::infrastructure),
              AllOf(HasSubstr("dubious ownership"), HasSubstr("safe.directory")));
}

TEST_F(MergeBaseTest, is_not_misled_by_a_hook) {
  const Repository clone = origin_.cloned(folder_ / "clone", {"--branch", "feature"});
  const SetVariable folder("GIT_DIR", (origin_.folder() / ".git").string());
  const SetVariable index("GIT_INDEX_FILE", "/nowhere");
  EXPECT_EQ(commit_of(clone), base_);
}

TEST_F(MergeBaseTest, is_looked_up_anew_in_ci_where_a_folder_is_used_again) {
  const Repository clone = origin_.cloned(folder_ / "clone", {"--branch", "feature"});
  const std::string later = origin_.commit("m6");
  origin_.git({"checkout", "--quiet", "feature"});
  origin_.merge("main");
  clone.git({"fetch", "--quiet", "origin", "feature"});
  clone.git({"checkout", "--quiet", "--detach", "FETCH_HEAD"});
  Pipeline pipeline;
  pipeline.platform = Pipeline::Platform::other;
  EXPECT_NE(clone.git({"rev-parse", "origin/main"}), later);
  EXPECT_EQ(commit_of(clone, "", pipeline), later);
}

class NearestAncestor : public ForkedHistory {
 protected:
  std::optional<Ancestor> nearest(const std::string& start, const std::set<std::string>& commits) const {
    return nearest_ancestor(origin_.folder(), {}, origin_.git({"rev-parse", start}), commits, from_here);
  }
  std::string at(const std::string& revision) const { return origin_.git({"rev-parse", revision}); }
};

TEST_F(NearestAncestor, is_the_commit_itself_where_it_is_kept) {
  const auto found = nearest("main", {at("main"), at("main~1")});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->commit, at("main"));
  EXPECT_EQ(found->behind, 0);
}

TEST_F(NearestAncestor, is_the_one_that_lacks_the_fewest_commits) {
  const auto found = nearest("main", {at("main~4"), at("main~2"), at("feature")});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->commit, at("main~2"));
  EXPECT_EQ(found->behind, 2);
}

TEST_F(NearestAncestor, counts_the_commits_that_a_merge_brought) {
  const std::string before = at("main");
  origin_.merge("feature");
  // Of the merge both parents are one step away, but the side branch lacks more of it.
  const auto found = nearest("main", {before, at("feature")});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->commit, at("feature"));
  EXPECT_EQ(found->behind, 3) << "m4, m5 and the merge";
}

TEST_F(NearestAncestor, is_none_where_nothing_of_its_past_is_kept) {
  EXPECT_FALSE(nearest("main", {at("feature")}));
  EXPECT_FALSE(nearest("main", {std::string(40, '1')}));
  EXPECT_FALSE(nearest("main", {}));
}

TEST_F(NearestAncestor, is_looked_for_without_git_where_the_commit_itself_is_kept) {
  const SetVariable path("PATH", folder_.path().string());
  const std::string commit(40, '1');
  EXPECT_EQ(nearest_ancestor("/", {}, commit, {commit}, from_here)->behind, 0);
}

TEST_F(NearestAncestor, full_commits_of_abbreviations) {
  const std::string main = at("main");
  EXPECT_EQ(full_commit(origin_.folder(), main), main);
  EXPECT_EQ(full_commit(origin_.folder(), main.substr(0, 9)), main);
  EXPECT_EQ(full_commit("/", std::string(40, '1')), std::string(40, '1'));
  for (const std::string& text :
       {main.substr(0, 6), std::string("0000000"), std::string("main"), std::string("HEAD"),
        std::string("r1234"), std::string(), std::string("-abcdef1")})
    EXPECT_EQ(full_commit(origin_.folder(), text), "") << text;
}

}  // namespace
}  // namespace modelgate
