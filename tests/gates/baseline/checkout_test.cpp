#include <gmock/gmock.h>
#include <sys/stat.h>

#include "gates/baseline/folder.h"
#include "schemas/tool/files.h"
#include "tests/gates/baseline/store_fixture.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class CheckoutTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    release("v1.9.0", {{"model.pt", "nine"}, {"bin/run.exe", "#!"}, {"文 件", "x"}});
    release("v1.10.0", {{"model.pt", "ten"}});
  }
};

TEST_F(CheckoutTest, writes_exactly_what_was_saved) {
  EXPECT_EQ(code("checkout v1.9.0 --to 'a new/target folder'"), 0);
  EXPECT_EQ(list_files(folder_ / "a new/target folder"), manifest("releases", "v1.9.0").files);
  EXPECT_EQ(read_file(folder_ / "a new/target folder/文 件"), "x");
}

TEST_F(CheckoutTest, the_latest_is_the_highest_version_not_the_newest) {
  release("v1.2.0", {{"model.pt", "a late correction"}});
  EXPECT_EQ(code("checkout latest --to target"), 0);
  EXPECT_EQ(read_file(folder_ / "target/model.pt"), "ten");
}

TEST_F(CheckoutTest, prints_the_manifest_for_programs) {
  const Outcome outcome = program("checkout latest --to target --json");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(manifest_from(parse_json(outcome.out, "stdout")), manifest("releases", "v1.10.0"));
  EXPECT_EQ(outcome.err, "");
}

TEST_F(CheckoutTest, writes_the_verdicts_that_led_to_the_release) {
  EXPECT_EQ(code("checkout v1.10.0 --to target --history 'the history'"), 0);
  EXPECT_EQ(read_verdict(folder_ / "the history/001.json").candidate.version, "v1.10.0");
  EXPECT_EQ(read_verdict(folder_ / "the history/002.json").candidate.version, "v1.9.0");
  EXPECT_FALSE(fs::exists(folder_ / "the history/003.json"));
}

TEST_F(CheckoutTest, a_history_replaces_nothing_that_is_there) {
  write_file(folder_ / "mine/notes.txt", "mine");
  const Outcome outcome = program("checkout latest --to target --history mine");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("is not empty"));
  EXPECT_EQ(read_file(folder_ / "mine/notes.txt"), "mine");
}

TEST_F(CheckoutTest, what_a_run_does_to_its_copy_does_not_reach_the_store) {
  ASSERT_EQ(code("checkout latest --to target"), 0);
  struct stat status {};
  ASSERT_EQ(::stat((folder_ / "target/model.pt").c_str(), &status), 0);
  EXPECT_EQ(status.st_nlink, 1u);
  EXPECT_NE(status.st_mode & S_IWUSR, 0u);
  write_file(folder_ / "target/model.pt", "overwritten");
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(CheckoutTest, replaces_an_unchanged_checkout_and_an_empty_folder) {
  fs::create_directory(folder_ / "target");
  EXPECT_EQ(code("checkout v1.9.0 --to target"), 0);
  EXPECT_EQ(code("checkout v1.10.0 --to target/"), 0);
  EXPECT_EQ(list_files(folder_ / "target"), manifest("releases", "v1.10.0").files);
}

TEST_F(CheckoutTest, never_overwrites_what_is_not_in_the_store) {
  const auto refused = [&] {
    EXPECT_EQ(code("checkout latest --to target"), 2);
    EXPECT_FALSE(fs::exists(folder_ / ".target.modelgate-checkout"));
  };
  make_folder("target", {{"mine.txt", "precious"}});
  refused();
  EXPECT_EQ(read_file(folder_ / "target/mine.txt"), "precious");
  fs::remove_all(folder_ / "target");
  ASSERT_EQ(code("checkout latest --to target"), 0);
  write_file(folder_ / "target/model.pt", "tuned by hand");
  refused();
  fs::remove_all(folder_ / "target");
  write_file(folder_ / "target", "a file");
  refused();
  fs::remove(folder_ / "target");
  fs::create_directory(folder_ / "elsewhere");
  fs::create_directory_symlink("elsewhere", folder_ / "target");
  refused();
  EXPECT_TRUE(fs::is_empty(folder_ / "elsewhere"));
  EXPECT_EQ(code("checkout latest --to ."), 2);
  EXPECT_EQ(code("checkout latest --to ''"), 2);
  EXPECT_EQ(code("checkout latest --to .modelgate/store/x"), 2);
}

TEST_F(CheckoutTest, takes_what_is_only_saved_if_asked_to) {
  save("v2.0.0", {{"model.pt", "two"}});
  EXPECT_EQ(code("checkout v2.0.0 --to target"), 2);
  EXPECT_EQ(code("checkout v2.0.0 --saved --to target"), 0);
  EXPECT_EQ(code("checkout latest --to other"), 0);
  EXPECT_EQ(read_file(folder_ / "other/model.pt"), "ten");
}

TEST_F(CheckoutTest, says_what_to_do_where_there_is_nothing_to_take) {
  Outcome outcome = program("checkout v1.11.0 --to target");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("v1.10.0"));
  outcome = program("checkout latest --store none --to target");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--first-release"));
  make_folder("d", {{"a", "x"}});
  ASSERT_EQ(code("save d --version v1 --store other"), 0);
  outcome = program("checkout latest --store other --to target");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--first-release"));
}

TEST_F(CheckoutTest, what_a_killed_checkout_left_is_removed_by_the_next) {
  make_folder(".target.modelgate-checkout", {{"model.pt", "t"}, {"junk/x", ""}});
  EXPECT_EQ(code("checkout latest --to target"), 0);
  EXPECT_EQ(list_files(folder_ / "target"), manifest("releases", "v1.10.0").files);
  EXPECT_FALSE(fs::exists(folder_ / ".target.modelgate-checkout"));
}

TEST_F(CheckoutTest, a_link_in_the_place_of_its_scaffold_is_not_followed) {
  make_folder("elsewhere", {{"mine.txt", "precious"}});
  fs::create_directory_symlink("elsewhere", folder_ / ".target.modelgate-checkout");
  EXPECT_EQ(code("checkout latest --to target"), 4);
  EXPECT_EQ(read_file(folder_ / "elsewhere/mine.txt"), "precious");
}

TEST_F(CheckoutTest, a_full_disk_leaves_no_target) {
  save("v3.0.0", {{"a", "x"}, {"big", std::string(100'000, 'x')}});
  const Outcome outcome = program("checkout v3.0.0 --saved --to target", "trap '' XFSZ; ulimit -f 64;");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_FALSE(fs::exists(folder_ / "target"));
  EXPECT_FALSE(fs::exists(folder_ / ".target.modelgate-checkout"));
}

TEST_F(CheckoutTest, writes_many_files_and_finds_the_one_that_is_damaged) {
  Files files;
  for (int i = 0; i < 300; ++i)
    files["d" + std::to_string(i % 7) + "/" + std::to_string(i)] = std::to_string(i);
  release("v4.0.0", files);
  EXPECT_EQ(code("checkout latest --to target"), 0);
  EXPECT_EQ(list_files(folder_ / "target").size(), 300u);
  overwrite(object(digest_of_bytes("217")), "712");
  const Outcome outcome = program("checkout latest --to other");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr(object(digest_of_bytes("217")).filename().string()));
  EXPECT_FALSE(fs::exists(folder_ / "other"));
}

}  // namespace
}  // namespace modelgate
