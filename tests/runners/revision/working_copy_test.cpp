#include "runners/revision/working_copy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "schemas/tool/files.h"
#include "tests/runners/revision/repository.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class CheckedOut : public ::testing::Test {
 protected:
  std::string head(const std::string& text) {
    write_file(folder_ / ".git" / "HEAD", text);
    fs::create_directories(folder_ / "deep" / "er");
    EXPECT_EQ(current_branch(folder_.path()), current_branch(folder_ / "deep" / "er"));
    return current_branch(folder_.path());
  }
  const TemporaryFolder folder_;
};

TEST_F(CheckedOut, is_read_from_head) {
  EXPECT_EQ(head("ref: refs/heads/release/1.0\n"), "release/1.0");
  EXPECT_EQ(head("ref: refs/heads/main"), "main");
  EXPECT_EQ(head("ref:refs/heads/main\r\n"), "main");
}

TEST_F(CheckedOut, is_detached_where_head_is_a_commit) {
  head("8d3c1f0a7be24655c9e0d4f2b1a6837e5d90c214\n");
  EXPECT_TRUE(is_detached(folder_ / "deep"));
  for (const char* other : {"ref: refs/heads/main\n", "", "8d3c1f0a\n", "ref: refs/heads/a b\n"}) {
    head(other);
    EXPECT_FALSE(is_detached(folder_.path())) << other;
  }
  EXPECT_FALSE(is_detached("/"));
}

TEST_F(CheckedOut, is_no_branch_where_head_says_none) {
  for (const std::string& text :
       {std::string(), std::string("\n"), std::string("8d3c1f0a7be24655c9e0d4f2b1a6837e5d90c214\n"),
        std::string("ref: refs/remotes/origin/main\n"), std::string("ref: refs/heads/\n"),
        std::string("ref: refs/heads/.invalid\n"), std::string("ref: refs/heads/a\nref: refs/heads/b\n"),
        std::string("ref: refs/heads/main\0x", 22), std::string(100, '\0'),
        std::string("\x7f"
                    "ELF\x02\x01\x01"),
        "ref: refs/heads/" + std::string(5000, 'x'), std::string(1 << 20, 'x'), std::string("main"),
        std::string("ref: refs/heads/../../x\n")})
    EXPECT_EQ(head(text), "") << text.substr(0, 60);
}

TEST_F(CheckedOut, is_no_branch_where_head_cannot_be_read) {
  fs::create_directories(folder_ / ".git" / "HEAD");
  EXPECT_EQ(current_branch(folder_.path()), "");
  fs::remove_all(folder_ / ".git" / "HEAD");
  EXPECT_EQ(current_branch(folder_.path()), "");
  ASSERT_EQ(::mkfifo((folder_ / ".git" / "HEAD").c_str(), 0600), 0);
  EXPECT_EQ(current_branch(folder_.path()), "") << "and does not wait";
  fs::remove(folder_ / ".git" / "HEAD");
  fs::create_symlink("HEAD", folder_ / ".git" / "HEAD");
  EXPECT_EQ(current_branch(folder_.path()), "");
}

TEST_F(CheckedOut, of_a_worktree_is_read_where_its_file_leads) {
  write_file(folder_ / "main" / "HEAD", "ref: refs/heads/feature/x\n");
  for (const char* text : {"gitdir: ../main\n", "gitdir:../main"}) {
    write_file(folder_ / "copy" / ".git", text);
    EXPECT_EQ(current_branch(folder_ / "copy"), "feature/x") << text;
  }
  write_file(folder_ / "copy" / ".git", "gitdir: " + (folder_ / "main").string() + "\n");
  EXPECT_EQ(current_branch(folder_ / "copy"), "feature/x");
  for (const std::string& text : {std::string(), std::string("gitdir: "), std::string("gitdir: /no/such"),
                                  std::string("gitdir: ../main\0", 16), std::string(1 << 20, 'x'),
                                  std::string("../main"), std::string("gitdir: /dev/zero")}) {
    write_file(folder_ / "copy" / ".git", text);
    EXPECT_EQ(current_branch(folder_ / "copy"), "") << text.substr(0, 60);
  }
}

class WorkingCopyTest : public ::testing::Test {
 protected:
  const TemporaryFolder folder_;
};

TEST_F(WorkingCopyTest, of_git_has_commit_branch_and_root_from_any_folder_within) {
  const Repository repository(folder_ / "a");
  const std::string commit = repository.commit("deep/er/file");
  for (const char* within : {".", "deep", "deep/er"}) {
    const WorkingCopy copy = read_working_copy(repository.folder() / within);
    EXPECT_EQ(copy.system, VersionControl::git);
    EXPECT_EQ(copy.root, repository.folder());
    EXPECT_EQ(copy.commit, commit);
    EXPECT_EQ(copy.branch, "main");
    EXPECT_FALSE(copy.modified);
    EXPECT_EQ(copy.trouble, "");
  }
}

TEST_F(WorkingCopyTest, of_git_is_modified_by_what_is_under_version_control_alone) {
  const Repository repository(folder_ / "a");
  repository.commit("file", "one\n");
  repository.write("untracked", "x");
  EXPECT_FALSE(read_working_copy(repository.folder()).modified);
  repository.write("file", "two\n");
  EXPECT_TRUE(read_working_copy(repository.folder()).modified);
  repository.git({"add", "file"});
  EXPECT_TRUE(read_working_copy(repository.folder()).modified) << "staged";
  repository.git({"commit", "--quiet", "-m", "two"});
  EXPECT_FALSE(read_working_copy(repository.folder()).modified);
  fs::remove(repository.folder() / "file");
  EXPECT_TRUE(read_working_copy(repository.folder()).modified) << "removed";
}

TEST_F(WorkingCopyTest, before_the_first_commit_has_none) {
  const Repository repository(folder_ / "a");
  const WorkingCopy copy = read_working_copy(repository.folder());
  EXPECT_EQ(copy.system, VersionControl::git);
  EXPECT_EQ(copy.commit, "");
  EXPECT_EQ(copy.branch, "main");
  EXPECT_EQ(copy.trouble, "");
}

TEST_F(WorkingCopyTest, of_a_worktree_and_a_detached_head) {
  const Repository repository(folder_ / "first");
  const std::string first = repository.commit("file");
  repository.git({"worktree", "add", "--quiet", "-b", "feature/y", "../second"});
  const Repository second = Repository::at(folder_ / "second");
  const std::string commit = second.commit("other");
  WorkingCopy copy = read_working_copy(second.folder());
  EXPECT_EQ(copy.root, second.folder());
  EXPECT_EQ(copy.commit, commit);
  EXPECT_EQ(copy.branch, "feature/y");
  EXPECT_EQ(read_working_copy(repository.folder()).commit, first);
  second.git({"checkout", "--quiet", "--detach"});
  copy = read_working_copy(second.folder());
  EXPECT_EQ(copy.commit, commit);
  EXPECT_EQ(copy.branch, "");
}

TEST_F(WorkingCopyTest, of_a_submodule_is_the_submodules) {
  const Repository model(folder_ / "model");
  const std::string commit = model.commit("weights");
  const Repository whole(folder_ / "whole");
  whole.commit("file");
  whole.git({"submodule", "--quiet", "add", model.address(), "model"});
  whole.git({"commit", "--quiet", "-m", "with a submodule"});
  const WorkingCopy copy = read_working_copy(whole.folder() / "model");
  EXPECT_EQ(copy.root, whole.folder() / "model");
  EXPECT_EQ(copy.commit, commit);
  EXPECT_EQ(read_working_copy(whole.folder()).commit, whole.head());
  EXPECT_FALSE(read_working_copy(whole.folder()).modified);
  Repository::at(whole.folder() / "model").commit("weights", "others\n");
  EXPECT_TRUE(read_working_copy(whole.folder()).modified);
}

TEST_F(WorkingCopyTest, of_a_repository_with_long_names_is_in_full) {
  const Repository repository = Repository::at(folder_ / "a");
  fs::create_directories(repository.folder());
  repository.git({"init", "--quiet", "--initial-branch=main", "--object-format=sha256"});
  const std::string commit = repository.commit("file");
  EXPECT_EQ(commit.size(), 64u);
  EXPECT_EQ(read_working_copy(repository.folder()).commit, commit);
}

TEST_F(WorkingCopyTest, is_not_misled_by_what_a_hook_sets) {
  const Repository repository(folder_ / "a"), other(folder_ / "b");
  const std::string commit = repository.commit("file");
  other.commit("something else");
  const SetVariable folder("GIT_DIR", (other.folder() / ".git").string());
  const SetVariable tree("GIT_WORK_TREE", other.folder().string());
  const SetVariable index("GIT_INDEX_FILE", (other.folder() / ".git" / "index").string());
  const SetVariable objects("GIT_OBJECT_DIRECTORY", (other.folder() / ".git" / "objects").string());
  const SetVariable prefix("GIT_PREFIX", "deep/");
  const WorkingCopy copy = read_working_copy(repository.folder());
  EXPECT_EQ(copy.commit, commit);
  EXPECT_FALSE(copy.modified);
}

TEST_F(WorkingCopyTest, is_not_that_of_a_repository_further_up) {
  const Repository repository(folder_ / "a");
  repository.commit("file");
  write_file(repository.folder() / "inner" / ".git" / "HEAD", "ref: refs/heads/feature/x\n");
  const WorkingCopy copy = read_working_copy(repository.folder() / "inner");
  EXPECT_EQ(copy.commit, "");
  EXPECT_EQ(copy.branch, "feature/x");
  EXPECT_EQ(copy.trouble, "") << "it is merely called so";
}

TEST_F(WorkingCopyTest, of_another_user_says_what_to_do) {
  const Repository repository(folder_ / "a");
  repository.commit("file");
  // What Git's own tests set to see what it says in a container.
  const SetVariable home("HOME", folder_.path().string());  // where nobody has said that all is well
  const ProgramsFirst programs(
      folder_ / "bin",
      {{"git", "PATH=${PATH#*:}; export GIT_TEST_ASSUME_DIFFERENT_OWNER=1; exec git \"$@\""}});
  const WorkingCopy copy = read_working_copy(repository.folder());
  EXPECT_EQ(copy.commit, "");
  EXPECT_THAT(copy.trouble, HasSubstr("dubious ownership"));
  EXPECT_THAT(copy.trouble,
              HasSubstr("git config --global --add safe.directory '" + repository.folder().string() + "'"));
}

TEST_F(WorkingCopyTest, without_its_program_says_so) {
  const Repository repository(folder_ / "a");
  repository.commit("file");
  fs::create_directories(folder_ / "svn" / ".svn");
  fs::create_directories(folder_ / "hg" / ".hg");
  const SetVariable path("PATH", folder_.path().string());
  EXPECT_THAT(read_working_copy(repository.folder()).trouble, HasSubstr("Install git"));
  EXPECT_EQ(read_working_copy(repository.folder()).branch, "main") << "which is read from files";
  EXPECT_THAT(read_working_copy(folder_ / "svn").trouble, HasSubstr("Install subversion"));
  EXPECT_THAT(read_working_copy(folder_ / "hg").trouble, HasSubstr("Install mercurial"));
}

TEST_F(WorkingCopyTest, is_none_where_there_is_none) {
  const WorkingCopy copy = read_working_copy("/");
  EXPECT_EQ(copy.system, VersionControl::none);
  EXPECT_EQ(copy.root, "");
  EXPECT_EQ(current_branch("/"), "");
  EXPECT_EQ(current_branch(folder_ / "no such folder"), "");
}

TEST(FullCommit, is_forty_or_sixty_four_digits) {
  EXPECT_TRUE(is_full_commit(std::string(40, 'a')));
  EXPECT_TRUE(is_full_commit(std::string(64, '0')));
  for (const std::string& text :
       {std::string(), std::string(39, 'a'), std::string(41, 'a'), std::string(40, 'A'), std::string(40, 'g'),
        "-" + std::string(39, 'a'), std::string(40, 'a') + "\n"})
    EXPECT_FALSE(is_full_commit(text)) << text;
}

}  // namespace
}  // namespace modelgate
