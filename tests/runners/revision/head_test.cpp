#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runners/revision/repository.h"
#include "tests/runners/revision/repository.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::UnorderedElementsAre;

class HeadTest : public ::testing::Test {
 protected:
  const TemporaryFolder folder_;
  const Repository repository_{folder_ / "a repository"};
  const fs::path& root() const { return repository_.folder(); }
};

TEST_F(HeadTest, has_its_files_by_what_git_knows_them_by) {
  repository_.write("odd/a\nb", "x");
  repository_.write(".gitignore", "out/\n");
  const std::string first = repository_.commit("file", "one\n");
  const auto before = files_of_head(root());
  EXPECT_THAT(before, UnorderedElementsAre(Key("odd/a\nb"), Key(".gitignore"), Key("file")));
  EXPECT_EQ(commit_at_head(root()), first);
  repository_.write("file", "two\n");
  EXPECT_EQ(files_of_head(root()), before) << "what is not committed is not in HEAD";
  repository_.commit("file", "two\n");
  EXPECT_NE(files_of_head(root()).at("file"), before.at("file"));
  EXPECT_EQ(files_of_head(root()).at("odd/a\nb"), before.at("odd/a\nb"));
}

TEST_F(HeadTest, before_the_first_commit_is_none) {
  EXPECT_THAT(error_of([&] { commit_at_head(root()); }, ErrorKind::infrastructure),
              HasSubstr("no commit yet"));
  EXPECT_NE(error_of([&] { files_of_head(root()); }, ErrorKind::infrastructure), "");
}

TEST_F(HeadTest, what_git_is_told_to_ignore_is_unseen) {
  repository_.write(".gitignore", "/out\n*.bin\n");
  repository_.write("src/model.py", "x");
  repository_.commit("file");
  EXPECT_FALSE(is_unseen(root(), root() / "src"));
  EXPECT_FALSE(is_unseen(root(), root() / "file"));
  EXPECT_FALSE(is_unseen(root(), root() / "out")) << "it is not there";
  repository_.write("out/model.pt", "x");
  EXPECT_TRUE(is_unseen(root(), root() / "out"));
  EXPECT_TRUE(is_unseen(root(), root() / "out" / "model.pt"));
  repository_.write("src/weights.bin", "x");
  EXPECT_TRUE(is_unseen(root(), root() / "src")) << "one of its files";
  EXPECT_FALSE(is_unseen(root(), root() / "src" / "model.py"));
  EXPECT_TRUE(is_unseen(root(), folder_.path())) << "it lies outside";
  repository_.write("o*t", "x");
  EXPECT_FALSE(is_unseen(root(), root() / "o*t")) << "a name is no pattern";
}

TEST_F(HeadTest, hooks_lie_where_git_looks_for_them) {
  repository_.commit("file");
  EXPECT_EQ(hooks_folder(root()), root() / ".git" / "hooks");
  repository_.git({"worktree", "add", "--quiet", "--detach", "../tree"});
  EXPECT_EQ(hooks_folder(folder_ / "tree"), root() / ".git" / "hooks");
  repository_.git({"config", "core.hooksPath", "hooks of ours"});
  EXPECT_EQ(hooks_folder(root()), root() / "hooks of ours");
}

}  // namespace
}  // namespace modelgate
