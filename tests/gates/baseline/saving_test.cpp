#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schemas/tool/files.h"
#include "tests/gates/baseline/store_fixture.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class SavingTest : public StoreTest {};

TEST_F(SavingTest, keeps_every_file_by_its_digest_with_its_executable_bit) {
  save("v1.0.0", {{"model.pt", "weights"}, {"bin/run.exe", "#!"}, {"data/文 件.txt", "x"}});
  const Manifest saved = manifest("saved", "v1.0.0");
  ASSERT_THAT(saved.files, SizeIs(3));
  EXPECT_EQ(saved.files[0].path, "bin/run.exe");
  EXPECT_TRUE(saved.files[0].executable);
  EXPECT_FALSE(saved.files[2].executable);
  EXPECT_EQ(saved.files[2].digest, digest_of_bytes("weights"));
  EXPECT_EQ(read_file(object(saved.files[2].digest)), "weights");
  EXPECT_EQ(saved.digest, digest_of(list_files(folder_ / "saving v1.0.0")));
  struct stat status {};
  ASSERT_EQ(::stat(object(saved.files[2].digest).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0444u);
}

TEST_F(SavingTest, keeps_equal_files_once) {
  save("v1", {{"a", "same"}, {"b", "same"}});
  save("v2", {{"c", "same"}});
  EXPECT_THAT(objects(), SizeIs(3)) << "one file, two manifests";
}

TEST_F(SavingTest, saving_the_same_again_changes_nothing) {
  save("v1", {{"a", "x"}});
  const std::string before = read_file(store() / "saved" / "v1.json");
  const Outcome again = program("save 'saving v1' --version v1 --commit other");
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.out, HasSubstr("unchanged v1"));
  EXPECT_EQ(read_file(store() / "saved" / "v1.json"), before);
}

TEST_F(SavingTest, a_version_never_takes_other_files) {
  save("v1", {{"a", "x"}, {"b.exe", "y"}});
  const std::string before = read_file(store() / "saved" / "v1.json");
  const std::pair<Files, std::string> others[] = {{{{"a", "z"}, {"b.exe", "y"}}, "a differs"},
                                                  {{{"a", "x"}}, "b.exe is missing"},
                                                  {{{"a", "x"}, {"b.exe", "y"}, {"c", ""}}, "c is new"}};
  for (const auto& [files, words] : others) {
    make_folder("other", files);
    const Outcome outcome = program("save other --version v1");
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_THAT(outcome.err, HasSubstr(words));
  }
  fs::permissions(make_folder("other", {{"a", "x"}, {"b.exe", "y"}}) / "a", fs::perms(0755));
  EXPECT_EQ(code("save other --version v1"), 2) << "the executable bit is part of a release";
  EXPECT_EQ(read_file(store() / "saved" / "v1.json"), before);
}

TEST_F(SavingTest, a_release_never_takes_other_files_either) {
  release("v1", {{"a", "x"}});
  EXPECT_EQ(code("save 'saving v1' --version v1"), 0);
  EXPECT_FALSE(fs::exists(store() / "saved" / "v1.json"));
  make_folder("other", {{"a", "z"}});
  EXPECT_EQ(code("save other --version v1"), 2);
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(SavingTest, saving_again_mends_what_was_damaged) {
  save("v1", {{"a", "xyz"}, {"b", "other"}});
  overwrite(object(digest_of_bytes("xyz")), "xyZ");
  fs::remove(object(digest_of_bytes("other")));
  EXPECT_EQ(code("verify"), 4);
  EXPECT_EQ(code("save 'saving v1' --version v1"), 0);
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(SavingTest, refuses_what_is_no_version) {
  make_folder("d", {{"a", "x"}});
  for (const char* version : {"''", "../x", "a/b", ".hidden", "'a b'", "latest", "'x\ny'", "v1\\\\x", "ü"})
    EXPECT_EQ(code(std::string("save d --version=") + version), 2) << version;
  EXPECT_EQ(code("save d --version " + std::string(101, 'v')), 2);
  EXPECT_EQ(code("save d"), 2);
  EXPECT_FALSE(fs::exists(store())) << "nothing was begun";
  EXPECT_EQ(code("save d --version " + std::string(100, 'v')), 0);
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(SavingTest, refuses_a_folder_that_cannot_be_released) {
  EXPECT_EQ(code("save missing --version v1"), 2);
  fs::create_directory(folder_ / "empty");
  EXPECT_EQ(code("save empty --version v1"), 2);
  write_file(folder_ / "file", "x");
  EXPECT_EQ(code("save file --version v1"), 2);
  make_folder("pipe", {{"a", "x"}});
  ASSERT_EQ(::mkfifo((folder_ / "pipe" / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(code("save pipe --version v1"), 2);
  make_folder("link", {{"a", "x"}});
  fs::create_symlink("/etc/passwd", folder_ / "link" / "out");
  EXPECT_EQ(code("save link --version v1"), 2);
  EXPECT_EQ(code("list"), 2) << "no store was begun";
}

TEST_F(SavingTest, a_link_within_the_folder_is_kept_as_the_file_it_leads_to) {
  make_folder("d", {{"a", "x"}});
  fs::create_symlink("a", folder_ / "d" / "b");
  EXPECT_EQ(code("save d --version v1"), 0);
  EXPECT_EQ(manifest("saved", "v1").files[1].digest, digest_of_bytes("x"));
}

TEST_F(SavingTest, a_store_cannot_be_saved_into_itself) {
  write_file(folder_ / "a", "x");
  EXPECT_EQ(code("save . --version v1"), 2);
  EXPECT_EQ(code("save . --version v1 --store ."), 2);
}

TEST_F(SavingTest, a_store_is_of_one_model) {
  make_folder("d", {{"a", "x"}});
  make_folder("e", {{"a", "y"}});
  EXPECT_EQ(code("save d --version v1 --name intents"), 0);
  EXPECT_EQ(code("save e --version v2 --name speech"), 2);
  EXPECT_EQ(code("save e --version v2"), 0);
  EXPECT_EQ(code("save e --version v3 --name intents"), 0);
  EXPECT_EQ(code("save e --version v4 --name=\"$(printf 'a\\033b')\""), 2);
}

TEST_F(SavingTest, a_disk_that_is_full_leaves_nothing_half_written) {
  make_folder("d", {{"a", "small"}, {"b", std::string(200'000, 'x')}});
  // Files may not grow beyond 64 KiB; the signal that comes with it is ignored, as for a full disk.
  const Outcome outcome = program("save d --version v1", "trap '' XFSZ; ulimit -f 64;");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("cannot be written"));
  EXPECT_TRUE(fs::is_empty(store() / "incoming"));
  EXPECT_TRUE(fs::is_empty(store() / "saved"));
  EXPECT_EQ(code("save d --version v1"), 0);
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(SavingTest, a_store_that_cannot_be_written_is_an_error) {
  make_folder("d", {{"a", "x"}});
  write_file(folder_ / "file", "");
  EXPECT_EQ(code("save d --version v1 --store file"), 4);
  EXPECT_EQ(code("save d --version v1 --store file/store"), 4);
  EXPECT_EQ(code("save d --version v1 --store /proc/store"), 4);
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  save("v1", {{"a", "x"}});
  fs::permissions(store() / "incoming", fs::perms(0555));
  EXPECT_EQ(code("save d --version v2"), 4);
  fs::permissions(store() / "incoming", fs::perms(0755));
}

TEST_F(SavingTest, a_store_may_lie_behind_a_link_but_holds_none) {
  make_folder("d", {{"a", "x"}});
  fs::create_directories(folder_ / "real");
  fs::create_directory_symlink("real", folder_ / "link");
  EXPECT_EQ(code("save d --version v1 --store link"), 0);
  EXPECT_EQ(code("verify --store link"), 0);
  for (const char* part : {"objects", "saved", "incoming"}) {
    fs::rename(folder_ / "real" / part, folder_ / "moved");
    fs::create_directory_symlink(folder_ / "moved", folder_ / "real" / part);
    const Outcome outcome = program("save d --version v2 --store link");
    EXPECT_EQ(outcome.exit_code, 4) << part;
    EXPECT_THAT(outcome.err, HasSubstr("is a link")) << part;
    fs::remove(folder_ / "real" / part);
    fs::rename(folder_ / "moved", folder_ / "real" / part);
  }
}

}  // namespace
}  // namespace modelgate
