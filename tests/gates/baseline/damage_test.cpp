// What verify and checkout find: each kind of damage, named, with exit code 4.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "schemas/tool/files.h"
#include "tests/gates/baseline/store_fixture.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class DamageTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    release("v1.0.0", {{"model.pt", "first weights"}, {"sub/classes.txt", "a\nb\n"}});
    release("v1.1.0", {{"model.pt", "better weights"}, {"sub/classes.txt", "a\nb\n"}});
    ASSERT_EQ(code("verify"), 0);
  }

  fs::path weights() const { return object(digest_of_bytes("better weights")); }
  fs::path latest_manifest() const { return store() / "releases" / "v1.1.0.json"; }

  /// Both must find it, exit with 4, name the file, and leave nothing in the target's place.
  void expect_found(const std::string& named, const std::string& words, bool by_checkout = true) const {
    const Outcome verified = program("verify");
    EXPECT_EQ(verified.exit_code, 4);
    EXPECT_THAT(verified.err, AllOf(HasSubstr(named), HasSubstr(words)));
    EXPECT_EQ(verified.out, "");
    const Outcome fetched = program("checkout latest --to target");
    EXPECT_EQ(fetched.exit_code, by_checkout ? 4 : 0) << fetched.err;
    if (!by_checkout) return;
    EXPECT_THAT(fetched.err, AllOf(HasSubstr(named), HasSubstr(words)));
    EXPECT_FALSE(fs::exists(folder_ / "target"));
    EXPECT_FALSE(fs::exists(folder_ / ".target.modelgate-checkout"));
  }

  /// The latest release's manifest with a piece replaced.
  void edit(const std::string& from, const std::string& to) const {
    std::string text = read_file(latest_manifest());
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    overwrite(latest_manifest(), text.replace(at, from.size(), to));
  }
};

TEST_F(DamageTest, a_flipped_bit_anywhere) {
  const std::string content = "better weights";
  for (std::size_t byte = 0; byte < content.size(); byte += 4) {
    std::string flipped = content;
    flipped[byte] = static_cast<char>(flipped[byte] ^ 1);
    overwrite(weights(), flipped);
    expect_found(weights().filename(), "expected " + digest_of_bytes(content));
  }
  overwrite(weights(), content);
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(DamageTest, says_which_file_of_which_version_and_what_was_found) {
  overwrite(weights(), "bitter weights");
  const Outcome outcome = program("verify v1.1.0");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("model.pt of v1.1.0"),
                                 HasSubstr("found " + digest_of_bytes("bitter weights"))));
  EXPECT_EQ(code("verify v1.0.0"), 0) << "the other release is sound";
}

TEST_F(DamageTest, a_truncated_or_grown_object) {
  overwrite(weights(), "better weight");
  expect_found(weights().filename(), "is damaged");
  overwrite(weights(), "");
  expect_found(weights().filename(), "is damaged");
  overwrite(weights(), "better weights\n");
  expect_found(weights().filename(), "is damaged");
}

TEST_F(DamageTest, a_missing_object) {
  fs::remove(weights());
  expect_found(weights().filename(), "is missing");
  fs::remove_all(weights().parent_path());
  expect_found(weights().filename(), "is missing");
}

TEST_F(DamageTest, something_else_in_an_objects_place) {
  const fs::path kept = folder_ / "kept";
  fs::rename(weights(), kept);
  fs::create_symlink(kept, weights());
  expect_found(weights().filename(), "is a link");
  fs::remove(weights());
  fs::create_directory(weights());
  expect_found(weights().filename(), "is not a regular file");
  fs::remove(weights());
  ASSERT_EQ(::mkfifo(weights().c_str(), 0600), 0);
  expect_found(weights().filename(), "is not a regular file");
}

TEST_F(DamageTest, a_folder_of_the_store_that_is_a_link) {
  for (const char* part : {"objects", "releases"}) {
    fs::rename(store() / part, folder_ / "moved");
    fs::create_directory_symlink(folder_ / "moved", store() / part);
    expect_found(part, "is a link");
    fs::remove(store() / part);
    fs::rename(folder_ / "moved", store() / part);
  }
  const fs::path shelf = weights().parent_path();
  fs::rename(shelf, folder_ / "moved");
  fs::create_directory_symlink(folder_ / "moved", shelf);
  expect_found(shelf.filename(), "is a link");
}

TEST_F(DamageTest, what_does_not_belong_among_the_objects) {
  fs::create_symlink("/etc/passwd", store() / "objects" / "planted");
  expect_found("planted", "does not belong", false);
  fs::remove(store() / "objects" / "planted");
  fs::remove_all(folder_ / "target");
  fs::create_symlink("/etc/passwd", weights().parent_path() / std::string(62, 'a'));
  expect_found(std::string(62, 'a'), "is a link", false);
  fs::remove(weights().parent_path() / std::string(62, 'a'));
  fs::remove_all(folder_ / "target");
  write_file(store() / "objects" / "ab" / std::string(62, '0'), "not of this digest");
  expect_found(std::string(62, '0'), "is damaged", false);
}

TEST_F(DamageTest, what_does_not_belong_into_a_store) {
  write_file(store() / "notes.txt", "x");
  expect_found("notes.txt", "does not belong", false);
  fs::remove(store() / "notes.txt");
  fs::remove_all(folder_ / "target");
  write_file(store() / "saved" / "notes.txt", "x");
  expect_found("notes.txt", "is not the manifest of a version", false);
}

TEST_F(DamageTest, a_manifest_that_points_outside_of_the_store) {
  for (const char* path : {"../model.pt", "/etc/model.pt", "sub/../../model.pt", "sub\\\\..\\\\model.pt",
                           "./model.pt", "sub//model.pt", "", "model.pt\\u0000"}) {
    const std::string before = read_file(latest_manifest());
    edit("\"model.pt\"", "\"" + std::string(path) + "\"");
    expect_found("v1.1.0.json", "leaves the release's folder");
    overwrite(latest_manifest(), before);
  }
  EXPECT_FALSE(fs::exists(folder_ / "model.pt"));
}

TEST_F(DamageTest, a_manifest_whose_digests_are_paths) {
  edit(digest_of_bytes("better weights"), "sha256:../../../../" + std::string(52, 'a'));
  expect_found("v1.1.0.json", "is not a digest");
}

TEST_F(DamageTest, a_manifest_edited_by_hand_wherever_it_was) {
  const std::string before = read_file(latest_manifest());
  const std::pair<std::string, std::string> edits[] = {
      {"\"created\": \"2", "\"created\": \"3"},
      {"\"release\"", "\"commit\": \"beef\",\n  \"release\""},
      {"\"baseline\": \"v1.0.0\"", "\"baseline\": \"v0.9.0\""},
      {"\"baseline\": \"v1.0.0\"", "\"first_release\": true"},
      {"{\n", "{ \n"}};
  for (const auto& [from, to] : edits) {
    edit(from, to);
    expect_found("v1.1.0.json", "was changed");
    overwrite(latest_manifest(), before);
  }
  edit("\"bytes\": 14", "\"bytes\": 15");
  expect_found("v1.1.0.json", "was changed");
  overwrite(latest_manifest(), before);
  edit(digest_of_bytes("better weights"), digest_of_bytes("first weights"));
  expect_found("v1.1.0.json", "not that of the files");
  overwrite(latest_manifest(), before.substr(0, before.size() / 2));
  expect_found("v1.1.0.json", "too early");
  overwrite(latest_manifest(), "");
  expect_found("v1.1.0.json", "is empty");
}

TEST_F(DamageTest, a_manifest_under_another_name_or_in_another_folder) {
  fs::copy_file(store() / "releases" / "v1.0.0.json", store() / "releases" / "v9.0.0.json");
  expect_found("v9.0.0.json", "found that of v1.0.0");
  fs::remove(store() / "releases" / "v9.0.0.json");
  save("v2.0.0", {{"model.pt", "not judged"}});
  fs::copy_file(store() / "saved" / "v2.0.0.json", store() / "releases" / "v2.0.0.json");
  expect_found("v2.0.0.json", "no verdict that let it through");
}

TEST_F(DamageTest, a_manifest_that_is_a_link) {
  fs::rename(latest_manifest(), folder_ / "kept.json");
  fs::create_symlink(folder_ / "kept.json", latest_manifest());
  expect_found("v1.1.0.json", "is a link");
}

TEST_F(DamageTest, a_release_forged_with_objects_and_all_is_not_what_its_verdict_judged) {
  // Somebody swaps the weights, and mends digests and manifest so that they agree.
  Manifest forged = manifest("releases", "v1.1.0");
  const std::string weights = "worse weights";
  for (FileEntry& entry : forged.files)
    if (entry.path == "model.pt") entry.digest = digest_of_bytes(weights), entry.bytes = 13;
  forged.digest = digest_of(forged.files);
  const std::string text = to_json(forged);
  write_file(object(digest_of_bytes(weights)), weights);
  write_file(object(digest_of_bytes(text)), text);
  overwrite(latest_manifest(), text);
  const Outcome outcome = program("verify");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("was not let through by its verdict"));
}

TEST_F(DamageTest, a_verdict_that_was_changed_or_is_gone) {
  const fs::path verdict = object(manifest("releases", "v1.1.0").released->verdict_digest);
  const std::string text = read_file(verdict);
  overwrite(verdict, text + " ");
  expect_found(verdict.filename(), "the verdict of v1.1.0", false);
  fs::remove_all(folder_ / "target");
  fs::remove(verdict);
  expect_found(verdict.filename(), "is missing", false);
  EXPECT_EQ(code("show v1.1.0"), 4);
}

TEST_F(DamageTest, one_damaged_version_does_not_hide_the_others_from_list) {
  overwrite(latest_manifest(), "garbage");
  const Outcome outcome = program("list");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.out, HasSubstr("v1.0.0"));
  EXPECT_THAT(outcome.err, HasSubstr("v1.1.0.json"));
}

TEST_F(DamageTest, a_damaged_latest_release_keeps_the_next_from_being_promoted) {
  save("v1.2.0", {{"model.pt", "best"}});
  const Verdict verdict = passing_verdict("v1.2.0");
  overwrite(latest_manifest(), "garbage");
  EXPECT_EQ(promote("v1.2.0", verdict), 4);
  EXPECT_FALSE(fs::exists(store() / "releases" / "v1.2.0.json"));
}

TEST_F(DamageTest, a_store_that_lost_a_folder) {
  for (const char* part : {"releases", "saved", "objects"}) {
    fs::rename(store() / part, folder_ / "moved");
    const Outcome outcome = program("verify");
    EXPECT_EQ(outcome.exit_code, 4) << part;
    EXPECT_THAT(outcome.err, AllOf(HasSubstr(part), HasSubstr("is missing")));
    EXPECT_EQ(code("list"), 4) << part;
    fs::rename(folder_ / "moved", store() / part);
  }
}

class EmptyStoreTest : public StoreTest {};

TEST_F(EmptyStoreTest, is_not_verified) {
  EXPECT_EQ(code("verify"), 2) << "there is no store";
  fs::create_directories(store());
  EXPECT_EQ(code("verify"), 2) << "a folder is not a store yet";
  for (const char* part : {"objects", "releases", "saved"}) fs::create_directory(store() / part);
  EXPECT_EQ(code("list"), 0);
  EXPECT_EQ(code("verify"), 4) << "nothing was verified";
}

}  // namespace
}  // namespace modelgate
