#include "schemas/tool/files.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "schemas/tool/error.h"
#include "tests/schemas/fixtures/temporary_folder.h"
#include "tests/schemas/tool/run_program.h"

using namespace modelgate;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

/// The words of the Error that `action` throws; "" if it throws none.
template <typename Action>
std::string error_of(Action action, ErrorKind kind = ErrorKind::infrastructure) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind);
    return error.what();
  }
  return "";
}

std::size_t entries_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(ReadFile, gives_every_byte) {
  const TemporaryFolder folder;
  const std::string bytes("a\0b\r\n\xff", 6);
  write_file(folder / "x", bytes);
  EXPECT_EQ(read_file(folder / "x"), bytes);
  write_file(folder / "empty", "");
  EXPECT_EQ(read_file(folder / "empty"), "");
}

TEST(ReadFile, names_what_it_cannot_read) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_of([&] { read_file(folder / "none"); }),
              HasSubstr("none: cannot be opened: No such file"));
  EXPECT_THAT(error_of([&] { read_file(folder.path()); }), HasSubstr("is not a regular file"));
  EXPECT_THAT(error_of([&] { read_file(""); }), HasSubstr("cannot be opened"));
}

TEST(ReadFile, does_not_hang_on_a_pipe_or_an_endless_device) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_THAT(error_of([&] { read_file(folder / "fifo"); }), HasSubstr("is not a regular file"));
  EXPECT_THAT(error_of([&] { read_file("/dev/zero"); }), HasSubstr("is not a regular file"));
}

TEST(ReadFile, refuses_what_is_too_large_without_reading_it) {
  const TemporaryFolder folder;
  std::ofstream(folder / "large");
  fs::resize_file(folder / "large", maximum_document_bytes + 1);  // sparse
  EXPECT_THAT(error_of([&] { read_file(folder / "large"); }, ErrorKind::usage),
              HasSubstr("is larger than 256 MiB"));
  write_file(folder / "three", "abc");
  EXPECT_EQ(read_file(folder / "three", 3), "abc");
  EXPECT_THAT(error_of([&] { read_file(folder / "three", 2); }, ErrorKind::usage),
              HasSubstr("is larger than 2 bytes"));
}

TEST(ReadFile, follows_a_link_to_a_file) {
  const TemporaryFolder folder;
  write_file(folder / "x", "words");
  fs::create_symlink("x", folder / "link");
  fs::create_symlink("loop", folder / "loop");
  EXPECT_EQ(read_file(folder / "link"), "words");
  EXPECT_THAT(error_of([&] { read_file(folder / "loop"); }), HasSubstr("cannot be opened"));
}

TEST(WriteFile, is_never_seen_in_part) {
  const TemporaryFolder folder;
  const fs::path path = folder / "verdict.json";
  const std::string a(300000, 'a'), b(200000, 'b');
  write_file(path, a);
  std::atomic<bool> done = false;
  std::atomic<int> reads = 0;
  std::thread reader([&] {
    while (!done || reads == 0) {
      const std::string seen = read_file(path);
      EXPECT_TRUE(seen == a || seen == b) << seen.size();
      ++reads;
    }
  });
  for (int i = 0; i < 50; ++i) write_file(path, i % 2 == 0 ? b : a);
  done = true;
  reader.join();
  EXPECT_EQ(entries_in(folder.path()), 1u);
}

TEST(WriteFile, can_be_done_by_several_at_once) {
  const TemporaryFolder folder;
  const fs::path path = folder / "out";
  std::vector<std::thread> writers;
  for (char c = 'a'; c < 'e'; ++c)
    writers.emplace_back([&, c] {
      for (int i = 0; i < 25; ++i) write_file(path, std::string(1000, c));
    });
  for (std::thread& writer : writers) writer.join();
  const std::string content = read_file(path);
  EXPECT_EQ(content, std::string(1000, content[0]));
  EXPECT_EQ(entries_in(folder.path()), 1u);
}

TEST(WriteFile, creates_folders_and_replaces_what_is_there) {
  const TemporaryFolder folder;
  write_file(folder / "a/b/客服 1.json", "old");
  write_file(folder / "a/b/客服 1.json", "new");
  EXPECT_EQ(read_file(folder / "a/b/客服 1.json"), "new");
}

TEST(WriteFile, keeps_to_the_umask) {
  const TemporaryFolder folder;
  const mode_t before = ::umask(027);
  write_file(folder / "x", "words");
  ::umask(before);
  EXPECT_EQ(fs::status(folder / "x").permissions(), static_cast<fs::perms>(0640));
}

TEST(WriteFile, says_what_is_in_the_way_and_leaves_nothing_behind) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "folder");
  EXPECT_THAT(error_of([&] { write_file(folder / "folder", "x"); }), HasSubstr("folder: cannot be written"));
  write_file(folder / "file", "x");
  EXPECT_THAT(error_of([&] { write_file(folder / "file/below", "x"); }), HasSubstr("cannot be created"));
  EXPECT_THAT(error_of([&] { write_file(folder / std::string(300, 'n'), "x"); }),
              HasSubstr("cannot be written"));
  EXPECT_EQ(entries_in(folder.path()), 2u);
}

TEST(WriteFile, replaces_a_link_and_spares_what_it_leads_to) {
  const TemporaryFolder folder;
  write_file(folder / "precious", "precious");
  fs::create_symlink("precious", folder / "link");
  write_file(folder / "link", "new");
  EXPECT_EQ(read_file(folder / "precious"), "precious");
  EXPECT_EQ(read_file(folder / "link"), "new");
  EXPECT_FALSE(fs::is_symlink(folder / "link"));
}

TEST(WriteFile, writes_into_devices_and_pipes_and_never_replaces_them) {
  write_file("/dev/null", "words");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_THAT(error_of([] { write_file("/dev/full", "words"); }),
              HasSubstr("/dev/full: cannot write: No space left"));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_THAT(error_of([&] { write_file(folder / "fifo", "x"); }),
              HasSubstr("cannot be written"));  // no reader
  EXPECT_TRUE(fs::is_fifo(folder / "fifo"));
}

TEST(WriteFile, takes_dev_stdout_for_the_standard_output) {
  const Outcome outcome = run_tool_under_test("--fail write --output /dev/stdout");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "words\n");
  EXPECT_TRUE(fs::is_symlink("/dev/stdout"));
}

/// Runs `action` as somebody who may not do everything; returns its exit status.
template <typename Action>
int as_nobody(Action action) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(99);
    ::_exit(action() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Permissions, that_are_missing_are_said) {
  const TemporaryFolder folder;
  write_file(folder / "secret", "x");
  fs::permissions(folder / "secret", fs::perms::none);
  fs::permissions(folder.path(), static_cast<fs::perms>(0555));
  EXPECT_EQ(as_nobody([&] {
              return error_of([&] { read_file(folder / "secret"); }).find("Permission denied") !=
                         std::string::npos &&
                     error_of([&] { write_file(folder / "new", "x"); }).find("Permission denied") !=
                         std::string::npos;
            }),
            0);
  fs::permissions(folder.path(), static_cast<fs::perms>(0755));
}

}  // namespace
