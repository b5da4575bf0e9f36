#include "runners/revision/changed_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/tool/error.h"
#include "tests/runners/revision/repository.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ChangedFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* file : {"a", "b", "c", "docs/readme.md"})
      repository_.write(file, std::string(file) + "\n");
    repository_.write(".gitignore", "*.log\nout/\n");
    base_ = repository_.commit("z", "z\n");
  }
  std::vector<std::string> changed() const { return changed_files(repository_.folder(), base_); }

  const TemporaryFolder folder_;
  const Repository repository_{folder_ / "a repository"};
  std::string base_;
};

TEST_F(ChangedFiles, are_none_where_nothing_changed) { EXPECT_THAT(changed(), IsEmpty()); }

TEST_F(ChangedFiles, are_those_of_commits_the_index_the_working_tree_and_untracked_ones) {
  repository_.commit("a", "committed\n");
  repository_.write("b", "staged\n");
  repository_.git({"add", "b"});
  repository_.write("c", "in the tree\n");
  repository_.write("new/one", "untracked\n");
  repository_.write("build.log", "ignored\n");
  repository_.write("out/file", "ignored\n");
  EXPECT_THAT(changed(), ElementsAre("a", "b", "c", "new/one"));
}

TEST_F(ChangedFiles, are_there_where_a_change_is_staged_and_was_undone_in_the_tree) {
  repository_.write("b", "staged\n");
  repository_.git({"add", "b"});
  repository_.write("b", "b\n");
  EXPECT_THAT(changed(), ElementsAre("b"));
}

TEST_F(ChangedFiles, are_both_names_of_one_that_was_renamed) {
  repository_.git({"mv", "docs/readme.md", "model.py"});
  EXPECT_THAT(changed(), ElementsAre("docs/readme.md", "model.py"));
  repository_.git({"commit", "--quiet", "-m", "rename"});
  EXPECT_THAT(changed(), ElementsAre("docs/readme.md", "model.py"));
}

TEST_F(ChangedFiles, are_those_that_were_removed_or_changed_their_mode) {
  fs::remove(repository_.folder() / "a");
  fs::permissions(repository_.folder() / "b", fs::perms(0755));
  EXPECT_THAT(changed(), ElementsAre("a", "b"));
}

TEST_F(ChangedFiles, may_be_called_anything) {
  const std::vector<std::string> names = {"a\nb", " x ", "-c", "tab\there", "\xff\xfe", "quo\"te", "客服"};
  for (const std::string& name : names) repository_.write("odd/" + name, "x");
  EXPECT_EQ(changed().size(), names.size());
  repository_.git({"add", "--all"});
  repository_.git({"commit", "--quiet", "-m", "odd"});
  std::vector<std::string> expected;
  for (const std::string& name : names) expected.push_back("odd/" + name);
  EXPECT_THAT(changed(), ::testing::UnorderedElementsAreArray(expected));
}

TEST_F(ChangedFiles, do_not_depend_on_the_users_settings) {
  for (const char* setting :
       {"diff.noprefix", "diff.relative", "diff.mnemonicPrefix", "status.relativePaths"})
    repository_.git({"config", setting, "true"});
  repository_.git({"config", "diff.renames", "copies"});
  repository_.git({"config", "diff.external", "/bin/false"});
  repository_.git({"config", "diff.ignoreSubmodules", "all"});
  repository_.git({"config", "core.quotePath", "true"});
  repository_.git({"mv", "a", "ä"});
  EXPECT_THAT(changed(), ElementsAre("a", "ä"));
}

TEST_F(ChangedFiles, are_submodules_in_which_something_changed) {
  const Repository model(folder_ / "model");
  model.commit("weights");
  repository_.git({"submodule", "--quiet", "add", model.address(), "model"});
  repository_.git({"commit", "--quiet", "-m", "with a submodule"});
  base_ = repository_.head();
  repository_.git({"config", "submodule.model.ignore", "all"});
  EXPECT_THAT(changed(), IsEmpty());
  repository_.write("model/weights", "others");
  EXPECT_THAT(changed(), ElementsAre("model"));
}

TEST_F(ChangedFiles, are_those_at_which_git_was_told_not_to_look) {
  repository_.git({"update-index", "--assume-unchanged", "a"});
  repository_.write("a", "changed behind its back\n");
  repository_.git({"update-index", "--skip-worktree", "b"});
  EXPECT_THAT(changed(), ElementsAre("a", "b"));
  fs::remove(repository_.folder() / "b");
  EXPECT_THAT(changed(), ElementsAre("a")) << "b is not checked out";
}

TEST_F(ChangedFiles, are_not_told_of_another_repository_by_a_hook) {
  const Repository other(folder_ / "other");
  other.commit("x");
  const SetVariable folder("GIT_DIR", (other.folder() / ".git").string());
  const SetVariable index("GIT_INDEX_FILE", (other.folder() / ".git" / "index").string());
  repository_.write("a", "changed\n");
  EXPECT_THAT(changed(), ElementsAre("a"));
}

TEST_F(ChangedFiles, are_an_error_where_they_cannot_be_told) {
  const auto error = [&](const fs::path& root, const std::string& base) {
    return error_of([&] { changed_files(root, base); }, ErrorKind::infrastructure);
  };
  EXPECT_THAT(error(repository_.folder(), std::string(40, '1')), HasSubstr("cannot be told"));
  for (const std::string& name :
       {std::string("main"), std::string("--output=/tmp/x"), std::string(), base_.substr(0, 12)})
    EXPECT_THAT(error(repository_.folder(), name), HasSubstr("no commit in full")) << name;
  EXPECT_THAT(error(folder_.path(), base_), HasSubstr("not a git repository"));
  const SetVariable path("PATH", folder_.path().string());
  EXPECT_THAT(error(repository_.folder(), base_), HasSubstr("Install git"));
}

}  // namespace
}  // namespace modelgate
