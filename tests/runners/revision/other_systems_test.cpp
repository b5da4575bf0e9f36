// Subversion and Mercurial, by their own programs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runners/process/process.h"
#include "runners/revision/identities.h"
#include "schemas/tool/files.h"
#include "tests/runners/revision/repository.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class OtherSystem : public ::testing::Test {
 protected:
  /// Runs a program in a folder; what it prints, without the line end.
  std::string run(const fs::path& folder, std::vector<std::string> argv) const {
    ProcessSpec spec;
    spec.argv = std::move(argv);
    spec.folder = folder;
    spec.environment = {{"HGPLAIN", "1"}, {"HGUSER", "A Tester"}, {"HGRCPATH", ""}, {"LC_ALL", "C.UTF-8"}};
    const ProcessOutcome outcome = run_process(spec);
    EXPECT_TRUE(outcome.succeeded()) << spec.argv.front() << " " << outcome.sentence() << outcome.err.text;
    return outcome.out.text.substr(0, outcome.out.text.find_last_not_of('\n') + 1);
  }
  bool has(const std::string& program) const {
    ProcessSpec spec;
    spec.argv = {program, "--version"};
    return run_process(spec).succeeded();
  }
  const TemporaryFolder folder_;
};

class SubversionTest : public OtherSystem {
 protected:
  void SetUp() override {
    if (!has("svnadmin")) GTEST_SKIP() << "there is no subversion";
    run(folder_.path(), {"svnadmin", "create", "repository"});
    run(folder_.path(), {"svn", "mkdir", "--quiet", "--message", "layout", address("/trunk"),
                         address("/branches"), address("/tags")});
  }
  /// With the blanks of the folder's name as a URL has them.
  std::string address(const std::string& path) const {
    std::string text;
    for (const char c : (folder_ / "repository").string()) text += c == ' ' ? "%20" : std::string(1, c);
    return "file://" + text + path;
  }
  fs::path checked_out(const std::string& path, const std::string& name = "copy") const {
    run(folder_.path(), {"svn", "checkout", "--quiet", address(path), name});
    return folder_ / name;
  }
  void commit(const fs::path& copy, const std::string& file, const std::string& content) const {
    write_file(copy / file, content);
    run(copy, {"svn", "add", "--quiet", "--force", "."});
    run(copy, {"svn", "commit", "--quiet", "--message", "change", "."});
  }
};

TEST_F(SubversionTest, has_its_revision_and_branch) {
  const fs::path copy = checked_out("/trunk");
  commit(copy, "file", "one\n");
  run(copy, {"svn", "update", "--quiet"});
  fs::create_directories(copy / "deep");
  for (const fs::path& folder : {copy, copy / "deep"}) {
    const WorkingCopy found = read_working_copy(folder);
    EXPECT_EQ(found.system, VersionControl::subversion);
    EXPECT_EQ(found.root, copy);
    EXPECT_EQ(found.commit, "r2");
    EXPECT_EQ(found.branch, "trunk");
    EXPECT_FALSE(found.modified);
    EXPECT_EQ(found.trouble, "");
  }
  write_file(copy / "untracked", "x");
  EXPECT_FALSE(read_working_copy(copy).modified);
  write_file(copy / "file", "two\n");
  EXPECT_TRUE(read_working_copy(copy).modified);
  EXPECT_EQ(read_working_copy(copy).commit, "r2");
}

TEST_F(SubversionTest, says_that_it_holds_several_revisions) {
  const fs::path copy = checked_out("/trunk");
  commit(copy, "file", "one\n");
  const WorkingCopy found = read_working_copy(copy);
  EXPECT_EQ(found.commit, "r2");
  EXPECT_TRUE(found.modified);
  EXPECT_THAT(found.trouble, HasSubstr("holds revisions 1 to 2"));
}

TEST_F(SubversionTest, has_the_name_that_follows_branches) {
  for (const char* name : {"/branches/release", "/branches/release/1.0", "/tags/v1"})
    run(folder_.path(),
        {"svn", "copy", "--quiet", "--parents", "--message", "branch", address("/trunk"), address(name)});
  const fs::path branch = checked_out("/branches/release/1.0", "one");
  EXPECT_EQ(current_branch(branch), "release/1.0");
  EXPECT_EQ(current_branch(checked_out("/tags/v1", "tag")), "");
  const fs::path whole = checked_out("", "whole");
  EXPECT_EQ(current_branch(whole), "");
  EXPECT_EQ(current_branch(whole / "trunk"), "trunk");
  EXPECT_EQ(current_branch(whole / "branches" / "release"), "release");
}

TEST_F(SubversionTest, takes_no_folder_for_a_peg) {
  const fs::path copy = checked_out("/trunk", "copy@2");
  EXPECT_EQ(read_working_copy(copy).commit, "r1");
}

TEST(BranchOfSubversion, is_read_from_the_url) {
  EXPECT_EQ(branch_of_subversion("^/trunk", true), "trunk");
  EXPECT_EQ(branch_of_subversion("^/project/trunk/sub", true), "trunk");
  EXPECT_EQ(branch_of_subversion("^/project/branches/a/b", true), "a/b");
  EXPECT_EQ(branch_of_subversion("^/project/branches/a/b", false), "a");
  EXPECT_EQ(branch_of_subversion("^/branches/m%C3%A4rz", true), "märz");
  for (const char* other : {"^/", "", "^/tags/v1", "^/branches", "^/branches/", "^/trunks/x",
                            "^/branches/%2e%2e", "^/branches/a%20b", "^/branches/-x", "^/branches/%1b[2J"})
    EXPECT_EQ(branch_of_subversion(other, true), "") << other;
}

TEST_F(OtherSystem, a_folder_that_is_merely_called_so_has_no_revision) {
  fs::create_directories(folder_ / "s" / ".svn");
  const WorkingCopy copy = read_working_copy(folder_ / "s");
  EXPECT_EQ(copy.system, VersionControl::subversion);
  EXPECT_EQ(copy.commit, "");
  EXPECT_THAT(copy.trouble, HasSubstr("is not known"));
}

class MercurialTest : public OtherSystem {
 protected:
  void SetUp() override {
    if (!has("hg")) GTEST_SKIP() << "there is no mercurial";
    run(folder_.path(), {"hg", "init", "copy"});
  }
  std::string commit(const std::string& file, const std::string& content) const {
    write_file(copy_ / file, content);
    run(copy_, {"hg", "commit", "--quiet", "--addremove", "--date", "2026-11-29 01:00 +0000", "--message",
                "change"});
    return run(copy_, {"hg", "log", "--rev", ".", "--template", "{node}"});
  }
  const fs::path copy_ = folder_ / "copy";
};

TEST_F(MercurialTest, has_its_commit_and_branch) {
  EXPECT_EQ(read_working_copy(copy_).commit, "") << "before the first";
  EXPECT_EQ(read_working_copy(copy_).branch, "default");
  const std::string node = commit("deep/file", "one\n");
  for (const fs::path& folder : {copy_, copy_ / "deep"}) {
    const WorkingCopy found = read_working_copy(folder);
    EXPECT_EQ(found.system, VersionControl::mercurial);
    EXPECT_EQ(found.root, copy_);
    EXPECT_EQ(found.commit, node);
    EXPECT_EQ(found.branch, "default");
    EXPECT_FALSE(found.modified);
    EXPECT_EQ(found.trouble, "");
  }
  write_file(copy_ / "untracked", "x");
  EXPECT_FALSE(read_working_copy(copy_).modified);
  write_file(copy_ / "deep" / "file", "two\n");
  EXPECT_TRUE(read_working_copy(copy_).modified);
  EXPECT_EQ(read_working_copy(copy_).commit, node);
}

TEST_F(MercurialTest, has_the_branch_that_is_set_and_a_merge_is_modified) {
  commit("file", "one\n");
  run(copy_, {"hg", "branch", "--quiet", "release/2"});
  EXPECT_EQ(current_branch(copy_), "release/2");
  const std::string there = commit("other", "x\n");
  EXPECT_EQ(read_working_copy(copy_).commit, there);
  run(copy_, {"hg", "update", "--quiet", "default"});
  EXPECT_EQ(current_branch(copy_), "default");
  const std::string here = commit("third", "x\n");
  run(copy_, {"hg", "merge", "--quiet", "release/2"});
  EXPECT_EQ(read_working_copy(copy_).commit, here);
  EXPECT_TRUE(read_working_copy(copy_).modified);
}

}  // namespace
}  // namespace modelgate
