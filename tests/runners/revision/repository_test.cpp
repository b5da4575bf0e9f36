#include "runners/revision/repository.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/tool/error.h"
#include "tests/runners/revision/repository.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::Key;
using ::testing::Not;

class RepositoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    repository_.write(".gitignore", "out/\n*.bin\n");
    repository_.write("data/rows.jsonl", "x\n");
    repository_.write("a [b] *.txt", "x\n");
    repository_.commit("src/x.cpp");
  }
  bool is_unseen_here(const std::string& path) const { return is_unseen(root(), root() / path); }
  fs::path root() const { return repository_.folder(); }

  const TemporaryFolder folder_;
  const Repository repository_{folder_ / "a repository"};
};

TEST_F(RepositoryTest, what_is_ignored_or_lies_elsewhere_is_unseen) {
  repository_.write("out/model.pt", "x");
  repository_.write("data/weights.bin", "x");
  EXPECT_TRUE(is_unseen_here("out"));
  EXPECT_TRUE(is_unseen_here("out/model.pt"));
  EXPECT_TRUE(is_unseen_here("data")) << "it holds a file that is";
  EXPECT_FALSE(is_unseen_here("data/rows.jsonl"));
  EXPECT_FALSE(is_unseen_here("src"));
  EXPECT_TRUE(is_unseen_here("../elsewhere"));
  EXPECT_TRUE(is_unseen(root(), "/elsewhere"));
}

TEST_F(RepositoryTest, what_a_link_leads_to_may_be_unseen) {
  repository_.write("out/model.pt", "x");
  repository_.write("real/rows.jsonl", "x");
  fs::create_directories(root() / "linked");
  fs::create_symlink("../out/model.pt", root() / "linked" / "ignored");
  fs::create_symlink("../real/rows.jsonl", root() / "linked" / "seen");
  fs::create_symlink("/etc/hostname", root() / "outside");
  fs::create_symlink("real", root() / "folder");
  repository_.commit("src/y.cpp");
  repository_.git({"add", "-A"});
  EXPECT_TRUE(is_unseen_here("linked/ignored"));
  EXPECT_TRUE(is_unseen_here("linked")) << "it holds one that leads to what is ignored";
  EXPECT_FALSE(is_unseen_here("linked/seen"));
  EXPECT_TRUE(is_unseen_here("outside"));
  EXPECT_FALSE(is_unseen_here("folder"));
  EXPECT_FALSE(is_unseen_here("folder/rows.jsonl"));
}

TEST_F(RepositoryTest, a_tag_means_its_commit) {
  repository_.git({"tag", "-a", "-m", "x", "v1"});
  EXPECT_EQ(commit_meant(root(), repository_.git({"rev-parse", "refs/tags/v1"})), repository_.head());
  EXPECT_EQ(commit_meant(root(), repository_.head()), repository_.head());
  EXPECT_EQ(commit_meant(root(), std::string(40, '1')), "");
  EXPECT_EQ(commit_meant(root(), "HEAD"), "");
}

TEST_F(RepositoryTest, names_are_no_patterns) {
  EXPECT_FALSE(is_unseen_here("a [b] *.txt"));
  repository_.write("x[1].bin", "x");
  EXPECT_TRUE(is_unseen_here("x[1].bin"));
  EXPECT_FALSE(is_unseen_here("*.cpp"));
}

TEST_F(RepositoryTest, files_of_head_are_known_by_what_they_hold) {
  const auto before = files_of_head(root());
  EXPECT_THAT(before, Contains(Key("src/x.cpp")));
  EXPECT_THAT(before, Contains(Key("a [b] *.txt")));
  repository_.write("src/x.cpp", "other\n");
  EXPECT_EQ(files_of_head(root()), before) << "what is not committed is no part of it";
  repository_.commit("src/x.cpp", "other\n");
  EXPECT_NE(files_of_head(root()).at("src/x.cpp"), before.at("src/x.cpp"));
  EXPECT_EQ(files_of_head(root()).at("data/rows.jsonl"), before.at("data/rows.jsonl"));
  EXPECT_EQ(commit_at_head(root()), repository_.head());
}

TEST_F(RepositoryTest, a_changed_file_is_known_by_what_it_will_be_known_by_when_it_is_committed) {
  repository_.write("src/x.cpp", "other\n");
  repository_.write("new -x", "new\n");
  fs::create_symlink("x", root() / "link");
  const auto now = files_as_they_are(root(), {"src/x.cpp", "new -x", "gone", "link", "src"});
  EXPECT_THAT(now, Not(Contains(Key("gone"))));
  EXPECT_EQ(now.at("link"), "");
  EXPECT_EQ(now.at("src"), "");
  repository_.commit("more");
  const auto head = files_of_head(root());
  EXPECT_EQ(now.at("src/x.cpp"), head.at("src/x.cpp"));
  EXPECT_EQ(now.at("new -x"), head.at("new -x"));
}

TEST_F(RepositoryTest, without_a_commit_there_is_no_head) {
  const Repository empty(folder_ / "empty");
  EXPECT_THROW(files_of_head(empty.folder()), Error);
  EXPECT_THROW(commit_at_head(empty.folder()), Error);
}

TEST_F(RepositoryTest, hooks_lie_where_git_looks_for_them) {
  EXPECT_EQ(hooks_folder(root()), root() / ".git" / "hooks");
  repository_.git({"config", "core.hooksPath", "tools/hooks"});
  EXPECT_EQ(hooks_folder(root()), root() / "tools" / "hooks");
  repository_.git({"config", "--unset", "core.hooksPath"});
  repository_.git({"worktree", "add", "-q", "../second"});
  EXPECT_EQ(hooks_folder(folder_ / "second"), root() / ".git" / "hooks") << "all worktrees share them";
}

}  // namespace
}  // namespace modelgate
