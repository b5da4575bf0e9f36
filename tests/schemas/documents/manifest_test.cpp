#include "schemas/documents/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

Manifest manifest_of(const std::vector<FileEntry>& files) {
  Manifest manifest;
  manifest.version = "v1.0.0";
  manifest.created = "2026-11-23T20:00:00Z";
  manifest.files = files;
  manifest.digest = digest_of(files);
  return manifest;
}

std::string error_of_paths(const std::vector<std::string>& paths) {
  std::vector<FileEntry> files;
  for (const std::string& path : paths) files.push_back({path, abc, 3, false});
  return error_of([&] { manifest_from(parse_json(to_json(manifest_of(files)), "m.json")); });
}

TEST(Manifest, survives_writing_and_reading) {
  Manifest manifest = manifest_of({{"a b/客服.txt", abc, 3, true}, {"model.pt", abc, 3, false}});
  EXPECT_EQ(manifest_from(parse_json(to_json(manifest), "m")), manifest);
  manifest.name = "support";
  manifest.commit = "abc";
  manifest.released = ReleasedBy{abc, false, "v0.9"};
  EXPECT_EQ(manifest_from(parse_json(to_json(manifest), "m")), manifest);
}

TEST(Manifest, refuses_paths_that_leave_the_folder) {
  for (const char* path :
       {"../a", "/etc/passwd", "a/../b", "a/..", "..", ".", "./a", "a/./b", "a//b", "a/", "", "a\\b", "a\nb",
        "\xc2\x9b"
        "a"})
    EXPECT_EQ(error_of_paths({path}), "m.json#/files/0/path: the path '" + printable(path) +
                                          "' leaves the release's folder or is malformed");
  EXPECT_EQ(error_of_paths({"..a", "...", ".hidden", "a..b/c..", "客 服"}),
            "m.json#/files/1: files must be sorted by path, each once");
  EXPECT_EQ(error_of_paths({"...", "..a", ".hidden", "a..b/c..", "客 服"}), "");
}

TEST(Manifest, refuses_files_out_of_order_or_twice) {
  EXPECT_EQ(error_of_paths({"b", "a"}), "m.json#/files/1: files must be sorted by path, each once");
  EXPECT_EQ(error_of_paths({"a", "a"}), "m.json#/files/1: files must be sorted by path, each once");
  EXPECT_EQ(error_of_paths({}), "m.json#/files: a release without files");
}

TEST(Manifest, refuses_a_digest_that_is_not_that_of_the_files) {
  Manifest manifest = manifest_of({{"a", abc, 3, false}});
  manifest.files[0].executable = true;
  EXPECT_EQ(error_of([&] { manifest_from(parse_json(to_json(manifest), "m.json")); }),
            "m.json#/digest: the digest is not that of the files listed");
  manifest.files[0].digest = "sha256:BA78";
  EXPECT_EQ(error_of([&] { manifest_from(parse_json(to_json(manifest), "m.json")); }),
            "m.json#/files/0/digest: is not a digest\n  Expected are sha256: and 64 hexadecimal digits.");
}

TEST(Manifest, refuses_a_version_that_is_no_safe_file_name) {
  for (const char* version : {"", ".", "..", "-v1", "../v1", "v 1", "v1/x", "客"}) {
    Manifest manifest = manifest_of({{"a", abc, 3, false}});
    manifest.version = version;
    EXPECT_THAT(error_of([&] { manifest_from(parse_json(to_json(manifest), "m.json")); }),
                HasSubstr("m.json#/release: '" + std::string(version) + "' cannot be a version"));
  }
  EXPECT_TRUE(is_safe_name("v1.0.0-rc1+build_7"));
  EXPECT_FALSE(is_safe_name(std::string(101, 'a')));
}

TEST(Digest, is_the_sha256_of_the_bytes) {
  EXPECT_EQ(digest_of_bytes(""), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(digest_of_bytes("abc"), abc);
  const TemporaryFolder folder;
  EXPECT_EQ(digest_of_file(folder.with("x", "abc")), abc);
  const std::string large(1'000'000, 'a');
  EXPECT_EQ(digest_of_file(folder.with("large", large)),
            "sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_THAT(error_of([&] { digest_of_file(folder / "none"); }, ErrorKind::infrastructure),
              HasSubstr("cannot be opened"));
  EXPECT_NE(error_of([&] { digest_of_file(folder.path()); }, ErrorKind::infrastructure), "");
}

TEST(Digest, of_a_folder_changes_with_names_content_and_executable_bit) {
  const FileEntry a{"a", abc, 3, false};
  const std::string digest = digest_of({a});
  EXPECT_NE(digest, digest_of({{"b", abc, 3, false}}));
  EXPECT_NE(digest, digest_of({{"a", abc, 3, true}}));
  EXPECT_NE(digest, digest_of({{"a", digest_of_bytes(""), 3, false}}));
  EXPECT_NE(digest, digest_of({a, {"b", abc, 3, false}}));
}

TEST(ListFiles, lists_every_file_with_its_digest_in_order) {
  const TemporaryFolder folder;
  folder.with("b/z", "abc");
  folder.with("b/客 服", "");
  folder.with("a", "abc");
  ::chmod((folder / "a").c_str(), 0755);
  fs::create_symlink("a", folder / "c");
  fs::create_directory(folder / "empty");
  EXPECT_THAT(list_files(folder.path()),
              ElementsAre(FileEntry{"a", abc, 3, true}, FileEntry{"b/z", abc, 3, false},
                          FileEntry{"b/客 服", digest_of_bytes(""), 0, false}, FileEntry{"c", abc, 3, true}));
}

TEST(ListFiles, refuses_what_cannot_be_released) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_of([&] { list_files(folder.path()); }), HasSubstr("is empty"));
  EXPECT_THAT(error_of([&] { list_files(folder / "none"); }), HasSubstr("cannot be found"));
  EXPECT_THAT(error_of([&] { list_files(folder.with("file", "x")); }), HasSubstr("is not a folder"));
  const auto refused = [&](const std::string& name) {
    const std::string error = error_of([&] { list_files(folder.path()); });
    fs::remove(folder / name);
    return error;
  };
  fs::create_symlink("/etc/passwd", folder / "out");
  EXPECT_THAT(refused("out"), HasSubstr("is a link that leads out of the folder"));
  fs::create_symlink("..", folder / "up");
  EXPECT_THAT(refused("up"), HasSubstr("is a link that leads out of the folder"));
  fs::create_symlink("nowhere", folder / "broken");
  EXPECT_THAT(refused("broken"), HasSubstr("is not a regular file"));
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(refused("pipe"), HasSubstr("is not a regular file"));
  for (const std::string name : {"a\nb", "a\\b", "a\xff", "a\xc2\x9b", "a\xed\xa0\x80"}) {
    folder.with(name, "x");
    EXPECT_THAT(refused(name), HasSubstr("has a name that cannot be kept")) << name;
  }
}

}  // namespace
}  // namespace modelgate
